"""An import looked at and corrected in a real browser: by keyboard, beside its source, with and without scripts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from agencies.models import Agency, User
from reports.importing.read import read_report, read_with_document
from reports.intake import commit
from reports.models import PendingImport, Report, Version
from reports.originals.reading import keep_reading
from tests.browser.looking import WIDTHS, open_page, sweep
from tests.browser.test_filing import sign_in
from tests.intake.test_preview import FEES, GRANTED, THREE
from tests.intake.test_upload import page_of

TOTAL = f"[name='{GRANTED}.total']"


@pytest.fixture
def pending(
    transactional_db: None, settings: Settings, tmp_path: Path, township: Agency, clerk: User, supervisor: User
) -> PendingImport:
    settings.MEDIA_ROOT = str(tmp_path)
    data = page_of(figures=THREE | {f"{GRANTED}.total": "0 3", FEES: "若干"})
    parsed, document = read_with_document(data, "年报.html")
    waiting = commit.keep_for_preview(parsed, data, "年报.html", clerk)
    keep_reading(waiting.source, document)
    return waiting


def at_the_preview(
    browser: Browser, site: str, pending: PendingImport, width: int = 1440, scripts: bool = True, who: str = "clerk"
) -> tuple[Page, list[str]]:
    page, complaints = open_page(browser, width, scripts)
    sign_in(page, site, who)
    page.goto(f"{site}/filing/import/{pending.pk}/")
    return page, complaints


def kept(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_contain_text(re.compile(r"已保存 \d\d:\d\d:\d\d"))


@pytest.mark.slow
def test_the_place_in_the_source_is_shown_as_a_cell_is_focused_or_pointed_at(
    browser: Browser, live_server: LiveServer, pending: PendingImport
) -> None:
    page, complaints = at_the_preview(browser, live_server.url, pending)
    shown = page.locator(".source-frame .shown")
    page.focus(TOTAL)
    expect(shown).to_have_text("0 3")
    expect(shown).to_be_in_viewport()
    page.keyboard.press("ArrowUp")
    expect(shown).to_have_text("0")
    page.hover(f"[name='{FEES}']")
    expect(shown).to_have_text("若干")
    # From the list to the cell, and to its place, by keyboard alone.
    page.locator("#finding-2 [data-show]").focus()
    expect(shown).to_have_text("0 3")
    page.locator("#finding-2 a[data-goto]").press("Enter")
    assert page.evaluate("document.activeElement.name") == f"{GRANTED}.total"
    # And back from the source to the cell.
    page.locator(".source-frame td", has_text="若干").click()
    assert page.evaluate("document.activeElement.name") == FEES
    assert complaints == []


@pytest.mark.slow
def test_on_a_phone_the_source_is_lifted_over_the_page_and_put_back(
    browser: Browser, live_server: LiveServer, pending: PendingImport
) -> None:
    page, complaints = at_the_preview(browser, live_server.url, pending, 390)
    page.emulate_media(reduced_motion="reduce")
    link = page.locator("#finding-2 [data-show]")
    link.click()
    shown = page.locator(".source-frame .shown")
    expect(shown).to_have_text("0 3")
    expect(shown).to_be_in_viewport()
    expect(link).to_be_in_viewport()
    # The cell that the doubt leads to is not hidden behind the source.
    page.locator("#finding-2 a[data-goto]").click()
    expect(page.locator(TOTAL)).to_be_focused()
    bottom, edge = page.evaluate("""() => new Promise(done => setTimeout(() => done([
        document.activeElement.getBoundingClientRect().bottom,
        document.querySelector(".source-side").getBoundingClientRect().top,
    ])))""")
    assert 0 < bottom <= edge
    page.get_by_role("button", name="收起").click()
    expect(page.locator(".source-side")).not_to_have_class(re.compile("lifted"))
    expect(link).to_be_focused()
    assert complaints == []


@pytest.mark.slow
def test_a_correction_is_weighed_kept_and_survives_a_closed_browser(
    browser: Browser, live_server: LiveServer, pending: PendingImport
) -> None:
    page, complaints = at_the_preview(browser, live_server.url, pending)
    equation_line = page.locator("tr", has=page.locator(TOTAL)).locator("[data-equation]").first
    page.fill(TOTAL, "4")
    expect(equation_line).to_contain_text("3 ≠ 4，差 1")
    kept(page)
    expect(page.locator("#doubts")).to_contain_text("有 1 处没有把握")
    expect(page.locator("#doubts")).to_contain_text("相差 1")
    expect(page.locator("[data-corrected]")).to_have_text("改了 1 处")
    assert PendingImport.objects.get().corrections[f"{GRANTED}.total"]["value"] == 4
    # Typed and closed at once.
    page.fill(TOTAL, "3")
    page.context.close()
    again, _complaints = at_the_preview(browser, live_server.url, pending)
    expect(again.locator(TOTAL)).to_have_value("3")
    assert not Report.objects.exists()
    assert complaints == []


@pytest.mark.slow
def test_a_lost_sign_in_loses_nothing(browser: Browser, live_server: LiveServer, pending: PendingImport) -> None:
    page, _complaints = at_the_preview(browser, live_server.url, pending)
    page.context.clear_cookies(name="sessionid")
    page.fill(TOTAL, "3")
    expect(page.locator("#told")).to_contain_text("登录已过期")
    other = page.context.new_page()
    sign_in(other, live_server.url, "clerk")
    kept(page)
    expect(page.locator("#told")).not_to_contain_text("登录已过期")
    assert PendingImport.objects.get().corrections[f"{GRANTED}.total"]["value"] == 3


@pytest.mark.slow
def test_what_could_not_be_sent_is_found_again_after_a_reload(
    browser: Browser, live_server: LiveServer, pending: PendingImport
) -> None:
    page, _complaints = at_the_preview(browser, live_server.url, pending)
    page.route(
        "**/filing/import/**", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    page.fill(TOTAL, "3")
    expect(page.locator("[data-saved]")).to_contain_text("连不上服务器")
    page.reload()
    expect(page.locator(TOTAL)).to_have_value("3")
    expect(page.locator("[data-message]")).to_contain_text("找回了上次没有发送的 1 处修改")
    page.unroute("**/filing/import/**")
    kept(page)
    assert PendingImport.objects.get().corrections[f"{GRANTED}.total"]["value"] == 3


@pytest.mark.slow
def test_going_back_finds_the_corrections_and_after_it_was_stored_says_so(
    browser: Browser, live_server: LiveServer, pending: PendingImport
) -> None:
    page, _complaints = at_the_preview(browser, live_server.url, pending)
    page.fill(TOTAL, "3")
    page.fill("#overview", "改过的总体情况")
    page.goto(f"{live_server.url}/filing/")
    page.go_back()
    expect(page.locator(TOTAL)).to_have_value("3")
    expect(page.locator("#overview")).to_have_value("改过的总体情况")
    expect(page.locator("[data-corrected]")).to_have_text("改了 2 处")
    page.fill(f"[name='{FEES}']", "0")
    kept(page)
    page.get_by_role("button", name="确认保存").click()
    page.wait_for_url("**/filing/990101101000/2023/")
    page.go_back()
    expect(page.locator("main")).to_contain_text("已经处理完")
    assert Version.objects.count() == 1


def test_a_proposal_is_taken_by_a_press_and_the_import_confirmed_by_keyboard(
    browser: Browser, live_server: LiveServer, pending: PendingImport
) -> None:
    page, complaints = at_the_preview(browser, live_server.url, pending)
    expect(page.locator(".proposal")).to_contain_text("自然人 3 = 总计 3")
    expect(page.locator(TOTAL)).to_have_value("0 3")
    page.get_by_role("button", name="采用建议").press("Enter")
    expect(page.locator(TOTAL)).to_have_value("3")
    # Done without leaving the page: the next doubt has the focus.
    expect(page.locator("#finding-1 [data-goto]")).to_be_focused()
    expect(page.locator("tr", has=page.locator(TOTAL)).locator("[data-equation]").first).to_contain_text("3 = 3")
    page.get_by_role("button", name="已核对无误").press("Enter")
    expect(page.locator("#h-doubts")).to_have_text("识别没有疑问")
    expect(page.locator("#h-doubts")).to_be_focused()
    page.fill(f"[name='{FEES}']", "0")
    page.get_by_role("button", name="确认保存").press("Enter")
    page.wait_for_url("**/filing/990101101000/2023/")
    version = Version.objects.get()
    assert (version.figures[f"{GRANTED}.total"], version.places[f"{GRANTED}.total"]["typed_by"]) == (3, "clerk")
    assert complaints == []


@pytest.mark.slow
def test_somebody_elses_correction_is_shown_and_not_overwritten(
    browser: Browser, live_server: LiveServer, pending: PendingImport
) -> None:
    first, _first = at_the_preview(browser, live_server.url, pending)
    second, _second = at_the_preview(browser, live_server.url, pending, who="supervisor")
    first.fill(TOTAL, "3")
    kept(first)
    second.fill(TOTAL, "2")
    expect(second.locator("#told")).to_contain_text("现为“3”，您填“2”")
    expect(second.locator(TOTAL)).to_have_value("2")
    assert PendingImport.objects.get().corrections[f"{GRANTED}.total"]["value"] == 3


@pytest.mark.slow
def test_without_scripts_links_lead_to_the_places_and_buttons_keep(
    browser: Browser, live_server: LiveServer, pending: PendingImport
) -> None:
    page, _complaints = at_the_preview(browser, live_server.url, pending, scripts=False)
    page.locator("#finding-2").get_by_role("link", name="看原文").click()
    target = page.locator(".source-frame td:target")
    expect(target).to_have_text("0 3")
    expect(target).to_be_in_viewport()
    page.fill(TOTAL, "3")
    page.press(TOTAL, "Enter")
    expect(page.locator(TOTAL)).to_have_value("3")
    expect(page.locator("#doubts")).to_contain_text("有 1 处没有把握")
    page.get_by_role("button", name="确认保存").click()
    page.wait_for_url("**/filing/990101101000/2023/")


@pytest.fixture
def stored(pending: PendingImport, township: Agency) -> None:
    """A report of that year that is public, so that the preview shows the differences."""
    data = page_of(figures=THREE | {FEES: 2}).replace("本年无".encode(), "当年无".encode())
    commit.store(read_report(data, "旧.html"), data, "旧.html", agency=township)


@pytest.mark.slow
@pytest.mark.usefixtures("stored")
def test_differences_are_chosen_one_by_one_and_stay_chosen(
    browser: Browser, live_server: LiveServer, pending: PendingImport
) -> None:
    page, complaints = at_the_preview(browser, live_server.url, pending, who="supervisor")
    expect(page.locator(".differences-table tbody tr")).to_have_count(5)
    page.get_by_role("button", name="全部保留已存的").click()
    expect(page.locator("#against")).to_contain_text("都已选择，将改动 0 处")
    page.locator("tr", has_text="一、总体情况").get_by_role("radio").nth(1).check()
    kept(page)
    expect(page.locator("#against")).to_contain_text("将改动 1 处")
    page.reload()
    page.fill("[name=reason]", "原文有误")
    page.get_by_role("button", name="确认保存").click()
    page.wait_for_url("**/reports/990101101000/2023/")
    version = Report.objects.get().published
    assert version
    assert version.narrative["overview"].startswith("本年无")
    assert version.narrative["problems"].startswith("当年无")
    assert version.figures[FEES] == 2
    assert complaints == []


@pytest.mark.slow
@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize("width", WIDTHS)
def test_the_preview_and_the_source_fit_and_are_accessible(
    browser: Browser, live_server: LiveServer, pending: PendingImport, width: int
) -> None:
    page, complaints = at_the_preview(browser, live_server.url, pending, width, who="supervisor")
    preview = f"/filing/import/{pending.pk}/"
    pages = {"source": f"/sources/{pending.source.sha256}/view/", "preview": preview}
    assert sweep(page, live_server.url, pages) == {}
    form, source = (page.locator(place).bounding_box() for place in (".read-side", ".source-side"))
    assert form
    assert source
    assert (source["x"] + source["width"] <= form["x"]) is (width >= 1024), "side by side where there is room"
    assert complaints == []
