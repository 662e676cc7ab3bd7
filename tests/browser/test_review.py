"""The supervisor's queue by keyboard alone."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from agencies.models import Agency, User
from reports.models import Finding
from tests.browser.test_filing import sign_in
from tests.browser.test_public_pages import AXE, LEVELS, WIDTHS, open_page
from tests.published import publish


@pytest.fixture
def findings(transactional_db: None, township: Agency, other_township: Agency, supervisor: User) -> None:
    publish(township, 2024, {"proceedings.reconsideration.upheld": 1})
    publish(other_township, 2024, {"proceedings.reconsideration.upheld": 2})


def at_line(page: Page) -> str:
    return str(page.evaluate("document.activeElement.closest('li')?.id || ''"))


@pytest.mark.usefixtures("findings")
@pytest.mark.parametrize("width", WIDTHS)
def test_j_and_k_move_and_a_number_and_a_reason_decide(browser: Browser, live_server: LiveServer, width: int) -> None:
    page, complaints = open_page(browser, width)
    sign_in(page, live_server.url, "supervisor")
    page.goto(f"{live_server.url}/review/")
    lines = page.locator(".queue > li")
    expect(lines).to_have_count(2)
    first, second = (str(lines.nth(number).get_attribute("id")) for number in range(2))
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert at_line(page) == second
    page.keyboard.press("k")
    assert at_line(page) == first
    page.keyboard.press("2")
    page.keyboard.type("jk 确有其误")
    expect(page.locator(".chosen")).to_have_text("确认有误")
    page.evaluate(AXE)
    found = page.evaluate("levels => axe.run({runOnly: levels})", LEVELS)
    assert [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in found["violations"]] == []
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{folder}/review-{width}.png")
    page.keyboard.press("Enter")
    expect(lines).to_have_count(1)
    # The work goes on where it was.
    expect(page.locator(f"#{second}")).to_be_focused()
    page.keyboard.press("3")
    page.keyboard.press("Escape")
    decided = Finding.objects.get(pk=first.removeprefix("finding-"))
    assert (decided.decision, decided.reason) == ("returned", "jk 确有其误")
    assert complaints == []
