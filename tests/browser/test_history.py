"""The history of a report at three widths."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from agencies.models import Agency, User
from reports import lifecycle
from reports.models import Version
from tests.browser.looking import WIDTHS, faults, show
from tests.browser.test_filing import YEAR, at_the_draft


@pytest.fixture
def version(transactional_db: None, township: Agency, clerk: User, colleague: User) -> Version:
    version = lifecycle.start_draft(township, YEAR, clerk)
    text = "（一）主动公开。全年公开信息12条，其中政务动态8条。\n（二）依申请公开。收到申请{}件，已办结。"
    figures = {"applications.received.business": 2, "applications.received.total": 1}
    lifecycle.save_draft(version, figures, {"overview": text.format(1), "contact_phone": "0999-1234567"}, clerk)
    return lifecycle.save_draft(
        version, {"applications.received.total": 2}, {"overview": text.format("2") + "没有结转。"}, colleague
    )


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
def test_two_moments_are_chosen_and_compared(
    browser: Browser, live_server: LiveServer, version: Version, width: int
) -> None:
    page = at_the_draft(browser, live_server.url, version, width)
    page.get_by_role("link", name="修改历史").click()
    expect(page.locator(".step-list > li")).to_have_count(3)
    page.get_by_role("button", name="对比选中的两步").click()
    expect(page.locator(".compared tbody tr")).to_have_count(4)
    expect(page.locator(".compared ins").first).to_contain_text("全年公开信息12条")
    assert faults(page) == []
    assert page.complaints == []  # type: ignore[attr-defined]
    show(page, "history")
