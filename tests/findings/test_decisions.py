"""What was decided about a finding outlives a re-check, and a fault of a rule is no fault of a report."""

from __future__ import annotations

import dataclasses
import logging

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Agency, User
from reports import lifecycle
from reports.checks.comparables import Comparables
from reports.checks.content import Content, RuleFinding
from reports.checks.engine import examine
from reports.checks.rules import RULES
from reports.findings.run import check_version
from reports.models import Decision, Finding, Version
from tests.findings.records import GRANTED, PENDING, ZEROS, standing

pytestmark = pytest.mark.django_db


def decide(version: Version, decision: Decision) -> Finding:
    (record,) = version.findings.filter(rule="proceedings_total")
    record.decision, record.reason = decision, "理由"
    record.save()
    return record


@pytest.fixture
def draft(township: Agency, clerk: User) -> Version:
    version = lifecycle.start_draft(township, 2023, clerk)
    return lifecycle.save_draft(version, ZEROS | {PENDING: 1}, {}, clerk)


def test_a_decision_survives_while_the_operands_are_the_same(draft: Version, clerk: User) -> None:
    record = decide(draft, Decision.ACCEPTED)
    lifecycle.save_draft(draft, {"disclosure.licensing.decisions": 5}, {"overview": "改"}, clerk)
    (same,) = draft.findings.all()
    assert (same.pk, same.decision, same.reason) == (record.pk, Decision.ACCEPTED, "理由")


def test_a_decision_lapses_when_an_operand_changes(draft: Version, clerk: User) -> None:
    record = decide(draft, Decision.ACCEPTED)
    lifecycle.save_draft(draft, {PENDING: 2}, {}, clerk)
    assert standing(draft) == [("proceedings_total", "proceedings.reconsideration", "open")]
    record.refresh_from_db()
    assert (record.decision, record.reason) == (Decision.RESOLVED, "理由")


def test_what_comes_back_is_open_again(draft: Version, clerk: User) -> None:
    record = decide(draft, Decision.DISMISSED)
    lifecycle.save_draft(draft, {PENDING: 0}, {}, clerk)
    assert standing(draft) == []
    lifecycle.save_draft(draft, {PENDING: 1}, {}, clerk)
    record.refresh_from_db()
    assert (record.decision, record.reason) == (Decision.OPEN, "理由")
    assert draft.findings.count() == 1


def test_what_nobody_decided_is_forgotten_with_its_cause(draft: Version, clerk: User) -> None:
    lifecycle.save_draft(draft, {PENDING: 0}, {}, clerk)
    assert not Finding.objects.exists()


def test_checking_again_changes_nothing(draft: Version) -> None:
    before = list(draft.findings.values())
    with CaptureQueriesContext(connection) as queries:
        check_version(draft)
    assert list(draft.findings.values()) == before
    written = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    # That it was checked counts, so that another check that began before this one stores nothing over it.
    assert [sql.split(" SET ")[0] for sql in written] == ['UPDATE "reports_version"']


def test_a_new_version_of_a_rule_that_judges_alike_keeps_the_decision(
    draft: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(draft, Decision.ACCEPTED)
    monkeypatch.setitem(RULES, "proceedings_total", dataclasses.replace(RULES["proceedings_total"], version=2))
    (record,) = check_version(draft)
    assert (record.rule_version, record.decision) == (2, Decision.ACCEPTED)


# A rule that fails


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(content: Content, beside: Comparables) -> list[RuleFinding]:
        raise ZeroDivisionError(content.year)

    monkeypatch.setitem(RULES, "proceedings_total", dataclasses.replace(RULES["proceedings_total"], check=fail))


@pytest.mark.usefixtures("faulty")
def test_a_rule_that_fails_is_logged_and_the_others_go_on(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        verdict = examine(Content("2021", 2023, "青山镇人民政府", figures=ZEROS | {PENDING: 1, GRANTED: 1}))
    assert verdict.faults == ("proceedings_total",)
    assert [finding.rule for finding in verdict.findings] == ["row_total", "results_total"]
    assert "proceedings_total" in caplog.text
    assert "青山镇人民政府" in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_what_a_failing_rule_found_before_stays_as_it_is(draft: Version, request: pytest.FixtureRequest) -> None:
    record = decide(draft, Decision.EXPLAINED)
    request.getfixturevalue("faulty")
    assert check_version(draft) == [record]
    assert standing(draft) == [("proceedings_total", "proceedings.reconsideration", "explained")]


def test_what_could_not_be_checked_is_not_submitted_and_nobody_is_blamed(
    draft: Version, clerk: User, request: pytest.FixtureRequest
) -> None:
    version = lifecycle.save_draft(draft, {PENDING: 0}, {}, clerk)
    request.getfixturevalue("faulty")
    with pytest.raises(ValidationError) as refused:
        lifecycle.submit(version, clerk)
    (error,) = refused.value.error_dict["__all__"]
    assert error.code == "rule_fault"
    assert "不是您的差错" in refused.value.messages[0]
