"""Submitted, returned, withdrawn, published: what stands in the way, and who is told why."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from agencies.models import Agency, User
from reports import lifecycle
from reports.lifecycle import Refused
from reports.models import Action, Report, State, Version
from tests.lifecycle.reports import (
    ONE_CASE_OPEN,
    RECEIVED,
    YEAR,
    actions,
    codes,
    filled,
    published,
)

pytestmark = pytest.mark.django_db


def test_a_sound_draft_is_submitted_and_published(draft: Version, clerk: User, reviewer: User) -> None:
    version = lifecycle.publish(lifecycle.submit(filled(draft, clerk), clerk), reviewer)
    report = Report.objects.get()
    assert (report.published, report.working) == (version, None)
    assert version.state == State.PUBLISHED
    assert version.submitted_at
    assert version.published_at
    assert actions(version) == [Action.CREATED, Action.SAVED, Action.SUBMITTED, Action.PUBLISHED]


def test_a_draft_with_broken_equations_is_refused_naming_all_of_them_with_their_cells(
    draft: Version, clerk: User
) -> None:
    version = filled(draft, clerk, **{RECEIVED: 3, "proceedings.reconsideration.total": 2})
    with pytest.raises(ValidationError) as refused:
        lifecycle.submit(version, clerk)
    places = [(error.code, (error.params or {})) for error in refused.value.error_dict["__all__"]]
    assert [(code, params["where"]) for code, params in places] == [
        ("row_total", "applications.received"),
        ("flow_balance", "applications.received.natural_person"),
        ("proceedings_total", "proceedings.reconsideration"),
    ]
    assert RECEIVED in places[0][1]["cells"]
    assert all("相差" in text for text in refused.value.messages)
    assert Version.objects.get().state == State.DRAFT
    assert Action.SUBMITTED not in actions(version)


def test_a_draft_with_a_blank_or_a_mark_is_refused(draft: Version, clerk: User) -> None:
    version = lifecycle.save_draft(filled(draft, clerk), {RECEIVED: None}, {}, clerk, marks={RECEIVED: "/"})
    with pytest.raises(ValidationError) as refused:
        lifecycle.submit(version, clerk)
    assert codes(refused.value) == {"undecided"}


def test_submitting_twice_makes_one_record(draft: Version, clerk: User) -> None:
    version = filled(draft, clerk)
    first, again = lifecycle.submit(version, clerk), lifecycle.submit(version, clerk)
    assert first.submitted_at == again.submitted_at
    assert actions(version).count(Action.SUBMITTED) == 1


def test_a_soft_finding_needs_a_reason(township: Agency, clerk: User) -> None:
    published(township, YEAR, clerk, ONE_CASE_OPEN)
    version = filled(lifecycle.start_draft(township, YEAR + 1, clerk), clerk)
    with pytest.raises(ValidationError) as refused:
        lifecycle.submit(version, clerk)
    assert codes(refused.value) == {"reason_needed"}
    assert len(refused.value.messages) == 2
    for finding in version.findings.all():
        lifecycle.explain(finding, clerk, "上年申请已撤回")
    assert lifecycle.submit(version, clerk).state == State.SUBMITTED


def test_the_reason_lapses_when_the_figures_change(township: Agency, clerk: User) -> None:
    published(township, YEAR, clerk, ONE_CASE_OPEN)
    version = filled(lifecycle.start_draft(township, YEAR + 1, clerk), clerk)
    for finding in version.findings.all():
        lifecycle.explain(finding, clerk, "上年申请已撤回")
    carried_in = {
        f"applications.{row}.{column}": 2
        for row in ("carried_in", "carried_out")
        for column in ("natural_person", "total")
    }
    version = lifecycle.save_draft(version, carried_in, {}, clerk)
    with pytest.raises(ValidationError) as refused:
        lifecycle.submit(version, clerk)
    assert codes(refused.value) == {"reason_needed"}


def test_withdrawing_opens_a_submitted_draft_again(draft: Version, clerk: User) -> None:
    version = lifecycle.withdraw(lifecycle.submit(filled(draft, clerk), clerk), clerk)
    assert (version.state, version.submitted_at) == (State.DRAFT, None)
    assert filled(version, clerk, **{RECEIVED: 1}).figures[RECEIVED] == 1
    with pytest.raises(Refused):
        lifecycle.withdraw(version, clerk)


def test_a_returned_report_says_why_and_can_be_submitted_again(draft: Version, clerk: User, supervisor: User) -> None:
    version = lifecycle.submit(filled(draft, clerk), clerk)
    with pytest.raises(ValidationError):
        lifecycle.return_to_clerk(version, supervisor, "  ")
    version = lifecycle.return_to_clerk(version, supervisor, "请核对表二")
    assert version.state == State.RETURNED
    assert version.changes.last().comment == "请核对表二"  # type: ignore[union-attr]
    assert lifecycle.submit(version, clerk).state == State.SUBMITTED


def test_only_what_was_submitted_is_published(draft: Version, clerk: User) -> None:
    with pytest.raises(Refused, match="填写中"):
        lifecycle.publish(filled(draft, clerk), clerk)


def test_publishing_twice_makes_one_record(draft: Version, clerk: User) -> None:
    version = lifecycle.submit(filled(draft, clerk), clerk)
    lifecycle.publish(version, clerk)
    lifecycle.publish(version, clerk)
    assert actions(version).count(Action.PUBLISHED) == 1
