"""An import against the report that is stored: each difference beside the other, chosen one by one, taken over or left."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from agencies.models import Agency, User
from reports import lifecycle
from reports.models import Change, PendingImport, Report, State, Version
from tests.intake.test_preview import GRANTED, THREE, address, page, post, value
from tests.intake.test_upload import page_of, send
from tests.pages import text_of


@pytest.fixture(autouse=True)
def originals(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


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
    assert version.narrative["overview"].startswith("今年无")
    assert version.narrative["problems"] == stored.narrative["problems"]
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
        assert shown == source.get_view_url()
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


def test_what_lies_with_the_reviewer_is_changed_by_the_reviewer_alone(
    township: Agency, clerk: User, clerk_client: Client, reviewer_client: Client, stored: Version
) -> None:
    lifecycle.send_to_reviewer(lifecycle.start_correction(stored.report, clerk, "漏填"), clerk)
    for client, state, licences in ((clerk_client, State.SENT, 0), (reviewer_client, State.SENT, 7)):
        send(client, page_of(figures=THREE | {LICENCES: 7}), f"{licences}.html")
        pending = PendingImport.objects.latest("pk")
        seen = value(page(client, pending), "against")
        answer = post(client, pending, "confirm", against=seen, **{f"take.{LICENCES}": "file"})
        assert (answer.status_code == 302) == bool(licences)
        working = Report.objects.get().working
        assert working
        assert (working.state, working.figures[LICENCES]) == (state, licences)
        if not licences:
            assert "这要由本机关审核员来做" in text_of(answer)


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
