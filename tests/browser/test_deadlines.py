"""A date is set, more time is asked for and given, and the clerk's home says so: in a real browser."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from agencies.models import Agency, User
from reports.views.filing.filing import year_due
from tests.browser.looking import faults, open_page
from tests.browser.test_filing import sign_in


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scripts"), [(1440, True), (1024, False), (390, True)])
@pytest.mark.usefixtures("transactional_db")
def test_from_the_date_of_the_office_to_the_extension(
    browser: Browser,
    live_server: LiveServer,
    township: Agency,
    clerk: User,
    supervisor: User,
    width: int,
    scripts: bool,
) -> None:
    year = year_due()
    last = datetime.date(year + 1, 12, 31)
    office, complaints = open_page(browser, width, scripts)
    sign_in(office, live_server.url, "supervisor")
    office.goto(f"{live_server.url}/review/deadlines/?year={year}")
    office.select_option("[name=kind]", "township")
    office.fill("[name=due]", f"{year + 1}-01-20")
    office.get_by_role("button", name="规定这个期限").click()
    expect(office.locator("main")).to_contain_text("1月20日")

    writer, more_complaints = open_page(browser, width, scripts)
    sign_in(writer, live_server.url, "clerk")
    expect(writer.locator(".task-due")).to_contain_text("依据：示例县规定 1月20日")
    writer.get_by_role("link", name="申请延期").click()
    writer.fill("[name=until]", f"{last}")
    writer.fill("[name=reason]", "机构改革，台账移交尚未完成")
    writer.get_by_role("button", name="提交申请").click()
    expect(writer.locator("main")).to_contain_text("等待主管部门答复")

    office.goto(f"{live_server.url}/review/deadlines/?year={year}")
    office.get_by_role("link", name="答复").click()
    expect(office.locator("main")).to_contain_text("机构改革，台账移交尚未完成")
    office.get_by_role("button", name="同意", exact=True).click()
    writer.goto(f"{live_server.url}/filing/")
    expect(writer.locator(".task-due")).to_contain_text("依据：主管部门同意延至 12月31日")
    left = (last - timezone.localdate()).days
    expect(writer.locator(".task-due b")).to_have_text(f"还有 {left} 天" if left else "今天到期")
    if scripts:
        assert faults(writer) == []
        assert faults(office) == []
    assert complaints + more_complaints == []
