"""A batch in a real browser: brought, watched, stopped, gone on with, without scripts too."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from agencies.models import Agency, User
from reports.jobs.lease import acquire
from reports.models import Batch, Job, JobState
from tests.browser.looking import WIDTHS, faults, open_page, sweep
from tests.browser.test_filing import sign_in
from tests.jobs.batches import bring, sound_page, work_off, zipped


@pytest.fixture(autouse=True)
def originals(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def archive() -> bytes:
    reports = {f"{year}.html": sound_page(year=year) for year in range(2021, 2024)}
    return zipped({**reports, "随笔.txt": "今天天气很好。".encode()})


@pytest.mark.slow
def test_brought_watched_to_its_end_and_narrowed(
    browser: Browser, live_server: LiveServer, township: Agency, supervisor: User
) -> None:
    page, complaints = open_page(browser, 1440)
    sign_in(page, live_server.url, "supervisor")
    page.goto(f"{live_server.url}/filing/import/")
    assert faults(page) == []
    page.set_input_files("#id_file", {"name": "全县.zip", "mimeType": "application/zip", "buffer": archive()})
    page.get_by_role("button", name="读取", exact=True).click()
    expect(page.get_by_text("排队中")).to_be_visible()
    expect(page.locator(".batch-files tbody tr")).to_have_count(4)
    page.locator("#status-all").focus()
    work_off(Batch.objects.get())
    # The page comes to know by itself, and whoever was on a link of it still is.
    expect(page.locator(".job")).to_contain_text("存入 3 份")
    expect(page.locator("#said")).to_have_text("已完成")
    expect(page.locator("#status-all")).to_be_focused()
    page.get_by_role("link", name="未能导入 1").click()
    expect(page.locator(".batch-files tbody tr")).to_have_count(1)
    expect(page.locator(".file-why")).to_contain_text("没有年度报告")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载清单").click()
    assert download.value.suggested_filename.endswith("-failed.xlsx")
    assert complaints == []


@pytest.mark.slow
def test_stopped_and_gone_on_with_without_scripts(
    browser: Browser, live_server: LiveServer, township: Agency, supervisor: User
) -> None:
    batch = bring(supervisor, {"全县.zip": archive()})
    assert acquire(batch.job_id)
    page, _complaints = open_page(browser, 1024, scripts=False)
    sign_in(page, live_server.url, "supervisor")
    page.goto(f"{live_server.url}/filing/import/batches/{batch.pk}/")
    assert page.locator("noscript meta[http-equiv=refresh], meta[http-equiv=refresh]").count() == 1
    page.get_by_role("button", name="停止").click()
    expect(page.get_by_text("正在停止")).to_be_visible()
    Job.objects.update(state=JobState.STOPPED, stop_asked=False, lease_until=None)
    page.reload()
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_text("排队中")).to_be_visible()
    work_off(batch)
    page.reload()
    expect(page.locator(".job-done")).to_be_visible()


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_of_it_fits_and_is_accessible(
    browser: Browser, live_server: LiveServer, township: Agency, supervisor: User, width: int
) -> None:
    done = work_off(bring(supervisor, {"全县.zip": archive(), "无.html": sound_page("示例县水务局")}))
    running = bring(supervisor, {f"{'很长的文件名' * 12}.zip": archive()})
    assert acquire(running.job_id)
    page, complaints = open_page(browser, width)
    sign_in(page, live_server.url, "supervisor")
    batches = "/filing/import/batches/"
    pages = {
        "upload": "/filing/import/",
        "batches": batches,
        "done": f"{batches}{done.pk}/",
        "running": f"{batches}{running.pk}/",
        "none": f"{batches}{running.pk}/?status=failed",
        "recheck": "/review/recheck/",
    }
    assert sweep(page, live_server.url, pages) == {}
    assert complaints == []
