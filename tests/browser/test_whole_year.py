"""A report on its whole way in real browsers, from the first keystroke to the correction that everybody can see."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from agencies.models import Agency, User
from reports import lifecycle
from reports.models import Report, Version
from tests.browser.looking import faults, open_page, show
from tests.browser.test_filing import YEAR, at_the_draft, focused, sign_in

ROW = "applications.received"
FEES = "disclosure.fees.amount"
COPY = """async ([plain, html]) => navigator.clipboard.write([new ClipboardItem({
  "text/plain": new Blob([plain], {type: "text/plain"}), "text/html": new Blob([html], {type: "text/html"})})])"""
THREE = ["3", "0", "0", "0", "0", "0", "3"]

pytestmark = pytest.mark.slow


@pytest.fixture
def version(transactional_db: None, township: Agency, clerk: User, reviewer: User, supervisor: User) -> Version:
    return lifecycle.start_draft(township, YEAR, clerk)


def tab_to(page: Page, selector: str, most: int = 90) -> None:
    """By the Tab key alone, as whoever has no mouse gets there."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached by keyboard, at {focused(page)}")


def paste(page: Page, rows: list[list[str]]) -> None:
    """What Excel and Word put on the clipboard, and then the keys that everybody knows."""
    plain = "".join("\t".join(row) + "\r\n" for row in rows)
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    page.evaluate(COPY, [plain, f"<table>{cells}</table>"])
    page.keyboard.press("Control+v")


def at(browser: Browser, site: str, name: str, address: str) -> Page:
    page, _complaints = open_page(browser, 1440)
    sign_in(page, site, name)
    page.goto(site + address)
    return page


def equation_line(page: Page, key: str) -> str:
    return page.locator("tr", has=page.locator(f"[name='{key}']")).locator("[data-equation]").inner_text()


def test_a_clerk_files_a_report_by_keyboard_alone_and_is_told_all_the_way(
    browser: Browser, live_server: LiveServer, version: Version
) -> None:
    page = at_the_draft(browser, live_server.url, version)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    assert faults(page) == []

    # The preamble begins as prescribed, and the rest is zero but for what is pasted.
    tab_to(page, "button[value='outline.preamble']")
    page.keyboard.press("Enter")
    expect(page.locator("[name=preamble]")).to_have_value(re.compile(f"自{YEAR}年1月1日起"))
    tab_to(page, "a[href='#h-applications']")
    page.keyboard.press("Enter")
    tab_to(page, f"[name='{ROW}.natural_person']", most=4)
    paste(page, [["一、本年新收", *THREE[:-1], "2"]])
    expect(page.locator("[data-message]")).to_contain_text("已粘贴 7 格")
    for _row in range(2):
        page.keyboard.press("ArrowDown")
    assert focused(page) == "applications.granted.natural_person"
    paste(page, [THREE])
    page.keyboard.press("Control+End")
    tab_to(page, "[data-fill]")
    page.keyboard.press("Enter")
    expect(page.locator(".statusbar")).to_contain_text("没有空格")
    tab_to(page, "[data-totals]", most=2)

    # What does not balance is said beside its row; here no single cell would do.
    assert equation_line(page, f"{ROW}.total") == "3 ≠ 2，差 1"
    page.keyboard.press("Shift+Tab")
    tab_to(page, "a[href='#h-applications']", most=200)
    page.keyboard.press("Enter")
    tab_to(page, f"[name='{ROW}.natural_person']", most=4)
    for _press in range(28):
        page.keyboard.press("ArrowDown")
        if focused(page) == "applications.concluded.natural_person":
            break
    paste(page, [THREE])
    assert equation_line(page, f"{ROW}.total") == "3 ≠ 2，差 1 改为 3"
    expect(page.locator("td.wrong input")).to_have_attribute("name", f"{ROW}.total")

    show(page, "unbalanced")
    assert faults(page) == []

    # The text says otherwise, one cell bears a mark: refused, everything at once.
    tab_to(page, "[name=problems]", most=60)
    page.keyboard.type("宣传不够。")
    page.keyboard.press("Shift+Tab")
    page.locator("[name=overview]").focus()
    page.keyboard.type("全年收到政府信息公开申请5件。")
    page.locator(f"[name='{FEES}']").focus()
    page.keyboard.type("/")
    tab_to(page, "button[value=send]", most=250)
    page.keyboard.press("Enter")
    refused = page.locator("#refused")
    expect(refused.locator("li")).to_have_count(4)
    expect(refused).to_be_focused()
    expect(refused).to_be_in_viewport(ratio=0.9)
    expect(refused.locator("a").first).to_have_attribute("href", f"#{ROW}.total")
    for said in ("“新收”行不平", "“总计”列不平", "写的是 5", "行政事业性收费"):
        expect(refused).to_contain_text(said)
    show(page, "refused")
    assert faults(page) == []

    # Each of them is one press away from where it is mended.
    tab_to(page, f"#refused a[href='#{FEES}']")
    page.keyboard.press("Enter")
    assert focused(page) == FEES
    page.keyboard.press("Control+a")
    page.keyboard.type("0")
    tab_to(page, "td.equation .mend")
    page.keyboard.press("Enter")
    expect(page.locator(f"[name='{ROW}.total']")).to_have_value("3")
    assert equation_line(page, f"{ROW}.total") == "3 = 3 ✓"
    expect(page.locator(".statusbar")).to_contain_text("没有不平")
    page.keyboard.press("Control+s")
    expect(page.locator("[data-saved]")).to_contain_text("已保存")
    expect(page.locator(".contradiction")).to_have_count(1)
    expect(page.locator(".contradiction mark, .contradiction blockquote")).to_contain_text("5件")
    tab_to(page, ".contradiction textarea", most=250)
    page.keyboard.type("其中2件于上年收到，已在文中说明。")
    tab_to(page, "button[value=send]", most=20)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("已送本机关审核员核对")
    assert faults(page) == []
    stored = Version.objects.get(pk=version.pk)
    assert stored.state == "sent"
    assert stored.figures[f"{ROW}.total"] == 3
    assert stored.findings.get().reason.startswith("其中2件")
    assert [said for said in page.complaints if "422" not in said] == []  # type: ignore[attr-defined]


def test_signed_off_returned_mended_published_corrected_and_both_versions_stay_public(
    browser: Browser, live_server: LiveServer, version: Version, clerk: User
) -> None:
    site, draft = live_server.url, f"/filing/{version.report.agency_id}/{YEAR}/"
    keys = version.form.figures if version.form else {}
    filled = dict.fromkeys(keys, 0) | {"disclosure.licensing.decisions": 12}
    version = lifecycle.save_draft(version, filled, {"overview": "公开信息12条。培训一次。"}, clerk)
    lifecycle.send_to_reviewer(version, clerk)

    # The reviewer of the office signs off.
    reviewer = at(browser, site, "reviewer", draft)
    assert faults(reviewer) == []
    reviewer.click("button[value=submit]")
    expect(reviewer.locator("main")).to_contain_text("等待主管部门审核")

    # The supervisor gives it back, with a comment on a cell and one on a sentence.
    supervisor = at(browser, site, "supervisor", "/review/")
    supervisor.locator("#h-submitted + .work-list a.work-title").click()
    supervisor.locator(".return-panel summary").click()
    supervisor.wait_for_load_state()
    supervisor.focus("[name='disclosure.licensing.decisions']")
    expect(supervisor.locator("[name=pin_at]").first).to_have_value("disclosure.licensing.decisions")
    supervisor.locator("[name=pin_text]").first.fill("台账是13件")
    supervisor.locator("[name=pin_at]").nth(1).select_option("overview:培训一次。")
    supervisor.locator("[name=pin_text]").nth(1).fill("请写明时间")
    assert faults(supervisor) == []
    supervisor.click("button[value=return]")
    expect(supervisor.locator(".pins")).to_contain_text("台账是13件")

    # The clerk is told at home and at each place, mends both, and it goes its way again.
    mended = at(browser, site, "clerk", "/filing/")
    expect(mended.locator(".task-comment")).to_contain_text("supervisor")
    assert faults(mended) == []
    mended.get_by_role("link", name="去修改").click()
    expect(mended.locator("td.pinned input")).to_have_attribute("name", "disclosure.licensing.decisions")
    expect(mended.locator(".pin")).to_contain_text("请写明时间")
    show(mended, "pinned")
    assert faults(mended) == []
    mended.fill("[name='disclosure.licensing.decisions']", "13")
    mended.fill("[name=overview]", "公开信息12条。6月培训一次。")
    mended.click("button[value=send]")
    expect(mended.locator("main")).to_contain_text("已送本机关审核员核对")
    signed_off_and_published(reviewer, supervisor, site, draft)

    # What is public is locked, and says how it is opened: a reason is asked for.
    mended.goto(site + draft)
    expect(mended.locator(".notice").first).to_contain_text("已经公开，不能直接修改")
    assert faults(mended) == []
    mended.click("button[value=correct]")
    expect(mended.locator("main")).to_contain_text("理由")
    assert Report.objects.get().working_id is None
    mended.fill("[name=reason]", "核对台账，许可少计一件")
    mended.click("button[value=correct]")
    mended.fill("[name='disclosure.licensing.decisions']", "14")
    mended.click("button[value=send]")
    expect(mended.locator("main")).to_contain_text("已送本机关审核员核对")
    # Until it is through, readers have the version that was published.
    reader, complaints = open_page(browser, 1440)
    address = f"{site}/reports/{version.report.agency_id}/{YEAR}/"
    reader.goto(address)
    cell = reader.locator("#cell-disclosure-licensing-decisions")
    expect(cell).to_contain_text("13")
    signed_off_and_published(reviewer, supervisor, site, draft)

    reader.goto(address)
    expect(cell).to_contain_text("14")
    reader.goto(f"{address}versions/")
    expect(reader.locator("section.version")).to_have_count(2)
    expect(reader.locator(".changes tbody tr")).to_have_count(1)
    expect(reader.locator(".changes del")).to_have_text("13")
    expect(reader.locator(".changes ins")).to_have_text("14")
    expect(reader.locator("main")).to_contain_text("核对台账，许可少计一件")
    assert faults(reader) == []
    reader.goto(f"{address}?version=1")
    expect(cell).to_contain_text("13")
    assert complaints == []


def signed_off_and_published(reviewer: Page, supervisor: Page, site: str, draft: str) -> None:
    reviewer.goto(site + draft)
    reviewer.click("button[value=submit]")
    expect(reviewer.locator("main")).to_contain_text("等待主管部门审核")
    supervisor.goto(f"{site}/review/")
    supervisor.locator("#h-submitted + .work-list button[value=publish]").click()
    expect(supervisor.locator("main")).to_contain_text("没有等待审核的报告")
