"""Last year's report, totals and corrections in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from agencies.models import Agency, User
from reports import lifecycle
from reports.models import Version
from tests.browser.looking import WIDTHS, faults, show
from tests.browser.test_filing import YEAR, at_the_draft
from tests.published import publish

CARRIED = {f"applications.{row}.{column}": 2 for row in ("received", "carried_out") for column in ("business", "total")}


@pytest.fixture
def version(transactional_db: None, township: Agency, clerk: User) -> Version:
    text = "（一）主动公开。去年公开信息若干条。\n（二）依申请公开。去年收到申请2件。" * 3
    more = {"disclosure.normative_documents.in_force": 7}
    publish(township, YEAR - 1, CARRIED | more, overview=text, contact_address="青山镇中心路1号")
    return lifecycle.start_draft(township, YEAR, clerk)


def test_proposals_are_accepted_totals_computed_and_a_culprit_corrected(
    browser: Browser, live_server: LiveServer, version: Version
) -> None:
    page = at_the_draft(browser, live_server.url, version)

    def cell(key: str):  # type: ignore[no-untyped-def]
        return page.locator(f"[name='{key}']")

    expect(cell("applications.carried_in.business")).to_have_value("")
    page.click("[data-accept]")
    expect(cell("applications.carried_in.business")).to_have_value("2")
    expect(cell("contact_address")).to_have_value("青山镇中心路1号")
    expect(page.locator("[data-message]")).to_contain_text("已采用上年带来的 8 项")
    page.get_by_role("button", name="撤销").click()
    expect(cell("applications.carried_in.business")).to_have_value("")

    # What is in force follows as soon as issued and repealed are typed.
    cell("disclosure.normative_documents.issued").fill("3")
    cell("disclosure.normative_documents.repealed").fill("1")
    expect(cell("disclosure.normative_documents.in_force")).to_have_attribute("placeholder", "9")

    page.click("[data-fill]")
    expect(cell("applications.carried_in.business")).to_have_value("")
    expect(page.locator("[data-message]")).to_contain_text("3 格另有上年带来的建议，没有填。")
    cell("applications.carried_in.business").fill("2")
    cell("applications.carried_in.total").fill("1")
    cell("applications.granted.business").fill("2")
    page.click("[data-totals]")
    expect(cell("applications.carried_in.total")).to_have_value("2")
    expect(cell("applications.concluded.total")).to_have_value("2")
    expect(page.locator("[data-message]")).to_contain_text("总计原填 1，合计 2")
    expect(page.locator(".statusbar")).to_contain_text("没有不平")

    # The one cell whose change puts everything right is offered where the equation stands.
    cell("applications.granted.total").fill("3")
    mend = page.locator("tr", has=cell("applications.granted.total")).locator(".mend")
    expect(mend).to_have_text("改为 2")
    mend.click()
    expect(cell("applications.granted.total")).to_have_value("2")
    expect(page.locator(".statusbar")).to_contain_text("没有不平")


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
def test_last_years_data_are_shown_on_demand_fit_and_are_accessible(
    browser: Browser, live_server: LiveServer, version: Version, width: int
) -> None:
    page = at_the_draft(browser, live_server.url, version, width, scripts=True)
    shown = "getComputedStyle(document.querySelector('td.cell[data-last=\"7\"]'), '::after').content"
    assert page.evaluate(shown) == "none"
    page.check("#show-last")
    assert page.evaluate(shown) == '"7"'
    expect(page.locator(".statusbar")).not_to_contain_text("未保存的修改")
    page.locator(".last-text summary").first.click()
    expect(page.locator(".last-body").first).to_contain_text("去年收到申请2件")
    assert faults(page) == []
    show(page, "last")
