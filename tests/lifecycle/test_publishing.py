"""What is public is corrected, and stays readable until it is."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from agencies.models import Agency, User
from reports import lifecycle
from reports.findings.neighbours import check_pending
from reports.lifecycle import Refused
from reports.models import Action, State, Version
from tests.lifecycle.reports import (
    CARRIED_OUT,
    ONE_CASE_OPEN,
    RECEIVED,
    RECEIVED_TOTAL,
    YEAR,
    actions,
    published,
)

pytestmark = pytest.mark.django_db


def test_a_correction_leaves_the_public_version_until_it_is_published(township: Agency, clerk: User) -> None:
    public = published(township, YEAR, clerk)
    report = public.report
    correction = lifecycle.start_correction(report, clerk, "漏报一件")
    assert correction.number == 2
    assert correction.figures == public.figures
    correction = lifecycle.save_draft(correction, ONE_CASE_OPEN, {"overview": "收到1件。"}, clerk)
    report.refresh_from_db()
    assert (report.published, report.working) == (public, correction)

    lifecycle.publish(lifecycle.submit(correction, clerk), clerk)
    report.refresh_from_db()
    public.refresh_from_db()
    assert (report.published, report.working) == (correction, None)
    assert public.state == State.SUPERSEDED
    told = correction.changes.last()
    assert told is not None
    assert told.figures == {key: [0, 1] for key in (RECEIVED, RECEIVED_TOTAL, *CARRIED_OUT)}
    assert told.texts == {"overview": ["", "收到1件。"]}
    assert told.comment == "漏报一件"
    assert actions(public)[-1] == Action.CORRECTED


def test_a_correction_needs_a_reason_and_something_public(draft: Version, clerk: User) -> None:
    with pytest.raises(ValidationError):
        lifecycle.start_correction(draft.report, clerk, " ")
    with pytest.raises(Refused, match="还没有公开"):
        lifecycle.start_correction(draft.report, clerk, "理由")


def test_two_corrections_at_once_are_one_or_refused(township: Agency, clerk: User, colleague: User) -> None:
    report = published(township, YEAR, clerk).report
    correction = lifecycle.start_correction(report, clerk, "漏报一件")
    assert lifecycle.start_correction(report, clerk, "漏报一件") == correction
    with pytest.raises(Refused, match="在办"):
        lifecycle.start_correction(report, colleague, "另一个理由")


def test_publishing_a_correction_re_checks_next_year(township: Agency, clerk: User) -> None:
    report = published(township, YEAR, clerk).report
    following = published(township, YEAR + 1, clerk)
    assert not following.findings.exists()
    correction = lifecycle.save_draft(lifecycle.start_correction(report, clerk, "漏报"), ONE_CASE_OPEN, {}, clerk)
    lifecycle.publish(lifecycle.submit(correction, clerk), clerk)
    check_pending()
    assert set(following.findings.values_list("rule", "where")) == {
        ("carry_over", "applications.carried_in.natural_person"),
        ("carry_over", "applications.carried_in.total"),
    }
