"""What should not come in: a clear answer where it was typed, nothing else lost, nothing let in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Route, expect
from pytest_django.live_server_helper import LiveServer

from agencies.models import Agency, User
from reports import lifecycle
from reports.models import Change, Version
from tests.browser.looking import faults, open_page, show
from tests.browser.test_filing import YEAR, at_the_draft, figures, sign_in

KEY = "applications.received.total"
BAD = {
    "三件": "不是数字",
    "2.5": "只能填整数",
    "-1": "不能小于 0",
    "1e9": "普通数字",
    "12 34 56 78 90": "最多 9 位",
    "１２３４５６７８９０": "最多 9 位",
    "😀": "不是数字",
    "3<script>": "不是数字",
}

pytestmark = pytest.mark.slow


@pytest.fixture
def version(transactional_db: None, township: Agency, clerk: User, colleague: User) -> Version:
    return lifecycle.start_draft(township, YEAR, clerk)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_every_bad_entry_is_answered_at_its_cell_and_kept_there(
    browser: Browser, live_server: LiveServer, version: Version, scripts: bool
) -> None:
    page = at_the_draft(browser, live_server.url, version, scripts=scripts)
    rows = ("received", "carried_in", "granted", "partly_granted", "concluded", "carried_out")
    cells = [f"applications.{row}.{column}" for row in rows for column in ("natural_person", "total")]
    typed = dict(zip(cells, BAD.items(), strict=False))
    for key, (text, _said) in typed.items():
        page.fill(f"[name='{key}']", text)
    page.fill("[name='disclosure.licensing.decisions']", "8")
    page.click("button[value=save]")
    for key, (text, said) in typed.items():
        expect(page.locator(f"[id='error-{key}']")).to_contain_text(said)
        expect(page.locator(f"[name='{key}']")).to_have_value(text)
        expect(page.locator(f"[name='{key}']")).to_have_attribute("aria-invalid", "true")
    assert {key: figures(version)[key] for key in typed} == dict.fromkeys(typed)
    assert figures(version)["disclosure.licensing.decisions"] == 8, "the rest is stored"
    if scripts:
        page.locator(f"[name='{KEY}']").scroll_into_view_if_needed()
        show(page, "bad-input")
        assert faults(page) == []


def test_a_mended_postcode_is_no_longer_complained_of(
    browser: Browser, live_server: LiveServer, version: Version
) -> None:
    page = at_the_draft(browser, live_server.url, version)
    for text, said in (("12345", "邮政编码是 6 位数字。"), ("990101", "")):
        page.fill("[name=contact_postcode]", text)
        expect(page.locator("#error-contact_postcode")).to_have_text(said)
    assert Version.objects.get(pk=version.pk).contact_postcode == "990101"


def test_a_tab_left_open_meets_a_report_that_was_handed_in(
    browser: Browser, live_server: LiveServer, version: Version, clerk: User
) -> None:
    page = at_the_draft(browser, live_server.url, version)
    keys = version.form.figures if version.form else {}
    lifecycle.submit(lifecycle.save_draft(version, dict.fromkeys(keys, 0), {}, clerk), clerk)
    page.fill(f"[name='{KEY}']", "5")
    expect(page.locator("#told")).to_contain_text("已经提交")
    expect(page.locator(f"[name='{KEY}']")).to_have_value("5")
    expect(page.locator("[data-saved]")).to_have_text("有未保存的修改")
    assert figures(version)[KEY] == 0


def test_an_answer_that_is_lost_on_the_way_is_no_conflict_with_oneself(
    browser: Browser, live_server: LiveServer, version: Version
) -> None:
    page = at_the_draft(browser, live_server.url, version)
    lost: list[str] = []

    def lose(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().text())
            route.abort()
        else:
            route.continue_()

    page.route("**/filing/**", lose)
    page.fill(f"[name='{KEY}']", "5")
    expect(page.locator("[data-saved]")).to_contain_text("连不上服务器")
    assert figures(version)[KEY] == 5, "it was stored; only the browser does not know"
    page.fill("[name=overview]", "接着写")
    expect(page.locator("[data-saved]")).to_contain_text("已保存")
    expect(page.locator(".conflict")).to_have_count(0)
    assert Version.objects.get(pk=version.pk).narrative["overview"] == "接着写"
    assert Change.objects.filter(action="saved").count() == 2


def test_another_agencys_report_and_tampered_names_are_not_let_in(
    browser: Browser, live_server: LiveServer, version: Version, outsider: User
) -> None:
    page, _complaints = open_page(browser, 1440)
    sign_in(page, live_server.url, "outsider")
    answer = page.goto(f"{live_server.url}/filing/{version.report.agency_id}/{YEAR}/")
    assert answer
    assert answer.status == 404
    expect(page.locator("h1")).to_be_visible()

    mine = at_the_draft(browser, live_server.url, version)
    sent = {"state": "published", "applications.received.nobody": "9", "number": "7", "report": "1", KEY: "2"}
    hidden: dict[str, str | float | bool] = {
        name: mine.locator(f"[name={name}]").first.input_value() for name in ("csrfmiddlewaretoken", "revision")
    }
    assert mine.request.post(mine.url, form=hidden | sent | {"act": "save"}, headers={"Referer": mine.url}).ok
    mine.reload()
    expect(mine.locator(f"[name='{KEY}']")).to_have_value("2")
    stored = Version.objects.get(pk=version.pk)
    assert (stored.state, stored.number, stored.report_id) == ("draft", version.number, version.report_id)
    assert [change.figures for change in Change.objects.filter(action="saved")] == [{KEY: [None, 2]}]
