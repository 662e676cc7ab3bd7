"""What is typed is saved by itself, survives a cut network and a lost sign-in, and overwrites nobody unseen."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Error, Page, expect
from pytest_django.live_server_helper import LiveServer

from agencies.models import Agency, User
from reports import lifecycle
from reports.models import Version
from tests.browser.looking import faults, open_page
from tests.browser.test_filing import YEAR, at_the_draft, figures, sign_in

KEY = "applications.received.total"
NEW_YEAR = datetime(YEAR + 1, 1, 1)
SAVED = re.compile(r"已保存 \d\d:\d\d:\d\d")


@pytest.fixture
def version(transactional_db: None, township: Agency, clerk: User, colleague: User) -> Version:
    return lifecycle.start_draft(township, YEAR, clerk)


def typed(page: Page, key: str, text: str) -> None:
    page.fill(f"[name='{key}']", text)


def saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_have_text(SAVED)


def test_a_change_is_saved_within_two_seconds_and_checked(
    browser: Browser, live_server: LiveServer, version: Version
) -> None:
    page = at_the_draft(browser, live_server.url, version)
    page.click("[data-fill]")
    saved(page)
    page.clock.install(time=NEW_YEAR)
    page.clock.pause_at(NEW_YEAR + timedelta(hours=9))
    page.focus("[name='proceedings.reconsideration.upheld']")
    page.keyboard.type("2")
    expect(page.locator("[data-saved]")).to_have_text("有未保存的修改")
    # By the clock of the page, which stands still but for these: how busy this machine is does not count.
    page.clock.run_for(2000)
    saved(page)
    assert figures(version)["proceedings.reconsideration.upheld"] == 2
    expect(page.locator(".contradiction")).to_have_count(1)
    expect(page.locator(".contradiction")).to_contain_text("“行政复议”栏不平")
    expect(page.locator(".chapters")).to_contain_text("有矛盾")
    # What the script knows is as the server stored it: nothing stands against saving the whole form afterwards.
    page.locator("button[value=submit]").click()
    expect(page.locator("#refused")).to_contain_text("栏不平")
    assert [said for said in page.complaints if "422" not in said] == []  # type: ignore[attr-defined]


@pytest.mark.slow
def test_what_cannot_be_saved_is_said_and_the_rest_is_saved(
    browser: Browser, live_server: LiveServer, version: Version
) -> None:
    page = at_the_draft(browser, live_server.url, version)
    typed(page, KEY, "x")
    typed(page, "overview", "写好了")
    expect(page.locator("[data-saved]")).to_have_text("有 1 处不能保存，其余都已保存")
    assert Version.objects.get(pk=version.pk).narrative["overview"] == "写好了"
    typed(page, KEY, "4")
    saved(page)
    assert figures(version)[KEY] == 4


@pytest.mark.slow
def test_a_cut_network_loses_nothing_and_is_caught_up(
    browser: Browser, live_server: LiveServer, version: Version
) -> None:
    page = at_the_draft(browser, live_server.url, version)
    page.context.set_offline(True)
    typed(page, KEY, "3")
    expect(page.locator("[data-saved]")).to_contain_text("连不上服务器")
    assert figures(version)[KEY] is None
    page.context.set_offline(False)
    saved(page)
    assert figures(version)[KEY] == 3


@pytest.mark.slow
def test_a_browser_that_dies_without_network_still_has_what_was_typed(
    browser: Browser, live_server: LiveServer, version: Version
) -> None:
    page = at_the_draft(browser, live_server.url, version)
    context = page.context
    context.set_offline(True)
    typed(page, KEY, "3")
    typed(page, "overview", "断网时写的")
    expect(page.locator("[data-saved]")).to_contain_text("连不上服务器")
    address = page.url
    # One that is closed may still send it: the network comes back before its last request has failed.
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash")
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    expect(again.locator("[data-message]")).to_contain_text("找回了上次没有发送的 2 处修改")
    expect(again.locator(f"[name='{KEY}']")).to_have_value("3")
    saved(again)
    assert Version.objects.get(pk=version.pk).narrative["overview"] == "断网时写的"
    assert again.evaluate("localStorage.length") == 0


@pytest.mark.slow
def test_a_lost_sign_in_loses_nothing(browser: Browser, live_server: LiveServer, version: Version) -> None:
    page = at_the_draft(browser, live_server.url, version)
    page.context.clear_cookies(name="sessionid")
    typed(page, KEY, "3")
    expect(page.locator("#told")).to_contain_text("登录已过期")
    assert faults(page) == []
    other = page.context.new_page()
    sign_in(other, live_server.url, "clerk")
    # The token of the form is another one now; the script fetches it by itself.
    saved(page)
    assert figures(version)[KEY] == 3


@pytest.mark.slow
def test_two_browsers_on_one_draft_merge_cell_by_cell(
    browser: Browser, live_server: LiveServer, version: Version
) -> None:
    mine = at_the_draft(browser, live_server.url, version)
    theirs, _complaints = open_page(browser, 1440)
    sign_in(theirs, live_server.url, "colleague")
    theirs.goto(mine.url)
    typed(theirs, KEY, "7")
    typed(theirs, "overview", "同事写的")
    saved(theirs)
    with mine.expect_response(lambda answer: answer.request.method == "POST" and answer.ok):
        typed(mine, KEY, "3")
        typed(mine, "applications.carried_in.total", "1")
    told = mine.locator("#told")
    expect(told).to_contain_text("colleague在")
    expect(told).to_contain_text("已存“7”，您填“3”")
    expect(mine.locator("[name=overview]")).to_have_value("同事写的")
    saved_meanwhile = mine.locator("[data-saved]")
    expect(saved_meanwhile).to_have_text("有未保存的修改")
    assert figures(version)[KEY] == 7, "what somebody else stored stays until the clerk has chosen"
    assert figures(version)["applications.carried_in.total"] == 1, "and the rest is saved"
    assert faults(mine) == []
    told.get_by_role("button", name="用我填的").click()
    saved(mine)
    assert figures(version)[KEY] == 3
    # The colleague, writing on, is told in turn.
    typed(theirs, "applications.granted.total", "2")
    expect(theirs.locator("#told")).to_contain_text("clerk在")
    expect(theirs.locator(f"[name='{KEY}']")).to_have_value("3")
    saved(theirs)
