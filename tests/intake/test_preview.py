"""An import is looked at beside its file: corrected, proposed for, compared with what is stored, confirmed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html
from pytest_django.fixtures import Settings

from agencies.models import Agency, User
from reports.filing.history import as_it_stood
from reports.models import PendingImport, Report, Version
from tests.intake.test_upload import page_of, send
from tests.pages import text_of

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
    return str(PendingImport.objects.get(pk=pending.pk).edits)


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


def test_what_a_colleague_corrected_meanwhile_is_not_thrown_away_unseen(
    doubted: PendingImport, clerk_client: Client
) -> None:
    stale = revision(doubted)
    post(clerk_client, doubted, **{FEES: "3"})
    answer = clerk_client.post(address(doubted), {"act": "discard", "revision": stale})
    assert answer.status_code == 409
    assert "被改动过" in text_of(answer)
    assert PendingImport.objects.filter(pk=doubted.pk).exists()
    post(clerk_client, doubted, "discard")
    assert not PendingImport.objects.filter(pk=doubted.pk).exists()


def test_an_unknown_button_keeps_nothing(doubted: PendingImport, clerk_client: Client) -> None:
    assert post(clerk_client, doubted, "confrim", **{FEES: "3"}).status_code == 400
    assert PendingImport.objects.get(pk=doubted.pk).corrections == {}


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
