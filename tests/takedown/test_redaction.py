"""Words are planted everywhere and found nowhere after their redaction; figures and totals stay, and the record holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from agencies.models import Agency, User
from agencies.record.sealing import seal
from reports import lifecycle
from reports.models import Change, Decision, Finding, PendingErasure, PendingImport, Rendition, Report, Source, Version
from reports.originals.keeping import NotKept, keep_original
from reports.takedown.acts import redact
from reports.takedown.erasing import erase_at_once
from reports.takedown.lasting import orders
from tests.record.sealed import verify
from tests.takedown.planted import EARLIER, NAME, PHONE, YEAR, figures_of, in_files, in_tables, plant


@pytest.fixture
def folders(settings: Settings, tmp_path: Path) -> tuple[Path, Path]:
    settings.MEDIA_ROOT, settings.DATA_ROOT = str(tmp_path / "media"), tmp_path / "data"
    return tmp_path / "media", tmp_path / "data"


@pytest.fixture
def report(folders: Any, township: Agency, clerk: User, supervisor: User) -> Report:
    return plant(township, clerk, supervisor)


def found_by(reader: Client, words: str) -> list[int]:
    tables = reader.get("/search/", {"q": words, "in": "texts"}).context["tables"]
    return [row.record.pk for row in tables["texts"].rows] if "texts" in tables else []


def redact_both(report: Report, by: User) -> None:
    for words in (NAME, PHONE):
        redact(report, words, by, "误写个人信息")


def test_what_was_planted_everywhere_is_found_nowhere(
    report: Report,
    folders: tuple[Path, Path],
    supervisor: User,
    reader: Client,
    clerk_client: Client,
    django_capture_on_commit_callbacks: Any,
) -> None:
    seal()
    places = {place.split(":")[0] for place in in_tables()}
    assert places >= {
        "reports_version.overview",
        "reports_version.contact_phone",
        "reports_version.reason",
        "reports_change.texts",
        "reports_change.pins",
        "reports_change.comment",
        "reports_finding.quote",
        "reports_finding.reason",
        "reports_bulkact.reason",
        "reports_source.name",
        "reports_source.sha256",
        "reports_pendingimport.parsed",
        "reports_job.result",
        "reports_extension.reason",
        "reports_deadlinechange.comment",
    }, "they are planted"
    found = " ".join(in_files(*folders))
    assert all(ending in found for ending in ("reading-1.json.gz", ".jsonl.gz"))
    assert found_by(reader, NAME) == [report.pk]
    before, balance = figures_of(report), reader.get("/regions/990101000000/").context["chosen"].values
    with django_capture_on_commit_callbacks(execute=True):
        redact_both(report, supervisor)
    assert list(in_tables()) == []
    assert not Rendition.objects.exists(), "a page as it looked"
    assert list(in_files(*folders, settings.TAKEDOWN_ROOT)) == []
    assert figures_of(report) == before
    assert reader.get("/regions/990101000000/").context["chosen"].values == balance
    page = reader.get(report.get_absolute_url()).content.decode()
    assert "[已隐去]" in page
    assert "示例县人民政府隐去了不应公开的文字" in page
    assert "误写个人信息" in page
    for words in (NAME, PHONE):
        assert found_by(reader, words) == []
    assert found_by(reader, "联系人") == [report.pk], "what is left is still found"
    assert verify() == ""


def test_a_decision_stays_with_what_is_left_of_its_finding(report: Report, supervisor: User) -> None:
    first = report.versions.get(number=1)
    accepted = first.findings.get(decision=Decision.ACCEPTED)
    redact_both(report, supervisor)
    left = Finding.objects.get(pk=accepted.pk)
    assert (left.decision, left.decided_by) == (Decision.ACCEPTED, supervisor)
    assert left.fingerprint != accepted.fingerprint, "the words could be tried out with it"
    assert not Change.objects.filter(about=accepted.fingerprint).exists()


def test_originals_are_gone_and_do_not_come_back(
    report: Report, reader: Client, supervisor: User, clerk_client: Client, township: Agency
) -> None:
    source = report.published.source if report.published else None
    assert source
    data = source.file.read()
    address = reverse("source", args=[source.sha256])
    assert reader.get(address).status_code == 200
    redact(report, NAME, supervisor, "误写个人信息")
    for name, more in (("source", []), ("source_view", []), ("source_page", [1])):
        answer = clerk_client.get(reverse(name, args=[source.sha256, *more]))
        assert (answer.status_code, "已经撤除" in answer.content.decode()) == (410, True)
    left = Source.objects.get(pk=source.pk)
    assert (left.erased, str(left.file)) == (True, "")
    assert "来源文件已经撤除" in reader.get(report.get_absolute_url()).content.decode()
    with pytest.raises(NotKept, match="已经撤除的内容"):
        keep_original(data, "又来.docx", supervisor)
    pending = PendingImport.objects.get()
    assert clerk_client.get(reverse("preview", args=[pending.pk])).status_code == 200
    assert clerk_client.get(reverse("draft", args=[township.code, YEAR])).status_code == 200
    assert clerk_client.get(reverse("history", args=[township.code, YEAR])).status_code == 200


def test_other_reports_of_the_agency_only_where_that_is_wanted(
    report: Report, township: Agency, clerk: User, supervisor: User
) -> None:
    other = lifecycle.start_draft(township, YEAR - 1, clerk)
    other = lifecycle.save_draft(other, {}, {"overview": EARLIER}, clerk)
    assert len(redact(report, NAME, supervisor, "误写")) == 1
    other.refresh_from_db()
    assert NAME in other.narrative["overview"]
    seen = other.revision
    assert [each.report for each in redact(report, NAME, supervisor, "误写", everywhere=True)] == [other.report]
    other.refresh_from_db()
    assert NAME not in other.narrative["overview"]
    with pytest.raises(lifecycle.EditConflict):
        lifecycle.save_draft(other, {}, {"overview": EARLIER + "改"}, clerk, seen=seen)


@pytest.mark.parametrize(
    ("words", "reason", "told"),
    [
        ("静", "误写", "2 到 200 个字"),
        ("- 　·", "误写", "2 到 200 个字"),
        ("已隐去", "误写", "系统用来标明"),
        (NAME, "  ", "请写明理由"),
        (NAME, f"误写了{NAME}", "不能写出要隐去的文字"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    township: Agency, clerk: User, supervisor: User, words: str, reason: str, told: str
) -> None:
    draft = lifecycle.start_draft(township, YEAR, clerk)
    with pytest.raises(ValidationError, match=told):
        redact(draft.report, words, supervisor, reason)


def test_where_nothing_is_found_nothing_is_recorded(township: Agency, clerk: User, supervisor: User) -> None:
    draft = lifecycle.start_draft(township, YEAR, clerk)
    with pytest.raises(ValidationError, match="没有找到"):
        redact(draft.report, NAME, supervisor, "误写")
    assert list(orders()) == []


def test_neither_the_record_nor_the_list_tells_the_words(report: Report, supervisor: User) -> None:
    redact(report, PHONE, supervisor, "误写")
    [order] = orders()
    assert PHONE not in json.dumps(vars(order))
    assert (order.words_length, len(order.words_digest), order.office) == (11, 64, "示例县人民政府")
    takedown = report.takedowns.get()
    assert (takedown.words_digest, takedown.reason) == (order.words_digest, "误写")


def test_files_go_even_where_the_process_died_in_between(
    report: Report, folders: tuple[Path, Path], supervisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as dying:
        dying.setattr("reports.takedown.acts.erase_at_once", lambda pk: None)
        redact_both(report, supervisor)
    assert list(in_files(*folders)), "nobody came to erase them"
    for pk in PendingErasure.objects.values_list("pk", flat=True):
        erase_at_once(pk)
        erase_at_once(pk)
    assert list(in_files(*folders)) == []


def test_versions_are_proved_on(report: Report, supervisor: User) -> None:
    redact_both(report, supervisor)
    for version in Version.objects.filter(report=report).public():
        assert version.changes.filter(action="redacted", publishes=True).exists()
    seal()
    assert verify() == ""
