"""A clerk at work in a real browser: by keyboard, with a pasted block, with and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from agencies.models import Agency, User
from reports import lifecycle
from reports.models import Version
from tests.browser.looking import WIDTHS, open_page, sweep

YEAR = 2025


@pytest.fixture
def version(transactional_db: None, township: Agency, clerk: User, supervisor: User) -> Version:
    return lifecycle.start_draft(township, YEAR, clerk)


def sign_in(page: Page, site: str, name: str, password: str = "nianbao-demo") -> None:
    page.goto(f"{site}/accounts/login/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def at_the_draft(browser: Browser, site: str, version: Version, width: int = 1440, scripts: bool = True) -> Page:
    page, complaints = open_page(browser, width, scripts)
    sign_in(page, site, "clerk")
    page.goto(f"{site}/filing/{version.report.agency_id}/{YEAR}/")
    page.complaints = complaints  # type: ignore[attr-defined]
    return page


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.name"))


def figures(version: Version) -> dict[str, object]:
    return Version.objects.get(pk=version.pk).figures


def test_a_clerk_fills_a_report_by_keyboard_alone(browser: Browser, live_server: LiveServer, version: Version) -> None:
    page = at_the_draft(browser, live_server.url, version)
    status = page.locator(".statusbar")
    expect(status).to_contain_text("200 格未填")

    # Down and right through the table, as in a spreadsheet.
    page.focus("[name='applications.received.natural_person']")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    assert focused(page) == "applications.carried_in.natural_person"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("End")
    page.keyboard.press("End")
    assert focused(page) == "applications.received.total"
    page.keyboard.type("2")
    page.keyboard.press("ArrowLeft")
    assert focused(page) == "applications.received.total", "within a number the arrow moves the caret"
    page.keyboard.press("ArrowLeft")
    assert focused(page) == "applications.received.other_organisation"
    expect(status).to_contain_text("有未保存的修改")

    # The equations are weighed as the figures are typed.
    page.locator("[data-fill]").press("Enter")
    expect(status).to_contain_text("没有空格")
    equation_line = page.locator("tr", has=page.locator("[name='applications.received.total']")).locator(
        "[data-equation]"
    )
    expect(equation_line).to_have_text("3 ≠ 2，差 1")
    expect(equation_line).to_have_attribute("data-state", "broken")
    page.fill("[name='applications.received.total']", "3")
    expect(equation_line).to_have_text("3 = 3 ✓")
    expect(status).to_contain_text("2 处不平")

    page.keyboard.press("Control+s")
    expect(status).to_contain_text(re.compile(r"已保存 \d\d:\d\d:\d\d\s+·\s+2 处不平\s+·\s+没有空格"))
    assert figures(version)["applications.received.natural_person"] == 3
    expect(page.locator(".contradiction")).to_have_count(2)
    assert focused(page) == "applications.received.total", "the page comes back where the work was"

    # Refused, mended, handed in.
    page.locator("button[value=submit]").press("Enter")
    expect(page.locator("#refused")).to_contain_text("收")
    page.locator("#refused a").first.press("Enter")
    assert focused(page).startswith("applications.")
    for key in ("granted", "concluded"):
        for column in ("natural_person", "total"):
            page.fill(f"[name='applications.{key}.{column}']", "3")
    expect(status).to_contain_text("没有不平")
    page.locator("button[value=submit]").press("Enter")
    expect(page.locator("main")).to_contain_text("已提交")
    assert Version.objects.get(pk=version.pk).state == "submitted"
    assert [said for said in page.complaints if "422" not in said] == []  # type: ignore[attr-defined]


@pytest.mark.slow
def test_junk_is_marked_as_it_is_typed(browser: Browser, live_server: LiveServer, version: Version) -> None:
    page = at_the_draft(browser, live_server.url, version)
    for typed, said in {
        "abc": "不是数字",
        "-1": "不能小于 0",
        "1.5": "只能填整数",
        "１２": "",
        "1,234": "",
        "/": "",
    }.items():
        page.fill("[name='applications.received.total']", typed)
        expect(page.locator("[id='error-applications.received.total']")).to_have_text(said)


@pytest.mark.slow
def test_leaving_with_unsaved_changes_asks_first(browser: Browser, live_server: LiveServer, version: Version) -> None:
    page = at_the_draft(browser, live_server.url, version)
    asked: list[str] = []

    def stay(dialog: object) -> None:
        asked.append(dialog.type)  # type: ignore[attr-defined]
        dialog.accept()  # type: ignore[attr-defined]

    page.on("dialog", stay)
    page.click("[name='applications.received.total']")
    page.keyboard.type("1")
    page.goto(f"{live_server.url}/filing/")
    assert asked == ["beforeunload"]


def test_on_paper_the_text_runs_on_and_the_tools_are_left_out(
    browser: Browser, live_server: LiveServer, version: Version, clerk: User
) -> None:
    lifecycle.save_draft(version, {}, {"overview": "写了很多。\n" * 60}, clerk)
    page = at_the_draft(browser, live_server.url, version)
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#overview")).to_be_hidden()
    expect(page.locator("#overview + .on-paper")).to_contain_text("写了很多。\n写了很多。")
    expect(page.locator(".statusbar")).to_be_hidden()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".on-paper")).to_have_count(0)


def test_without_scripts_the_same_appears_on_save(browser: Browser, live_server: LiveServer, version: Version) -> None:
    page = at_the_draft(browser, live_server.url, version, scripts=False)
    page.fill("[name='applications.received.natural_person']", "3")
    page.click("button[value=fill]")
    equation_line = page.locator("tr", has=page.locator("[name='applications.received.total']")).locator(
        "[data-equation]"
    )
    expect(equation_line).to_have_text("3 ≠ 0，差 3")
    expect(page.locator(".statusbar")).to_contain_text("2 处不平")
    page.fill("[name='applications.received.total']", "x")
    page.click("button[value=save]")
    expect(page.locator("[id='error-applications.received.total']")).to_contain_text("“x”不是数字")
    expect(page.locator("[name='applications.received.total']")).to_have_value("x")


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
def test_the_clerks_and_supervisors_pages_fit_and_are_accessible(
    browser: Browser, live_server: LiveServer, version: Version, clerk: User, other_township: Agency, width: int
) -> None:
    keys = version.form.figures if version.form else {}
    broken = dict.fromkeys(keys, 0) | {"applications.received.natural_person": 3, "disclosure.fees.amount": None}
    lifecycle.save_draft(version, broken, {}, clerk, marks={"disclosure.fees.amount": "/"})
    done = lifecycle.start_draft(other_township, YEAR, clerk)
    lifecycle.submit(lifecycle.save_draft(done, dict.fromkeys(keys, 0), {}, clerk), clerk)
    draft = f"/filing/{version.report.agency_id}/{YEAR}/"
    pages = {
        "clerk": {"tasks": "/filing/", "draft": draft, "import": "/filing/import/"},
        "supervisor": {"queue": "/review/", "draft looked at": draft},
    }
    for name, addresses in pages.items():
        page, complaints = open_page(browser, width)
        sign_in(page, live_server.url, name)
        assert sweep(page, live_server.url, addresses) == {}
        assert complaints == []
