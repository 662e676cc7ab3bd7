"""The same without scripts, less the comfort: nothing that a report needs depends on them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from agencies.models import Agency, User
from reports import lifecycle
from reports.models import Report, Version
from tests.browser.looking import open_page, show
from tests.browser.test_filing import YEAR, figures, sign_in

ROW = "applications.received"
THREES = {
    f"applications.{row}.{column}": "3" for row in ("granted", "concluded") for column in ("natural_person", "total")
}

pytestmark = pytest.mark.slow


@pytest.fixture
def version(transactional_db: None, township: Agency, clerk: User, colleague: User, supervisor: User) -> Version:
    return lifecycle.start_draft(township, YEAR, clerk)


def at(browser: Browser, site: str, name: str, address: str, width: int = 1440) -> Page:
    page, _complaints = open_page(browser, width, scripts=False)
    sign_in(page, site, name)
    page.goto(site + address)
    return page


def address_of(version: Version) -> str:
    return f"/filing/{version.report.agency_id}/{YEAR}/"


def test_a_report_is_filed_refused_explained_returned_published_and_corrected(
    browser: Browser, live_server: LiveServer, version: Version, reviewer: User
) -> None:
    site, address = live_server.url, address_of(version)
    clerk = at(browser, site, "clerk", "/filing/")
    clerk.goto(site + address)
    clerk.click("button[value='outline.preamble']")
    for key, number in {f"{ROW}.natural_person": "3", f"{ROW}.total": "2", **THREES}.items():
        clerk.fill(f"[name='{key}']", number)
    clerk.fill("[name=overview]", "全年收到政府信息公开申请5件。")
    clerk.click("button[value=fill]")
    beside = clerk.locator("tr", has=clerk.locator(f"[name='{ROW}.total']")).locator("[data-equation]")
    expect(beside).to_have_text("3 ≠ 2，差 1")
    expect(clerk.locator(".contradiction")).to_have_count(3)
    show(clerk, "no-scripts")

    clerk.click("button[value=send]")
    refused = clerk.locator("#refused")
    expect(refused.locator("li")).to_have_count(3)
    expect(refused.locator("a").first).to_have_attribute("href", f"#{ROW}.total")
    clerk.locator(f"button[value='mend.{ROW}.total']").first.click()
    expect(beside).to_have_text("3 = 3 ✓")
    clerk.fill(".contradiction textarea", "其中2件于上年收到。")
    clerk.click("button[value=send]")
    expect(clerk.locator("main")).to_contain_text("已送本机关审核员核对")

    signing = at(browser, site, "reviewer", address)
    signing.click("button[value=submit]")
    expect(signing.locator("main")).to_contain_text("等待主管部门审核")
    supervisor = at(browser, site, "supervisor", address)
    supervisor.locator(".return-panel summary").click()
    supervisor.locator("[name=pin_at]").first.select_option(f"{ROW}.total")
    supervisor.locator("[name=pin_text]").first.fill("请对照台账")
    supervisor.click("button[value=return]")

    clerk.goto(site + address)
    expect(clerk.locator(".pins")).to_contain_text("请对照台账")
    clerk.fill("[name=overview]", "全年收到政府信息公开申请3件。")
    clerk.click("button[value=send]")
    signing.goto(site + address)
    signing.click("button[value=submit]")
    supervisor.goto(f"{site}/review/")
    supervisor.click("button[value=publish]")
    assert Report.objects.get().published_id == version.pk

    clerk.goto(site + address)
    clerk.fill("[name=reason]", "统计口径有误")
    clerk.click("button[value=correct]")
    clerk.fill("[name='disclosure.licensing.decisions']", "6")
    clerk.click("button[value=save]")
    report = Report.objects.select_related("working").get()
    assert report.working
    assert report.working.figures["disclosure.licensing.decisions"] == 6
    assert figures(version)["disclosure.licensing.decisions"] == 0, "the published version stays as it is"


def test_two_people_are_both_told_and_the_second_chooses_cell_by_cell(
    browser: Browser, live_server: LiveServer, version: Version
) -> None:
    mine = at(browser, live_server.url, "clerk", address_of(version))
    theirs = at(browser, live_server.url, "colleague", address_of(version))
    theirs.fill(f"[name='{ROW}.total']", "7")
    theirs.fill("[name=overview]", "同事写的")
    theirs.click("button[value=save]")
    mine.fill(f"[name='{ROW}.total']", "3")
    mine.fill("[name='applications.carried_in.total']", "1")
    mine.click("button[value=save]")
    told = mine.locator("#stale")
    expect(told).to_contain_text("colleague在")
    expect(told.locator("fieldset")).to_have_count(1)
    expect(mine.locator("[name=overview]")).to_have_value("同事写的")
    expect(mine.locator(f"[name='{ROW}.total']")).to_have_value("3")
    assert figures(version)[f"{ROW}.total"] == 7, "nothing is overwritten unseen"
    told.get_by_label("用已存的“7”").check()
    mine.click("button[value=save]")
    expect(mine.locator(f"[name='{ROW}.total']")).to_have_value("7")
    assert figures(version)["applications.carried_in.total"] == 1
    theirs.fill("[name='applications.granted.total']", "2")
    theirs.click("button[value=save]")
    expect(theirs.locator("#messages")).to_contain_text("clerk在")
    expect(theirs.locator("[name='applications.carried_in.total']")).to_have_value("1")


def test_enter_in_a_line_saves_and_accepts_nothing_that_is_proposed(
    browser: Browser, live_server: LiveServer, version: Version, clerk: User
) -> None:
    last = lifecycle.start_draft(version.report.agency, YEAR - 1, clerk)
    lifecycle.save_draft(last, dict.fromkeys(last.figures, 0), {"contact_address": "山前路1号"}, clerk)
    page = at(browser, live_server.url, "clerk", address_of(version))
    expect(page.locator("button[value=accept]")).to_be_visible()
    page.fill("[name=contact_phone]", "0990-1234567")
    page.press("[name=contact_phone]", "Enter")
    expect(page.locator(".statusbar")).to_contain_text("已保存")
    stored = Version.objects.get(pk=version.pk)
    assert (stored.contact_phone, stored.contact_address) == ("0990-1234567", "")


def test_who_was_signed_out_meanwhile_signs_in_and_has_saved(
    browser: Browser, live_server: LiveServer, version: Version
) -> None:
    page = at(browser, live_server.url, "clerk", address_of(version))
    page.fill(f"[name='{ROW}.total']", "4")
    page.fill("[name=overview]", "第一行\n第二行")
    page.context.clear_cookies(name="sessionid")
    page.click("button[value=save]")
    expect(page.locator("main")).to_contain_text("登录已过期")
    page.fill("[name=username]", "clerk")
    page.fill("[name=password]", "wrong")
    page.get_by_role("button", name="登录并保存").click()
    expect(page.locator("main")).to_contain_text("用户名或密码不对")
    page.fill("[name=password]", "nianbao-demo")
    page.get_by_role("button", name="登录并保存").click()
    expect(page.locator(f"[name='{ROW}.total']")).to_have_value("4")
    assert Version.objects.get(pk=version.pk).narrative["overview"] == "第一行\n第二行"
