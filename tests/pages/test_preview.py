"""An import is looked at beside its file: corrected, proposed for, compared with what is stored, confirmed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from agencies.models import Agency, User
from reports import lifecycle
from reports.filing.history import as_it_stood
from reports.models import Change, PendingImport, Report, State, Version
from tests.pages.test_upload import page_of, send, text_of

RECEIVED = "applications.received"
GRANTED = "applications.granted"
FEES = "disclosure.fees.amount"
THREE = {
    f"applications.{row}.{column}": 3
    for row in ("received", "granted", "concluded")
    for column in ("natural_person", "total")
}


@pytest.fixture(autouse=True)
def originals(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def doubted(clerk_client: Client, township: Agency) -> PendingImport:
    """A file with one cell that could be two numbers, and one that is none."""
    send(clerk_client, page_of(figures=THREE | {f"{GRANTED}.total": "0 3", FEES: "若干"}))
    return PendingImport.objects.get()


def address(pending: PendingImport) -> str:
    return reverse("preview", args=[pending.pk])


def page(client: Client, pending: PendingImport) -> html.HtmlElement:
    return html.fromstring(client.get(address(pending)).content.decode())


def revision(pending: PendingImport) -> str:
    return PendingImport.objects.get(pk=pending.pk).changed_at.isoformat()


def post(client: Client, pending: PendingImport, act: str = "save", **sent: Any) -> Any:
    return client.post(address(pending), {"act": act, "revision": revision(pending)} | sent)


def value(found: html.HtmlElement, name: str) -> str:
    (control,) = found.xpath(f'//*[@name="{name}"]')
    return str(control.value or "")


# ---- what is in doubt ----


def test_doubts_come_first_numbered_each_with_its_cell_and_its_place(
    doubted: PendingImport, clerk_client: Client
) -> None:
    found = page(clerk_client, doubted)
    items = found.xpath('//section[@id="doubts"]//li[starts-with(@id, "finding-")]')
    assert [item.get("id") for item in items[:2]] == ["finding-1", "finding-2"]
    for item, key in zip(items, (FEES, f"{GRANTED}.total"), strict=False):
        assert item.xpath(".//a[@data-goto]/@href") == [f"#{key}"]
        place = doubted.parsed["places"][key]
        (shown,) = item.xpath(".//a[@data-show]/@href")
        assert shown == f"#g{place['grid']}-{place['row']}-{place['column']}"
        (cell,) = found.xpath(f'//td[@id="{shown[1:]}"]')
        assert cell.text_content().strip() == {FEES: "若干", f"{GRANTED}.total": "0 3"}[key]
        assert "doubtful" in found.xpath(f'//input[@name="{key}"]/..')[0].get("class")


def test_a_doubt_about_a_row_leads_to_its_first_cell(doubted: PendingImport, clerk_client: Client) -> None:
    doubted.parsed["problems"].append({"code": "shifted", "where": RECEIVED, "message": "这一行可能错位。"})
    doubted.save()
    place = doubted.parsed["places"][f"{RECEIVED}.natural_person"]
    (shown,) = page(clerk_client, doubted).xpath('//li[contains(., "这一行可能错位")]//a[@data-show]/@href')
    assert shown == f"#g{place['grid']}-{place['row']}-{place['column']}"


def test_an_import_that_was_dealt_with_says_so(doubted: PendingImport, clerk_client: Client) -> None:
    before = {"act": "save", "revision": revision(doubted), FEES: "3"}
    post(clerk_client, doubted, "discard")
    answer = clerk_client.post(address(doubted), before, follow=True)
    assert "已经处理完，不再等待确认" in text_of(answer)
    assert "已经处理完，不再等待确认" in text_of(clerk_client.get(address(doubted), follow=True))
    for told in (clerk_client.get, clerk_client.post):
        assert told(address(doubted), headers={"accept": "application/json"}).status_code == 410


def test_signing_in_again_keeps_what_was_typed(
    doubted: PendingImport, reader: Client, clerk_client: Client, clerk: User
) -> None:
    asked = reader.post(address(doubted), {"act": "save", "revision": revision(doubted), FEES: "3"})
    assert asked.status_code == 401
    (form,) = html.fromstring(asked.content.decode()).xpath('//form[.//input[@name="username"]]')
    kept = dict(form.fields)
    answer = reader.post(address(doubted), kept | {"username": clerk.username, "password": "nianbao-demo"})
    assert answer["Location"] == address(doubted)
    assert value(page(clerk_client, doubted), FEES) == "3"


def test_every_figure_leads_to_its_cell_in_the_source(doubted: PendingImport, clerk_client: Client) -> None:
    found = page(clerk_client, doubted)
    anchors = set(found.xpath('//*[contains(@class, "source-frame")]//@id'))
    links = [link.removeprefix("#") for link in found.xpath('//td[contains(@class, "cell")]/a[@class="origin"]/@href')]
    assert len(links) == 200
    assert set(links) <= anchors


def test_the_source_is_drawn_and_never_itself(doubted: PendingImport, clerk_client: Client) -> None:
    text = clerk_client.get(address(doubted)).content.decode()
    assert "<script>alert(1)" not in text
    assert "&lt;b&gt;其他&lt;/b&gt;" in text


# ---- corrections ----


def test_a_correction_is_kept_with_the_import_and_nothing_is_stored(
    doubted: PendingImport, clerk_client: Client
) -> None:
    post(clerk_client, doubted, **{f"{GRANTED}.total": "3", "overview": "重写的一段。"})
    found = page(clerk_client, doubted)
    assert value(found, f"{GRANTED}.total") == "3"
    assert value(found, "overview").strip() == "重写的一段。"
    title = found.xpath(f'//input[@name="{GRANTED}.total"]')[0].get("title")
    assert "由clerk改填；原文读作“0 3”" in title
    assert not Report.objects.exists()
    pending = PendingImport.objects.get()
    assert pending.parsed == doubted.parsed, "what was read stays as it was read"
    assert {name: each["who"] for name, each in pending.corrections.items()} == {
        f"{GRANTED}.total": "clerk",
        "overview": "clerk",
    }


def test_typing_what_the_file_says_takes_the_correction_back(doubted: PendingImport, clerk_client: Client) -> None:
    post(clerk_client, doubted, **{f"{RECEIVED}.total": "4"})
    post(clerk_client, doubted, **{f"{RECEIVED}.total": "3"})
    assert PendingImport.objects.get().corrections == {}


def test_sending_the_page_as_it_is_corrects_nothing(doubted: PendingImport, clerk_client: Client) -> None:
    found = page(clerk_client, doubted)
    sent = {control.name: control.value or "" for control in found.xpath('//form[@id="entry"]//*[@name and @id=@name]')}
    assert len(sent) > 200
    assert post(clerk_client, doubted, **sent).status_code == 302
    assert PendingImport.objects.get().corrections == {}


def test_what_cannot_be_read_is_named_and_the_rest_is_kept(doubted: PendingImport, clerk_client: Client) -> None:
    answer = post(
        clerk_client, doubted, "confirm", **{f"{GRANTED}.total": "三", f"{RECEIVED}.business": "1", "year": "23"}
    )
    assert answer.status_code == 422
    assert "“三”不是数字" in text_of(answer)
    assert "请填四位数的年份" in text_of(answer)
    found = html.fromstring(answer.content.decode())
    assert value(found, f"{GRANTED}.total") == "三"
    assert set(PendingImport.objects.get().corrections) == {f"{RECEIVED}.business"}
    assert not Report.objects.exists()


def test_two_people_do_not_overwrite_each_other_unseen(
    doubted: PendingImport, clerk_client: Client, colleague_client: Client
) -> None:
    before = revision(doubted)
    post(colleague_client, doubted, **{f"{GRANTED}.total": "3"})
    late = {"act": "save", "revision": before, f"{GRANTED}.total": "2"}
    answer = clerk_client.post(address(doubted), late)
    assert answer.status_code == 409
    assert "现为“3”，您填“2”" in text_of(answer)
    found = html.fromstring(answer.content.decode())
    assert value(found, f"{GRANTED}.total") == "2"
    assert PendingImport.objects.get().corrections[f"{GRANTED}.total"]["value"] == 3
    again = {"revision": value(found, "revision"), f"{GRANTED}.total": value(found, f"{GRANTED}.total")}
    clerk_client.post(address(doubted), {"act": "save"} | again)
    kept = PendingImport.objects.get().corrections[f"{GRANTED}.total"]
    assert (kept["value"], kept["who"]) == (2, "clerk"), "sent once more, having seen the other, it counts"


def test_the_rules_see_what_was_corrected(doubted: PendingImport, clerk_client: Client) -> None:
    post(clerk_client, doubted, **{f"{RECEIVED}.business": "1"})
    text = text_of(clerk_client.get(address(doubted)))
    assert "自然人 3 + 商业企业 1 ≠ 总计 3，相差 1" in text
    post(clerk_client, doubted, **{f"{RECEIVED}.business": "0"})
    assert "相差 1" not in text_of(clerk_client.get(address(doubted)))


def test_the_script_is_told_what_the_page_would_show(doubted: PendingImport, clerk_client: Client) -> None:
    sent = {"act": "save", "revision": revision(doubted), f"{GRANTED}.total": "3", FEES: "许多"}
    answer = clerk_client.post(address(doubted), sent, headers={"Accept": "application/json"})
    told = answer.json()
    assert told["revision"] == revision(doubted)
    assert "“许多”不是数字" in told["errors"][FEES]
    assert "有 1 处没有把握" in told["doubts"]
    assert told["looks"][f"{GRANTED}.total"] == ["retyped"]
    assert told["corrected"] == 1
    clerk_client.logout()
    assert clerk_client.post(address(doubted), sent, headers={"Accept": "application/json"}).status_code == 401


# ---- proposals, and doubts that are none ----


def test_what_alone_would_balance_is_proposed_with_its_equations_and_taken_only_by_a_press(
    doubted: PendingImport, clerk_client: Client
) -> None:
    found = page(clerk_client, doubted)
    (proposal,) = found.xpath('//div[@class="proposal"]')
    text = proposal.text_content()
    assert "总计 3" in text
    assert "行：自然人 3 = 总计 3" in text
    assert value(found, f"{GRANTED}.total") == "0 3", "proposed, not filled in"
    post(clerk_client, doubted)
    assert PendingImport.objects.get().corrections == {}
    post(clerk_client, doubted, f"propose.{GRANTED}.total")
    assert value(page(clerk_client, doubted), f"{GRANTED}.total") == "3"
    assert not page(clerk_client, doubted).xpath('//div[@class="proposal"]')


def test_nothing_is_proposed_where_no_equation_decides(doubted: PendingImport, clerk_client: Client) -> None:
    post(clerk_client, doubted, f"propose.{FEES}")
    assert PendingImport.objects.get().corrections == {}


def test_a_doubt_is_settled_by_who_compared_it(doubted: PendingImport, clerk_client: Client, township: Agency) -> None:
    post(clerk_client, doubted, f"settle.doubt.not_a_number.{FEES}")
    assert "1 处疑问已经核对" in text_of(clerk_client.get(address(doubted)))
    post(clerk_client, doubted, "confirm")
    doubts = {doubt["where"]: doubt.get("settled_by") for doubt in Version.objects.get().doubts}
    assert doubts == {FEES: "clerk", f"{GRANTED}.total": None}


# ---- confirming ----


def test_the_stored_version_tells_who_typed_what_and_what_the_file_says(
    doubted: PendingImport, clerk_client: Client, colleague_client: Client, colleague: User
) -> None:
    post(colleague_client, doubted, **{f"{GRANTED}.total": "3", "overview": "重写。"})
    answer = post(clerk_client, doubted, "confirm", **{f"{RECEIVED}.research": "/"})
    assert answer["Location"].startswith("/filing/990101101000/2023/")
    version = Version.objects.get()
    assert version.figures[f"{GRANTED}.total"] == 3
    assert version.marks[f"{RECEIVED}.research"] == "/"
    place = version.places[f"{GRANTED}.total"]
    assert place["typed_by"] == "colleague"
    assert place["row"] == doubted.parsed["places"][f"{GRANTED}.total"]["row"]
    imported, first, second = version.changes.order_by("pk")
    assert (imported.action, imported.figures) == ("imported", {})
    assert (first.made_by, first.figures, first.comment) == (
        colleague,
        {f"{GRANTED}.total": ["0 3", 3]},
        "导入时改正。",
    )
    assert set(first.texts) == {"overview"}
    assert second.figures == {f"{RECEIVED}.research": [0, "/"]}
    before = as_it_stood(version, [imported, first, second], imported)
    assert (before[f"{GRANTED}.total"], before[f"{RECEIVED}.research"]) == ("0 3", "0")
    draft = text_of(clerk_client.get(answer["Location"]))
    assert "导入时由colleague改填，与原文不同" in draft


def test_agency_and_year_can_be_put_right(clerk_client: Client, township: Agency) -> None:
    send(clerk_client, page_of("示例县清山镇人民政府", year=2022))
    pending = PendingImport.objects.get()
    assert "请先选定" in text_of(post(clerk_client, pending, "confirm"))
    post(clerk_client, pending, "confirm", printed_name="示例县青山镇人民政府", year="2023")
    version = Version.objects.get()
    assert (version.report.agency, version.report.year) == (township, 2023)
    assert version.printed_name == "示例县青山镇人民政府"


def test_tables_that_were_not_found_can_be_filled_in(clerk_client: Client, township: Agency) -> None:
    text = "示例县青山镇人民政府2023年政府信息公开工作年度报告\n一、总体情况\n无。\n六、其他需要报告的事项\n无。"
    send(clerk_client, text.encode(), "年报.txt")
    pending = PendingImport.objects.get()
    post(clerk_client, pending, **{"disclosure.licensing.decisions": "12"})
    post(clerk_client, pending, "confirm")
    version = Version.objects.get()
    assert (version.edition, version.figures["disclosure.licensing.decisions"]) == ("2021", 12)


# ---- against what is stored ----


@pytest.fixture
def stored(township: Agency, supervisor_client: Client) -> Version:
    """What was imported as published before, with three applications and their text."""
    send(supervisor_client, page_of(figures=THREE))
    post(supervisor_client, PendingImport.objects.get(), "confirm", keep="published")
    return Version.objects.get()


@pytest.fixture
def another(stored: Version, supervisor_client: Client) -> PendingImport:
    """Another file for the same year: four applications, a licence, the same text but for one chapter."""
    four = dict.fromkeys(THREE, 4) | {"disclosure.licensing.decisions": 5}
    data = page_of(figures=four).replace("本年无".encode(), "今年无".encode(), 1)
    send(supervisor_client, data, "更正.html")
    return PendingImport.objects.get()


LICENCES = "disclosure.licensing.decisions"


def test_each_difference_is_shown_old_beside_new(another: PendingImport, supervisor_client: Client) -> None:
    found = page(supervisor_client, another)
    rows = found.xpath('//table[@class="differences-table"]/tbody/tr')
    texts = [[" ".join(cell.text_content().split()) for cell in row] for row in rows]
    assert ["行政许可：本年处理决定数量 看原文", "0", "5"] in texts
    assert len(rows) == 8
    assert found.xpath("//del")[0].text_content().startswith("本年无")
    assert found.xpath("//ins")[0].text_content().startswith("今年无")


def test_nothing_is_stored_before_every_difference_is_decided_and_a_reason_given(
    another: PendingImport, stored: Version, supervisor_client: Client
) -> None:
    seen = value(page(supervisor_client, another), "against")
    answer = post(supervisor_client, another, "confirm", against=seen, **{f"take.{LICENCES}": "file"})
    assert "还有 7 处与已存的报告不同" in text_of(answer)
    post(supervisor_client, another, "take.all.stored", against=seen)
    answer = post(supervisor_client, another, "confirm", against=seen, **{f"take.{LICENCES}": "file"})
    assert "请写明更正理由" in text_of(answer)
    assert Version.objects.count() == 1


def test_only_the_chosen_changes_are_made_and_the_history_records_them(
    another: PendingImport, stored: Version, supervisor_client: Client, reader: Client
) -> None:
    seen = value(page(supervisor_client, another), "against")
    post(supervisor_client, another, "take.all.stored", against=seen)
    chosen = {f"take.{LICENCES}": "file", "take.overview.0": "file", "reason": "漏填行政许可"}
    answer = post(supervisor_client, another, "confirm", against=seen, **chosen)
    assert answer.status_code == 302
    version = Report.objects.get().published
    assert version
    assert version.figures == stored.figures | {LICENCES: 5}
    assert version.overview.startswith("今年无")
    assert version.problems == stored.problems
    change = version.changes.get()
    assert change.figures == {LICENCES: [0, 5]}
    assert set(change.texts) == {"overview"}
    assert change.comment == "漏填行政许可"
    stored.refresh_from_db()
    assert stored.state == State.SUPERSEDED
    assert not PendingImport.objects.exists()
    # What was kept stands in the first file, what was taken over in the second; both are public with the report.
    new, old = version.also_from.get(), version.source
    assert old
    report = html.fromstring(reader.get(answer["Location"]).content.decode())
    for key, source in {LICENCES: new, f"{GRANTED}.total": old}.items():
        (link,) = report.xpath(f'//td[@id="cell-{key.replace(".", "-")}"]/a[@class="origin"]/@href')
        shown, _hash, place = link.partition("#")
        assert shown == reverse("source_view", args=[source.sha256])
        (cell,) = html.fromstring(reader.get(shown).content.decode()).xpath(f'//td[@id="{place}"]')
        assert cell.text_content() == ("5" if key == LICENCES else "3")


def test_choices_are_kept_and_lapse_when_what_they_were_made_of_changes(
    another: PendingImport, stored: Version, supervisor_client: Client
) -> None:
    seen = value(page(supervisor_client, another), "against")
    post(supervisor_client, another, "take.all.file", against=seen)
    checked = page(supervisor_client, another).xpath('//table[@class="differences-table"]//input[@checked]/@value')
    assert checked == ["file"] * 8
    post(supervisor_client, another, against=seen, **{LICENCES: "6"})
    again = page(supervisor_client, another)
    assert again.xpath(f'//input[@name="take.{LICENCES}" and @checked]') == []
    assert "还有 1 处没有选择" in again.text_content()


def test_a_choice_against_a_version_that_is_gone_does_not_count(
    another: PendingImport, stored: Version, supervisor_client: Client
) -> None:
    post(supervisor_client, another, "take.all.file", against=f"{stored.pk}@2020-01-01T00:00:00+00:00")
    assert PendingImport.objects.get().decisions.get("take", {}) == {}


def test_a_clerk_takes_changes_over_into_the_draft_in_work(
    township: Agency, clerk: User, clerk_client: Client, stored: Version
) -> None:
    draft = lifecycle.start_correction(stored.report, clerk, "漏填")
    send(clerk_client, page_of(figures=THREE | {LICENCES: 7, "disclosure.penalty.decisions": 8}), "新.html")
    pending = PendingImport.objects.get()
    found = page(clerk_client, pending)
    chosen = {f"take.{LICENCES}": "file", "take.disclosure.penalty.decisions": "stored"}
    answer = post(clerk_client, pending, "confirm", against=value(found, "against"), **chosen)
    assert answer["Location"] == reverse("draft", args=[township.code, 2023])
    draft.refresh_from_db()
    assert draft.figures == stored.figures | {LICENCES: 7}
    assert draft.changes.order_by("-pk")[0].comment == "采用文件“新.html”中的内容。"
    assert Report.objects.get().published == stored
    assert draft.also_from.get().name == "新.html"


def test_an_identical_file_has_nothing_to_choose(stored: Version, supervisor_client: Client) -> None:
    send(supervisor_client, page_of(figures=THREE) + b"<!-- saved again -->", "又.html")
    pending = PendingImport.objects.get()
    assert "与文件完全相同，不需要再保存" in text_of(supervisor_client.get(address(pending)))
    # Confirming it asks for no reason and changes nothing.
    answer = post(supervisor_client, pending, "confirm")
    assert answer["Location"] == reverse("report", args=[stored.report.agency_id, 2023])
    assert not PendingImport.objects.exists()
    assert Change.objects.count() == 1
    assert Version.objects.get() == stored


def test_where_everything_is_to_stay_as_it_is_stored_no_version_is_made(
    another: PendingImport, stored: Version, supervisor_client: Client
) -> None:
    seen = value(page(supervisor_client, another), "against")
    post(supervisor_client, another, "take.all.stored", against=seen)
    answer = post(supervisor_client, another, "confirm", against=seen)
    assert answer["Location"] == reverse("report", args=[stored.report.agency_id, 2023])
    assert "已存的报告保持不变" in text_of(supervisor_client.get(answer["Location"]))
    assert Version.objects.get() == stored
    assert not PendingImport.objects.exists()


def test_the_comparison_takes_few_queries(
    another: PendingImport, supervisor_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page(supervisor_client, another)
    with django_assert_max_num_queries(22):
        supervisor_client.get(address(another))
