"""Reports that come out of files: the same one again, another one for the same year, one as a draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from agencies.models import Agency, User
from reports import lifecycle
from reports.importing.parsed import ParsedReport
from reports.intake.storing import import_as_draft, publish_import
from reports.models import Decision, Report, Source, State, Version
from tests.standard.contract import CONTRACT

pytestmark = pytest.mark.django_db

ZEROS: dict[str, Any] = {cell.key: 0 for cell in CONTRACT["2021"]}
GRANTED = "applications.granted.natural_person"
GRANTED_TOTAL = "applications.granted.total"
PENDING = "proceedings.reconsideration.pending"


def parsed(figures: dict[str, Any] | None = None, year: int = 2023, **more: Any) -> ParsedReport:
    return ParsedReport("2021", year, "示例县青山镇人民政府", figures=ZEROS | (figures or {}), **more)


@pytest.fixture
def imported(township: Agency) -> Callable[..., Version]:
    def store(figures: dict[str, Any] | None = None, year: int = 2023, **more: Any) -> Version:
        return publish_import(township, parsed(figures, year, **more), None, None)

    return store


def standing(version: Version) -> list[tuple[str, str, str]]:
    records = version.findings.exclude(decision=Decision.RESOLVED)
    return [(record.rule, record.where, record.decision) for record in records]


def test_importing_the_same_file_again_changes_nothing(township: Agency) -> None:
    source = Source.objects.create(sha256="0" * 64, name="年报.docx", size=1)
    first = publish_import(township, parsed(), source, None)
    again = publish_import(township, parsed(), source, None)
    assert first == again
    assert Version.objects.count() == 1
    assert first.changes.count() == 1


def test_another_file_for_the_same_year_supersedes_and_says_why(
    imported: Callable[..., Version], township: Agency
) -> None:
    first = imported({GRANTED: 1})
    second = publish_import(township, parsed(), None, None, reason="机关重新发布")
    first.refresh_from_db()
    assert (first.state, second.state, second.number) == (State.SUPERSEDED, State.PUBLISHED, 2)
    change = second.changes.get()
    assert (change.figures, change.comment) == ({GRANTED: [1, 0]}, "机关重新发布")
    assert Report.objects.get().published == second


def test_a_file_imported_as_a_draft_is_submitted_only_when_it_balances(township: Agency, clerk: User) -> None:
    draft = import_as_draft(township, parsed({GRANTED: 1}), None, clerk)
    assert draft.state == State.DRAFT
    with pytest.raises(ValidationError):
        lifecycle.submit(draft, clerk)
    draft = lifecycle.save_draft(draft, {GRANTED: 0}, {}, clerk)
    published = lifecycle.publish(lifecycle.submit(draft, clerk), clerk)
    assert standing(published) == []


def test_a_draft_in_work_is_not_overwritten_by_a_file(township: Agency, clerk: User) -> None:
    lifecycle.start_draft(township, 2023, clerk)
    with pytest.raises(lifecycle.Refused, match="在办"):
        import_as_draft(township, parsed(), None, clerk)


def test_a_report_whose_year_is_unknown_waits(township: Agency) -> None:
    unread = parsed()
    unread.year = None
    with pytest.raises(lifecycle.Refused, match="年度"):
        publish_import(township, unread, None, None)
    assert not Report.objects.exists()
    assert publish_import(township, unread, None, None, year=2023).report.year == 2023
