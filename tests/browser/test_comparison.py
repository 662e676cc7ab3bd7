"""Comparing agencies and following one through the years, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from agencies.models import Agency
from tests.browser.looking import WIDTHS, open_page, sweep
from tests.published import checked_together, publish

GREEN, CLEAR = "990101101000", "990101102000"
COUNTY = "?agency=division:990101000000"
PAGES = {
    "choosing": f"/compare/{COUNTY}&find=示例&browse=990100000000",
    "years": f"/compare/{COUNTY}&view=years",
    "years of a rate": f"/compare/{COUNTY}&view=years&figure=disclosed_rate,received",
    "ranks": f"/compare/{COUNTY}&view=ranks&figure=received,disclosed_rate,applications.refused_process.business",
    "heat": f"/compare/{COUNTY}&view=heat",
    "agency": f"/agencies/{GREEN}/",
    "rates": "/rates/",
}


@pytest.fixture
def reports(transactional_db: None, township: Agency, other_township: Agency) -> None:
    def totals(received: int | None, granted: int, concluded: int) -> dict[str, int | None]:
        rows = {"received": received, "granted": granted, "concluded": concluded}
        return {f"applications.{row}.total": number for row, number in rows.items()}

    with checked_together():
        publish(township, 2019, totals(12, 3, 12))
        publish(township, 2020, totals(20, 10, 20))
        publish(township, 2022, totals(23456, 11000, 22000))
        publish(township, 2023, totals(None, 2, 3))
        publish(other_township, 2022, totals(4, 1, 4))
        publish(other_township, 2023, totals(0, 0, 0))


def drawn(page: Page, chart: int = 0) -> dict[str, list[float | None]]:
    """The values of every named series that a chart on the page shows."""
    found: dict[str, list[float | None]] = page.evaluate(
        """(chart) => Object.fromEntries(
            echarts.getInstanceByDom(document.querySelectorAll("[data-chart] .chart-canvas")[chart]).getOption().series
            .filter(({name}) => name && !name.startsWith("series"))
            .map(({name, data}) => [name, data.map((point) => point?.value === undefined ? point : point.value)]))""",
        chart,
    )
    return found


@pytest.mark.slow
@pytest.mark.usefixtures("reports")
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_fits_is_accessible_stands_still_and_keeps_the_content_policy(
    browser: Browser, live_server: LiveServer, width: int
) -> None:
    page, complaints = open_page(browser, width)
    assert sweep(page, live_server.url, PAGES, still=True) == {}
    assert complaints == []


@pytest.mark.usefixtures("reports")
def test_a_chart_shows_what_its_table_says_and_a_gap_is_a_gap(browser: Browser, live_server: LiveServer) -> None:
    page, complaints = open_page(browser, 1440)
    page.goto(live_server.url + PAGES["years"])
    expect(page.locator(".chart canvas")).to_be_visible()
    assert drawn(page) == {"绿水镇人民政府": [None, None, 4, 0], "青山镇人民政府": [12, 20, 23456, None]}
    page.goto(live_server.url + PAGES["agency"])
    assert drawn(page, 0) == {"新收": [12, 20, None, 23456, None], "办结": [12, 20, None, 22000, 3]}
    assert drawn(page, 2)["公开率"] == [25, 50, None, 50, None]
    assert complaints == []


@pytest.mark.slow
@pytest.mark.usefixtures("reports")
def test_agencies_are_found_while_typing_compared_sorted_and_shared(browser: Browser, live_server: LiveServer) -> None:
    page, complaints = open_page(browser, 1440)
    page.goto(live_server.url + "/compare/")
    search = page.get_by_label("按名称查找")
    search.press_sequentially("青山")
    page.get_by_label("青山镇人民政府").check()
    search.fill("")
    search.press_sequentially("绿水")
    page.get_by_label("绿水镇人民政府").check()
    expect(page.locator("#chosen input:checked")).to_have_count(2)
    page.get_by_role("button", name="比较", exact=True).click()
    assert page.url.endswith(f"/compare/?agency={GREEN},{CLEAR}")
    page.get_by_role("link", name="同年排名").click()
    page.get_by_role("link", name="2022", exact=True).click()
    expect(page.locator("#ledger tbody th")).to_have_text(["青山镇人民政府", "绿水镇人民政府"])
    page.locator("#ledger thead").get_by_role("link", name="新收").click()
    expect(page.locator("#ledger tbody th")).to_have_text(["绿水镇人民政府", "青山镇人民政府"])
    expect(page.locator("#ledger thead [aria-sort=ascending]")).to_contain_text("新收")
    assert drawn(page) == {"新收": [4, 23456]}
    address = page.url
    other, _complaints = open_page(browser, 390)
    other.goto(address)
    expect(other.locator("#ledger tbody th")).to_have_text(["绿水镇人民政府", "青山镇人民政府"])
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "comparison.csv"
    assert complaints == []


@pytest.mark.slow
@pytest.mark.usefixtures("reports")
def test_without_scripts_a_county_is_chosen_and_every_view_is_read(browser: Browser, live_server: LiveServer) -> None:
    page, _complaints = open_page(browser, 390, scripts=False)
    page.goto(live_server.url + "/compare/")
    page.get_by_role("link", name="选省、市、县").click()
    for place in ("示例省", "示例市", "示例县"):
        page.locator(".parts").get_by_role("link", name=place).click()
    page.get_by_label("示例县的全部乡镇、街道").check()
    page.get_by_label("公开率", exact=True).check()
    page.get_by_role("button", name="比较", exact=True).click()
    assert "agency=division:990101000000" in page.url
    expect(page.locator("table.compare thead th a")).to_have_text(["青山镇人民政府", "绿水镇人民政府"])
    page.get_by_role("link", name="逐年变化").click()
    expect(page.locator(".chart")).to_be_hidden()
    page.locator(".which").get_by_role("link", name="公开率").click()
    expect(page.locator("#ledger tbody tr").first).to_contain_text("50.0%")
    page.get_by_role("link", name="深浅表").click()
    expect(page.locator("#ledger tbody .shade-5").first).to_be_visible()


@pytest.mark.usefixtures("reports")
def test_names_and_headings_stay_in_view(browser: Browser, live_server: LiveServer) -> None:
    page, _complaints = open_page(browser, 390)
    page.goto(live_server.url + PAGES["years"])
    frame, name = page.locator(".compare-frame"), page.locator("#ledger tbody th").first
    before = name.bounding_box()
    frame.focus()
    frame.evaluate("frame => { frame.scrollLeft = 100 }")
    after = name.bounding_box()
    assert before is not None
    assert after is not None
    assert frame.evaluate("frame => frame.scrollLeft") == 100
    assert after["x"] == before["x"]


@pytest.mark.usefixtures("reports")
def test_on_paper_a_chart_stays_within_the_page(browser: Browser, live_server: LiveServer) -> None:
    page, _complaints = open_page(browser, 1440)
    page.goto(live_server.url + PAGES["years"])
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 900})
    expect(page.locator(".chart canvas")).to_be_visible()
    expect(page.locator(".views")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 700
