"""Whole ways through the public site at every width, with scripts and without: find, read, follow, compare, take home."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from agencies.models import Agency
from tests.browser.looking import faults, open_page
from tests.published import ONE_GRANTED, publish

GREEN = "990101101000"
EVERY_WIDTH = pytest.mark.parametrize("width", [390, 1024, 1440])
EITHER_WAY = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("reports")]


@pytest.fixture
def reports(transactional_db: None, township: Agency, other_township: Agency) -> None:
    publish(township, 2022, ONE_GRANTED)
    publish(township, 2023, {"applications.received.total": 3}, overview="收到行政复议申请一件。")
    publish(township, 2023, ONE_GRANTED, overview="没有收到行政复议申请。", reason="更正一处笔误")
    publish(other_township, 2023, {"applications.received.total": 7})


def arrived(page: Page, heading: str, scripts: bool) -> None:
    """On a page of that heading, which fits, stands still and shuts nobody out."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    if scripts:
        assert faults(page, still=True) == [], heading


def opened(browser: Browser, live_server: LiveServer, width: int, scripts: bool) -> tuple[Page, list[str]]:
    page, complaints = open_page(browser, width, scripts)
    page.goto(live_server.url)
    return page, complaints


@EVERY_WIDTH
@EITHER_WAY
def test_a_reader_finds_a_report_by_its_words_and_sees_what_was_corrected(
    browser: Browser, live_server: LiveServer, width: int, scripts: bool
) -> None:
    page, complaints = opened(browser, live_server, width, scripts)
    arrived(page, "政府信息公开工作年度报告", scripts)
    box = page.locator("main input[type=search]")
    box.fill("复议")
    box.press("Enter")
    page.wait_for_url("**/search/?q=*")
    arrived(page, "查找", scripts)
    assert page.locator(".excerpts mark").first.inner_text() == "复议"
    page.locator("main").get_by_role("link", name="青山镇人民政府").first.click()
    arrived(page, "青山镇人民政府", scripts)
    page.goto(f"{live_server.url}/reports/{GREEN}/2023/versions/")
    arrived(page, "版本与更正", scripts)
    expect(page.locator("main")).to_contain_text("更正一处笔误")
    page.get_by_role("link", name="第 1 版").click()
    expect(page.get_by_text("已被更正")).to_be_visible()
    page.get_by_role("link", name="看现行版本").click()
    page.locator(".report-contents").get_by_role("link", name="2022", exact=True).click()
    arrived(page, "2022年政府信息公开工作年度报告", scripts)
    assert complaints == []


@EVERY_WIDTH
@EITHER_WAY
def test_a_journalist_goes_from_the_nation_to_a_county_and_compares_its_townships(
    browser: Browser, live_server: LiveServer, width: int, scripts: bool
) -> None:
    page, complaints = opened(browser, live_server, width, scripts)
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="地区").click()
    arrived(page, "全国", scripts)
    for place in ("示例省", "示例市", "示例县"):
        page.locator("main table").last.get_by_role("link", name=place, exact=True).click()
        arrived(page, place, scripts)
    page.get_by_role("link", name="比较全部乡镇、街道").click()
    arrived(page, "比较", scripts)
    for view in ("逐年变化", "同年排名", "深浅表", "总览"):
        page.locator(".views").get_by_role("link", name=view).click()
        arrived(page, "比较", scripts)
        expect(page.locator(".compare-frame")).to_contain_text("绿水镇人民政府")
    with page.expect_download() as download:
        page.locator(".take-away").get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "comparison.csv"
    assert complaints == []


@EVERY_WIDTH
@EITHER_WAY
def test_a_researcher_narrows_the_list_and_takes_it_home(
    browser: Browser, live_server: LiveServer, width: int, scripts: bool
) -> None:
    page, complaints = opened(browser, live_server, width, scripts)
    page.goto(f"{live_server.url}/reports/?year=2023")
    arrived(page, "年度报告", scripts)
    page.locator("main thead").get_by_role("link", name="新收").click()
    page.wait_for_url("**sort=*")
    expect(page.locator("main thead [aria-sort]")).to_contain_text("新收")
    with page.expect_download() as download:
        page.locator("main").get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename.startswith("nianbao-")
    assert download.value.suggested_filename.endswith(".csv")
    page.locator("main table").get_by_role("link", name="绿水镇人民政府").click()
    arrived(page, "绿水镇人民政府", scripts)
    page.get_by_role("contentinfo").get_by_role("link", name="数据下载与接口").click()
    arrived(page, "数据", scripts)
    assert complaints == []
