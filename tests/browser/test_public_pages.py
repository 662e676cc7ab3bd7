"""The public pages in a real browser, at three widths: nothing scrolls sideways and nobody is shut out."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from agencies.models import Agency
from tests.browser.looking import WIDTHS, open_page, sideways, sweep
from tests.published import ONE_GRANTED, publish

GREEN, CLEAR = "990101101000", "990101102000"
PAGES = {
    "home": "/",
    "list": "/reports/",
    "filtered": "/reports/?county=990101000000&balanced=no&sort=-received",
    "nothing found": "/reports/?q=不存在",
    "report": f"/reports/{GREEN}/2023/",
    "report of 2020": f"/reports/{CLEAR}/2020/",
    "narrowed by its text": "/reports/?text=主动&county=990101000000",
    "versions": f"/reports/{GREEN}/2023/versions/",
    "earlier version": f"/reports/{GREEN}/2023/?version=1",
    "agency": f"/agencies/{GREEN}/",
    "search": "/search/?q=主动",
    "all that was found": "/search/?q=示例&in=agencies",
    "nothing found anywhere": "/search/?q=不存在",
    "nation": "/regions/",
    "county": "/regions/990101000000/?sort=-received",
    "compare nothing": "/compare/",
    "data": "/data/",
    "API": "/api/v1/docs/",
    "rules": "/rules/",
    "rule": "/rules/row_total/",
    "not public": f"/reports/{GREEN}/2022/",
    "no file": "/reports/download/csv/?year=x",
    "compare": f"/compare/?agency={GREEN}&agency={CLEAR}&find=示例县",
    "sign in": "/accounts/login/",
    "not found": "/nowhere/",
}


@pytest.fixture
def reports(transactional_db: None, township: Agency, other_township: Agency) -> None:
    publish(township, 2021, ONE_GRANTED)
    broken = {"applications.concluded.business": 1, "proceedings.reconsideration.total": 23456}
    publish(township, 2023, ONE_GRANTED | broken, overview="（一）主动公开。" * 30)
    publish(township, 2023, ONE_GRANTED | broken | {"disclosure.penalty.decisions": None}, reason="更正")
    publish(other_township, 2020, {"disclosure.procurement.amount": 12.5}, marks={"disclosure.fees.change": "/"})


@pytest.mark.slow
@pytest.mark.usefixtures("reports")
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_fits_is_accessible_stands_still_and_keeps_the_content_policy(
    browser: Browser, live_server: LiveServer, width: int
) -> None:
    page, complaints = open_page(browser, width)
    assert sweep(page, live_server.url, PAGES, still=True) == {}
    assert [said for said in complaints if "404" not in said and "400" not in said] == []


@pytest.mark.slow
@pytest.mark.usefixtures("reports")
@pytest.mark.parametrize("width", WIDTHS)
def test_in_large_type_nothing_scrolls_sideways_either(browser: Browser, live_server: LiveServer, width: int) -> None:
    page, _complaints = open_page(browser, width)
    page.goto(live_server.url)
    page.get_by_role("button", name="长者模式").click()
    for name, address in PAGES.items():
        page.goto(live_server.url + address)
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"
        assert sideways(page) <= 0, name


@pytest.mark.usefixtures("reports")
def test_on_a_phone_row_labels_stay_and_take_less_than_half(browser: Browser, live_server: LiveServer) -> None:
    page, _complaints = open_page(browser, 390)
    page.goto(live_server.url + PAGES["report"])
    frame = page.locator("#applications .official-frame")
    label = page.locator("#applications tbody .label").first
    frame_box, label_box = frame.bounding_box(), label.bounding_box()
    assert frame_box is not None
    assert label_box is not None
    assert label_box["width"] <= 0.45 * frame_box["width"]
    frame.evaluate("frame => { frame.scrollLeft = 200; frame.scrollTop = 200 }")
    after, head = label.bounding_box(), page.locator("#applications thead").bounding_box()
    assert after is not None
    assert head is not None
    assert after["x"] == label_box["x"]
    assert abs(head["y"] - frame_box["y"]) < 2


@pytest.mark.usefixtures("reports")
def test_a_region_is_chosen_step_by_step_without_leaving_the_page(browser: Browser, live_server: LiveServer) -> None:
    page, complaints = open_page(browser, 1440)
    page.goto(live_server.url + "/reports/")
    for label, place in (("省", "示例省"), ("市", "示例市"), ("县", "示例县")):
        page.get_by_label(label, exact=True).select_option(label=place)
        page.locator(".chip", has_text=place).wait_for()
    assert "county=990101000000" in page.url
    assert complaints == []


@pytest.mark.usefixtures("reports")
def test_without_scripts_reports_are_found_read_and_compared(browser: Browser, live_server: LiveServer) -> None:
    page, _complaints = open_page(browser, 1440, scripts=False)
    page.goto(live_server.url)
    page.get_by_role("searchbox").fill("青山")
    page.get_by_role("button", name="查找").click()
    page.locator(".found-agencies tr", has_text="青山镇人民政府").get_by_role("link", name="2023").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("青山镇人民政府")
    page.locator(".finding-mark").first.click()
    assert "#finding-" in page.url
    page.locator(".report-contents").get_by_role("link", name="比较").click()
    page.get_by_label("按名称查找").fill("绿水")
    page.get_by_role("button", name="查找").click()
    page.get_by_label("绿水镇人民政府").check()
    page.get_by_role("button", name="比较", exact=True).click()
    assert page.locator("table.compare thead th a").all_inner_texts() == ["青山镇人民政府", "绿水镇人民政府"]


@pytest.mark.usefixtures("reports")
def test_arrow_keys_walk_the_figures_and_a_click_shows_their_source(browser: Browser, live_server: LiveServer) -> None:
    page, _complaints = open_page(browser, 1440)
    page.goto(live_server.url + PAGES["report"])
    page.locator("#cell-applications-received-natural_person").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") == "cell-applications-carried_in-business"
    assert page.locator("#cell-applications-concluded-business").evaluate("cell => cell.matches('.crossed')")
