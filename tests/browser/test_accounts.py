"""From the supervisor's spreadsheet to the new clerk's first page, in a real browser, with scripts and without."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect
from pytest_django.live_server_helper import LiveServer
from python_calamine import CalamineWorkbook

from agencies.models import Agency, User
from tests.browser.looking import faults, open_page, show
from tests.browser.test_filing import sign_in

TABLE = """机构代码,机构全称,姓名,角色,电子邮箱,电话,接替的账号
990101101000,青山镇人民政府,王小青,填报员,wang@example.gov.cn,,
990101102000,绿水镇人民政府,赵大川,组长,,,
990102101000,远山镇人民政府,钱小河,填报员,,,
"""
CHOSEN = "qing-shan-2026"


def judged(page: Page, name: str, scripts: bool) -> None:
    show(page, f"accounts-{name}")
    if scripts:
        assert faults(page) == [], name


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scripts"), [(1440, True), (1024, False), (390, True)])
@pytest.mark.usefixtures("transactional_db", "other_township", "foreign_township")
def test_issued_from_a_table_signed_in_changed_and_told_what_is_due(
    browser: Browser, live_server: LiveServer, township: Agency, supervisor: User, width: int, scripts: bool
) -> None:
    office, complaints = open_page(browser, width, scripts)
    sign_in(office, live_server.url, "supervisor")
    assert office.url.endswith("/review/")
    office.get_by_role("link", name="账号").click()
    expect(office.locator("main")).to_contain_text("还有 4 个应当编制报告的机构没有填报员")
    judged(office, "none", scripts)
    office.get_by_role("link", name="批量开通").click()
    judged(office, "new", scripts)
    file = FilePayload(name="账号表.csv", mimeType="text/csv", buffer=TABLE.encode("gb18030"))
    office.set_input_files("[name=file]", file)
    office.get_by_role("button", name="读取并预览").click()

    expect(office.locator("main")).to_contain_text("可以开通 1 人，有问题的 2 行。现在还没有保存任何东西。")
    faulty = office.locator("tr.faulty")
    expect(faulty.nth(0)).to_contain_text("第 3 行")
    expect(faulty.nth(0)).to_contain_text("“角色”列的“组长”：请填填报员、审核员或主管部门。")
    expect(faulty.nth(1)).to_contain_text("不在您主管的范围内，请删去这一行")
    judged(office, "preview", scripts)
    with office.expect_download() as to_mend:
        office.get_by_role("button", name="下载有问题的 2 行").click()
    assert to_mend.value.suggested_filename == "to-mend.xlsx"
    office.get_by_role("button", name="开通 1 个账号").click()

    expect(office.locator("h1")).to_have_text("1 个一次性密码")
    judged(office, "handout", scripts)
    username = office.locator("td.username").inner_text()
    password = office.locator("td.one-time").inner_text()
    with office.expect_download() as handout:
        office.get_by_role("button", name="下载密码表（一次）").click()
    lines = CalamineWorkbook.from_path(handout.value.path()).get_sheet_by_index(0).to_python()
    assert lines[1][1:] == ["王小青", "填报员", username, password]
    office.emulate_media(media="print")
    expect(office.locator(".slips")).to_contain_text(password)
    expect(office.locator("table")).to_be_hidden()
    office.emulate_media(media="screen")
    office.get_by_role("button", name="下载密码表（一次）").click()
    expect(office.locator("main")).to_contain_text("已经下载过")
    expect(office.locator("main")).not_to_contain_text(password)
    expect(office.locator("main")).to_contain_text("等待首次登录")
    judged(office, "office", scripts)

    clerk, more_complaints = open_page(browser, width, scripts)
    sign_in(clerk, live_server.url, username, password)
    expect(clerk.locator("h1")).to_have_text("请先设定自己的密码")
    clerk.goto(f"{live_server.url}/filing/")
    expect(clerk.locator("h1")).to_have_text("请先设定自己的密码")
    judged(clerk, "first", scripts)
    for typed in ("123", CHOSEN):
        clerk.fill("#id_new_password1", typed)
        clerk.fill("#id_new_password2", typed)
        clerk.press("#id_new_password2", "Enter")
        expect(clerk.locator("main")).to_contain_text("太短" if typed == "123" else "密码已修改")
    assert clerk.url == f"{live_server.url}/filing/"
    expect(clerk.locator("main")).to_contain_text("青山镇人民政府")
    expect(clerk.locator(".glance")).to_contain_text("还没有开始 1 件")
    expect(clerk.locator(".task-due")).to_contain_text("应于")
    judged(clerk, "home", scripts)
    clerk.get_by_role("button", name=re.compile("开始填报")).click()
    expect(clerk.locator("h1")).to_contain_text("青山镇人民政府")

    # What the office resets is shut while it is being used.
    office.get_by_role("checkbox", name=re.compile(username)).check()
    office.get_by_role("button", name="重置密码").click()
    judged(office, "confirm", scripts)
    office.get_by_role("button", name="重置密码").click()
    expect(office.locator("td.one-time")).to_have_count(1)
    clerk.goto(f"{live_server.url}/filing/")
    assert "/accounts/login/" in clerk.url
    assert [said for said in complaints + more_complaints if "422" not in said] == []
