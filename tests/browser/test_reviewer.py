"""A report on its way through the office and back, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from agencies.models import Agency, User
from reports import lifecycle
from reports.models import Version
from tests.browser.looking import WIDTHS, faults, open_page, show
from tests.browser.test_filing import YEAR, at_the_draft, sign_in

KEY = "applications.received.total"


@pytest.fixture
def version(transactional_db: None, township: Agency, clerk: User, reviewer: User) -> Version:
    version = lifecycle.start_draft(township, YEAR, clerk)
    keys = version.form.figures if version.form else {}
    return lifecycle.save_draft(version, dict.fromkeys(keys, 0), {"overview": "总体情况"}, clerk)


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
def test_sent_given_back_with_a_pinned_comment_and_sent_again(
    browser: Browser, live_server: LiveServer, version: Version, width: int
) -> None:
    clerk = at_the_draft(browser, live_server.url, version, width)
    clerk.click("button[value=send]")
    expect(clerk.locator("#refused")).to_contain_text("全部数据都是 0")
    clerk.check("[name=zero_meant]")
    clerk.click("button[value=send]")
    expect(clerk.locator("main")).to_contain_text("已送本机关审核员核对，现在不能修改")

    reviewer, complaints = open_page(browser, width)
    sign_in(reviewer, live_server.url, "reviewer")
    reviewer.goto(clerk.url.partition("#")[0])
    reviewer.locator(".return-panel summary").click()
    reviewer.focus(f"[name='{KEY}']")
    expect(reviewer.locator("[name=pin_at]").first).to_have_value(KEY)
    reviewer.locator("[name=pin_text]").first.fill("请对照台账")
    reviewer.locator("#overview").click()
    expect(reviewer.locator("[name=pin_at]").nth(1)).to_have_value("overview:总体情况")
    reviewer.locator("[name=pin_text]").nth(1).fill("请写明数量")
    show(reviewer, "return")
    reviewer.click("button[value=return]")
    expect(reviewer.locator(".pins")).to_contain_text("请对照台账")

    clerk.goto(clerk.url.partition("#")[0])
    expect(clerk.locator("td.pinned input")).to_have_attribute("name", KEY)
    clerk.locator(".pins a[data-quote]").click()
    assert (
        clerk.evaluate(
            "document.getSelection().toString() || document.activeElement.value.slice("
            "document.activeElement.selectionStart, document.activeElement.selectionEnd)"
        )
        == "总体情况"
    )
    clerk.locator(".pins a").first.click()
    for page in (clerk, reviewer):
        assert faults(page) == []
    show(clerk, "returned")
    assert complaints == []
