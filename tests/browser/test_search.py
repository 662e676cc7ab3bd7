"""Finding something in a real browser: suggestions by keyboard, facets, and the same without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from agencies.models import Agency
from tests.browser.looking import WIDTHS, faults, open_page
from tests.published import ONE_GRANTED, checked_together, publish


@pytest.fixture
def reports(transactional_db: None, township: Agency, other_township: Agency) -> None:
    with checked_together():
        publish(township, 2022, ONE_GRANTED)
        publish(township, 2023, ONE_GRANTED, overview="收到行政复议申请一件。")
        publish(other_township, 2023, {"applications.received.total": 3})


@pytest.mark.usefixtures("reports")
@pytest.mark.parametrize("width", WIDTHS)
def test_suggestions_are_chosen_with_the_arrow_keys(browser: Browser, live_server: LiveServer, width: int) -> None:
    page, complaints = open_page(browser, width)
    page.goto(live_server.url + "/reports/")
    box = page.get_by_role("combobox", name="查找地区、机构或正文")
    box.press_sequentially("qingsh")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("青山镇人民政府")
    assert box.get_attribute("aria-expanded") == "true"
    assert faults(page) == []
    box.press("ArrowDown")
    assert options.first.get_attribute("aria-selected") == "true"
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    box.press("Escape")
    expect(options.first).to_be_hidden()
    assert box.input_value() == "qingsh"
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/agencies/990101101000/")
    assert complaints == []


@pytest.mark.usefixtures("reports")
def test_enter_searches_everything_when_nothing_is_chosen(browser: Browser, live_server: LiveServer) -> None:
    page, _complaints = open_page(browser, 1440)
    page.goto(live_server.url)
    box = page.get_by_role("combobox", name="查找地区、机构或正文")
    box.fill("复议")
    box.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert page.locator(".excerpts mark").all_inner_texts() == ["复议"]
    page.get_by_role("link", name="按地区、年度、类别筛选").click()
    assert page.locator(".list td.agency a").all_inner_texts() == ["青山镇人民政府"]


@pytest.mark.slow
@pytest.mark.usefixtures("reports")
def test_without_scripts_one_searches_narrows_and_goes_down_the_regions(
    browser: Browser, live_server: LiveServer
) -> None:
    page, _complaints = open_page(browser, 1024, scripts=False)
    page.goto(live_server.url + "/regions/")
    for place in ("示例省", "示例市", "示例县"):
        page.get_by_role("link", name=place, exact=True).last.click()
    assert page.get_by_role("heading", level=1).inner_text() == "示例县"
    page.get_by_role("link", name="看这些报告").click()
    page.locator(".facets > summary").click()
    page.locator(".facets").get_by_role("link", name="有不平 1").click()
    assert page.locator(".list td.agency a").all_inner_texts() == ["绿水镇人民政府"]
    page.get_by_role("searchbox", name="查找地区、机构或正文").fill("青山")
    page.get_by_role("searchbox", name="查找地区、机构或正文").press("Enter")
    assert page.locator(".found-agencies td.agency a").all_inner_texts() == ["青山镇人民政府"]


@pytest.mark.usefixtures("reports")
def test_the_citation_is_copied(browser: Browser, live_server: LiveServer) -> None:
    page, _complaints = open_page(browser, 1440)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(live_server.url + "/reports/990101101000/2023/")
    page.get_by_role("button", name="复制引用格式").click()
    expect(page.get_by_text("已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#citation").inner_text()
