"""A supervisor works through a county's queue, by keyboard alone; the pages at three widths."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from agencies.models import Agency, User
from reports.models import Finding
from tests.browser.looking import WIDTHS, faults, open_page, show, sweep
from tests.browser.test_filing import sign_in
from tests.published import publish


@pytest.fixture
def findings(transactional_db: None, township: Agency, other_township: Agency, supervisor: User) -> list[int]:
    """Three reports of the county that contradict themselves in four places, in the order of the queue."""
    publish(township, 2024, {"proceedings.reconsideration.upheld": 1}, overview="全年收到申请2件。")
    publish(other_township, 2024, {"proceedings.reconsideration.upheld": 2})
    publish(other_township, 2023, {"proceedings.reconsideration.upheld": 3})
    order = ("-version__report__year", "version__report__agency_id", "severity", "pk")
    return list(Finding.objects.order_by(*order).values_list("pk", flat=True))


def at_line(page: Page) -> str:
    return str(page.evaluate("document.activeElement.closest('.line')?.id || ''"))


def press(page: Page, keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def decisions() -> dict[int, tuple[str, str]]:
    return {finding.pk: (finding.decision, finding.reason) for finding in Finding.objects.all()}


def test_a_county_is_worked_through_by_keyboard(browser: Browser, live_server: LiveServer, findings: list[int]) -> None:
    first, second, third, fourth = findings
    page, complaints = open_page(browser, 1440)
    sign_in(page, live_server.url, "supervisor")
    page.goto(f"{live_server.url}/review/")
    lines = page.locator(".queue .line")
    expect(lines).to_have_count(4)

    press(page, "jjjk")
    assert at_line(page) == f"finding-{second}"
    press(page, "o")
    detail = page.locator("#detail")
    expect(detail.locator("mark")).to_have_text("2件")
    expect(detail).to_contain_text("2024 年度报告（本年）")

    press(page, "r")
    expect(detail.locator(".chosen")).to_have_text("确认有误")
    page.keyboard.type("jk 文字有误")
    show(page, "review-keyboard")
    page.keyboard.press("Enter")
    expect(lines).to_have_count(3)
    expect(page.locator(".notice-success")).to_contain_text("已处理 1 条：确认有误")
    assert decisions()[second] == ("confirmed", "jk 文字有误")

    # The work goes on where it was; the evidence opens by itself when a decision is begun.
    assert at_line(page) == f"finding-{third}"
    press(page, "kx")
    expect(detail.locator(".chosen")).to_have_text("不是问题")
    press(page, "")
    page.keyboard.press("Escape")
    assert at_line(page) == f"finding-{first}"

    press(page, "jtjt")
    expect(page.locator("[data-ticked]")).to_contain_text("2")
    press(page, "x")
    page.keyboard.type("口径不同")
    page.keyboard.press("Enter")
    expect(lines).to_have_count(1)
    expect(page.locator(".notice-success")).to_contain_text("已处理 2 条：不是问题")
    assert [decisions()[key] for key in (third, fourth)] == [("dismissed", "口径不同")] * 2

    page.get_by_role("button", name="撤销").click()
    expect(lines).to_have_count(3)
    assert [decisions()[key][0] for key in (first, third, fourth)] == ["open"] * 3

    press(page, "?")
    expect(page.locator("[data-keys]")).to_contain_text("下一条、上一条")
    assert complaints == []


@pytest.mark.slow
def test_filters_keep_their_place_in_the_address_without_leaving_the_page(
    browser: Browser, live_server: LiveServer, findings: list[int]
) -> None:
    page, complaints = open_page(browser, 1440)
    sign_in(page, live_server.url, "supervisor")
    page.goto(f"{live_server.url}/review/")
    page.get_by_label("年度", exact=True).select_option("2023")
    expect(page.locator(".queue .line")).to_have_count(1)
    assert "year=2023" in page.url
    # What came later answers to the keyboard as well.
    press(page, "jo")
    expect(page.locator("#detail [data-finding]")).to_be_visible()
    page.locator(".chip", has_text="2023").click()
    expect(page.locator(".queue .line")).to_have_count(4)
    assert complaints == []


@pytest.mark.slow
def test_without_scripts_a_line_leads_to_a_page_where_it_is_decided(
    browser: Browser, live_server: LiveServer, findings: list[int]
) -> None:
    page, _complaints = open_page(browser, 1024, scripts=False)
    sign_in(page, live_server.url, "supervisor")
    page.goto(f"{live_server.url}/review/?year=2024")
    page.locator(".queue .sentence").nth(1).click()
    page.get_by_label("理由").fill("文字有误")
    page.get_by_role("button", name="确认有误").click()
    assert "year=2024" in page.url
    expect(page.locator(".queue .line")).to_have_count(2)
    page.get_by_label("全部 2 条").check()
    page.get_by_label("理由", exact=True).fill("口径不同")
    page.get_by_role("button", name="不是问题").click()
    expect(page.locator("main")).to_contain_text("已处理 2 条：不是问题")
    assert decisions()[findings[1]] == ("confirmed", "文字有误")


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_fit_and_are_accessible(
    browser: Browser, live_server: LiveServer, findings: list[int], width: int
) -> None:
    page, complaints = open_page(browser, width)
    sign_in(page, live_server.url, "supervisor")
    addresses = {
        "queue": "/review/",
        "nothing": "/review/?year=2020",
        "finding": f"/review/findings/{findings[1]}/",
        "progress": "/review/progress/?year=2024",
        "recheck": "/review/recheck/",
        "rules": "/rules/",
        "rule": "/rules/narrative_figure/",
    }
    assert sweep(page, live_server.url, addresses) == {}
    if width >= 1024:
        page.goto(f"{live_server.url}/review/")
        press(page, "jja")
        expect(page.locator("#detail .chosen")).to_be_visible()
        assert faults(page) == [], "with a finding opened beside the queue"
    assert complaints == []
