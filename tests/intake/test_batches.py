"""Many files are brought at once: the page of the batch says how far it is and what became of each."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries, Settings
from python_calamine import CalamineWorkbook

from agencies.models import Agency, Role, User
from reports.jobs.lease import acquire
from reports.models import Batch, BatchFile, ImportStatus, Job, JobState, PendingImport, State, Version
from tests.conftest import CITY, signed_in, user
from tests.intake.test_upload import page_of as page_of_report
from tests.jobs.batches import bring, sound_page, statuses, work_off, zipped
from tests.pages import text_of

TOTAL = "applications.granted.total"


@pytest.fixture(autouse=True)
def originals(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def batch(township: Agency, supervisor: User) -> Batch:
    """A batch of the supervisor, not begun: one report in order, one file that is none, one for nobody in the register."""
    files = {"好.html": sound_page(), "=坏.txt": "今天天气很好。".encode(), "谁.html": sound_page("示例县水务局")}
    return bring(supervisor, files)


def page_of(batch: Batch, client: Client, **query: str) -> str:
    return text_of(client.get(reverse("batch", args=[batch.pk]), query))


def sheet_of(batch: Batch, client: Client, **query: str) -> list[list[Any]]:
    answer = client.get(reverse("batch_files", args=[batch.pk]), query)
    assert answer["Content-Disposition"].startswith("attachment")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return book.get_sheet_by_index(0).to_python()


# ---- bringing them ----


def test_several_files_become_a_batch_and_nothing_is_read_yet(
    township: Agency, supervisor: User, supervisor_client: Client
) -> None:
    files = [SimpleUploadedFile(f"{year}.html", sound_page(year=year)) for year in (2022, 2023)]
    answer = supervisor_client.post(reverse("upload"), {"file": files, "keep": "draft", "store_doubtful": "on"})
    batch = Batch.objects.get()
    assert answer["Location"] == reverse("batch", args=[batch.pk])
    assert (batch.as_draft, batch.hold_doubtful, batch.job.started_by) == (True, False, supervisor)
    assert "排队中" in page_of(batch, supervisor_client)
    assert not Version.objects.exists()
    work_off(batch)
    assert set(Version.objects.values_list("state", flat=True)) == {"draft"}


def test_an_archive_becomes_a_batch_even_with_a_single_report(township: Agency, clerk_client: Client) -> None:
    clerk_client.post(reverse("upload"), {"file": SimpleUploadedFile("一份.zip", zipped({"年报.html": sound_page()}))})
    assert BatchFile.objects.get().name == "一份.zip/年报.html"


def test_a_hundred_files_and_more_are_taken(township: Agency, clerk_client: Client) -> None:
    files = [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(130)]
    clerk_client.post(reverse("upload"), {"file": files})
    assert Batch.objects.get().job.total == 130


# ---- looking at them ----


def test_while_it_goes_on_the_page_renews_itself_with_scripts_and_without(
    batch: Batch, supervisor_client: Client
) -> None:
    page = page_of(batch, supervisor_client)
    assert 'hx-trigger="every 2s"' in page
    assert '<noscript><meta http-equiv="refresh"' in page
    work_off(batch)
    page = page_of(batch, supervisor_client)
    assert "every 2s" not in page
    assert "http-equiv" not in page
    assert "存入 1 份，已有未变 0 份，等待人工处理 1 份，未能导入 1 份" in page


def test_each_file_says_what_became_of_it_and_leads_on(
    batch: Batch, township: Agency, supervisor_client: Client
) -> None:
    page = page_of(work_off(batch), supervisor_client)
    assert reverse("report", args=[township.code, 2023]) in page
    assert reverse("preview", args=[PendingImport.objects.get().pk]) in page
    assert "没有年度报告" in page


@pytest.mark.parametrize(
    ("status", "name"),
    [(ImportStatus.STORED, "好.html"), (ImportStatus.FAILED, "=坏.txt"), (ImportStatus.PENDING, "谁.html")],
)
def test_the_list_is_narrowed_by_result(
    batch: Batch, supervisor_client: Client, status: ImportStatus, name: str
) -> None:
    work_off(batch)
    page = page_of(batch, supervisor_client, status=status.value)
    assert [other for other in ("好.html", "=坏.txt", "谁.html") if f">{other}</td>" in page] == [name]
    _heading, *lines = sheet_of(batch, supervisor_client, status=status.value)
    assert len(lines) == 1


def test_a_result_that_no_file_met_is_an_empty_list(batch: Batch, supervisor_client: Client) -> None:
    page = page_of(batch, supervisor_client, status=ImportStatus.UNCHANGED.value)
    assert "没有这样的文件" in page
    assert "已有，未变" in page
    assert "好.html</td>" in page_of(batch, supervisor_client, status="nonsense")


def test_the_workbook_lists_every_file_and_holds_no_formula(batch: Batch, supervisor_client: Client) -> None:
    heading, *lines = sheet_of(work_off(batch), supervisor_client)
    assert heading[:4] == ["序号", "文件", "结果", "原因"]
    assert [line[1] for line in lines] == ["好.html", "'=坏.txt", "谁.html"]
    assert [line[2] for line in lines] == ["已存入", "未能导入", "等待人工处理"]
    assert lines[0][5:7] == ["示例省示例市示例县青山镇人民政府", "2023"]


def test_names_of_files_are_shown_as_text(township: Agency, supervisor: User, supervisor_client: Client) -> None:
    name = "<img src=x onerror=alert(1)>.txt"
    batch = work_off(bring(supervisor, {name: b"x", "b.txt": b"y"}))
    assert name not in supervisor_client.get(reverse("batch", args=[batch.pk])).content.decode()
    assert name in page_of(batch, supervisor_client)


# ---- stopping ----


def test_when_all_is_done_the_page_leads_to_what_waits_and_to_why_the_rest_failed(
    batch: Batch, supervisor_client: Client
) -> None:
    assert "next-steps" not in page_of(batch, supervisor_client)
    page = page_of(work_off(batch), supervisor_client)
    assert "逐份核对等待处理的 1 份" in page
    assert f"{reverse('batch_files', args=[batch.pk])}?status=failed" in page


def test_whoever_decides_about_a_file_comes_back_to_those_that_still_wait(
    township: Agency, supervisor: User, supervisor_client: Client
) -> None:
    doubtful = {f"{year}.html": page_of_report(year=year, figures={TOTAL: "0 3"}) for year in (2022, 2023)}
    batch = work_off(bring(supervisor, doubtful))
    address = reverse("batch", args=[batch.pk])
    first, second = (reverse("preview", args=[file.pending_id]) for file in batch.files.all())
    assert f"{address}?status=pending" in text_of(supervisor_client.get(first))
    answer = supervisor_client.post(first, {"act": "confirm"})
    assert answer["Location"] == f"{address}?status=pending"
    answer = supervisor_client.post(second, {"act": "discard"})
    assert answer["Location"] == address
    assert statuses(batch) == {"2022.html": ImportStatus.STORED, "2023.html": ImportStatus.FAILED}


def test_a_file_of_a_batch_of_drafts_is_kept_as_a_draft_unless_somebody_says_otherwise(
    township: Agency, supervisor: User, supervisor_client: Client
) -> None:
    work_off(bring(supervisor, {"a.html": page_of_report(figures={TOTAL: "0 3"}), "b.txt": b"x"}, as_draft=True))
    address = reverse("preview", args=[PendingImport.objects.get().pk])
    supervisor_client.post(address, {"act": "confirm"})
    assert Version.objects.get().state == State.DRAFT


def test_it_is_stopped_and_goes_on(batch: Batch, supervisor_client: Client) -> None:
    address = reverse("batch", args=[batch.pk])
    acquire(batch.job_id)
    supervisor_client.post(address, {"act": "stop"})
    assert Job.objects.get().stop_asked
    assert "正在停止" in page_of(batch, supervisor_client)
    Job.objects.update(state=JobState.STOPPED, stop_asked=False, lease_until=None)
    assert "继续" in page_of(batch, supervisor_client)
    supervisor_client.post(address, {"act": "resume"})
    assert work_off(batch).job.state == JobState.DONE


def test_anything_else_that_is_sent_changes_nothing(batch: Batch, supervisor_client: Client) -> None:
    supervisor_client.post(reverse("batch", args=[batch.pk]), {"act": "delete"})
    supervisor_client.post(reverse("batch", args=[batch.pk]), {"act": "resume"})
    assert Job.objects.get().state == JobState.WAITING


# ---- whose they are ----


def test_only_the_office_that_brought_it_and_those_over_it_see_a_batch(
    township: Agency,
    other_township: Agency,
    clerk: User,
    clerk_client: Client,
    colleague_client: Client,
    supervisor_client: Client,
    outsider_client: Client,
    administrator_client: Client,
    reader: Client,
) -> None:
    batch = bring(clerk, {"a.txt": b"x", "b.txt": b"y"})
    addresses = [reverse("batch", args=[batch.pk]), reverse("batch_files", args=[batch.pk])]
    city = signed_in(user("city", Agency.objects.get(code=CITY), Role.SUPERVISOR))
    neighbour_client = signed_in(user("neighbour", other_township, Role.CLERK))
    for address in addresses:
        assert reader.get(address).status_code == 302
        for client in (clerk_client, colleague_client, supervisor_client, administrator_client, city):
            assert client.get(address).status_code == 200
        for client in (neighbour_client, outsider_client):
            assert client.get(address).status_code == 404
    assert neighbour_client.post(addresses[0], {"act": "stop"}).status_code == 404
    assert Job.objects.get().state == JobState.WAITING
    seen = {client: "a.txt" in text_of(client.get(reverse("batches"))) for client in (clerk_client, neighbour_client)}
    assert list(seen.values()) == [True, False]


def test_a_clerk_does_not_see_what_his_supervisor_brought(batch: Batch, clerk_client: Client) -> None:
    assert clerk_client.get(reverse("batch", args=[batch.pk])).status_code == 404


def test_the_clerks_home_says_how_many_files_of_a_batch_wait_and_does_not_list_them(
    township: Agency, other_township: Agency, clerk: User, clerk_client: Client
) -> None:
    batch = bring(clerk, {"自己.html": sound_page(), "别人.html": sound_page("示例县绿水镇人民政府")})
    assert f'{reverse("batch", args=[batch.pk])}"' in text_of(clerk_client.get(reverse("filing")))
    work_off(batch)
    page = text_of(clerk_client.get(reverse("filing")))
    assert "1 份等待处理" in page
    pending = PendingImport.objects.get()
    assert reverse("preview", args=[pending.pk]) not in page
    pending.delete()
    BatchFile.objects.filter(status=ImportStatus.PENDING).update(status=ImportStatus.FAILED)
    assert batch.name not in text_of(clerk_client.get(reverse("filing")))


# ---- many ----


def test_long_lists_come_in_pages_with_few_queries(
    township: Agency, supervisor: User, supervisor_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(25):
        bring(supervisor, {f"{number}-a.txt": b"x", f"{number}-b.txt": b"y"})
    with django_assert_max_num_queries(9):
        page = text_of(supervisor_client.get(reverse("batches")))
    assert page.count("个文件</a>") == 20
    assert "0-a.txt等" in text_of(supervisor_client.get(reverse("batches"), {"page": 2}))
    big = work_off(bring(supervisor, {f"{year}.html": sound_page(year=year) for year in range(2021, 2025)}))
    with django_assert_max_num_queries(12):
        page_of(big, supervisor_client)


def test_without_any_the_list_says_how_to_begin(township: Agency, clerk_client: Client) -> None:
    assert "还没有批量导入过" in text_of(clerk_client.get(reverse("batches")))
