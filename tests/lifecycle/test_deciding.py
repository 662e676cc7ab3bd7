"""What people say about a finding, and when it lapses."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from agencies.models import Agency, User
from reports import lifecycle
from reports.findings.run import check_version
from reports.lifecycle import Refused
from reports.models import Action, Decision, Finding, Version
from tests.lifecycle.reports import (
    ONE_CASE_OPEN,
    RECEIVED,
    YEAR,
    actions,
    filled,
    published,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def doubt(township: Agency, clerk: User) -> Finding:
    """This year carries in nothing of what last year carried out."""
    published(township, YEAR, clerk, ONE_CASE_OPEN)
    version = filled(lifecycle.start_draft(township, YEAR + 1, clerk), clerk)
    finding = version.findings.first()
    assert finding is not None
    return finding


def test_an_explanation_is_kept_and_recorded(doubt: Finding, clerk: User) -> None:
    explained = lifecycle.explain(doubt, clerk, " 上年申请已撤回 ")
    assert (explained.decision, explained.reason, explained.decided_by) == (Decision.EXPLAINED, "上年申请已撤回", clerk)
    check_version(doubt.version)
    doubt.refresh_from_db()
    assert doubt.decision == Decision.EXPLAINED
    change = doubt.version.changes.last()
    assert change is not None
    assert (change.action, change.comment) == (Action.EXPLAINED, "上年申请已撤回")


def test_explaining_twice_makes_one_record(doubt: Finding, clerk: User) -> None:
    lifecycle.explain(doubt, clerk, "理由")
    lifecycle.explain(doubt, clerk, "理由")
    assert actions(doubt.version).count(Action.EXPLAINED) == 1


def test_a_hard_finding_is_mended_and_not_explained(draft: Version, clerk: User) -> None:
    finding = filled(draft, clerk, **{RECEIVED: 3}).findings.filter(rule="row_total").get()
    with pytest.raises(Refused, match="改正"):
        lifecycle.explain(finding, clerk, "理由")


def test_the_supervisor_decides_with_a_reason(doubt: Finding, clerk: User, supervisor: User) -> None:
    with pytest.raises(ValidationError):
        lifecycle.decide(doubt, supervisor, Decision.DISMISSED)
    lifecycle.explain(doubt, clerk, "上年申请已撤回")
    accepted = lifecycle.decide(doubt, supervisor, Decision.ACCEPTED)
    assert (accepted.decision, accepted.reason, accepted.decided_by) == (
        Decision.ACCEPTED,
        "上年申请已撤回",
        supervisor,
    )
    with pytest.raises(Refused):
        lifecycle.explain(doubt, clerk, "再说一次")


def test_two_supervisors_deciding_at_once_are_told(doubt: Finding, supervisor: User, administrator: User) -> None:
    lifecycle.decide(doubt, administrator, Decision.CONFIRMED, "请核对", seen=Decision.OPEN)
    with pytest.raises(Refused, match="admin"):
        lifecycle.decide(doubt, supervisor, Decision.DISMISSED, "不成立", seen=Decision.OPEN)


def test_nobody_decides_about_what_is_gone(doubt: Finding, clerk: User, supervisor: User) -> None:
    mended = {
        f"applications.{row}.{column}": 1
        for row in ("carried_in", "carried_out")
        for column in ("natural_person", "total")
    }
    lifecycle.save_draft(doubt.version, mended, {}, clerk)
    with pytest.raises(Refused, match="不再成立"):
        lifecycle.decide(doubt, supervisor, Decision.ACCEPTED, "理由")


def test_a_finding_is_given_to_somebody_who_supervises_the_agency(
    doubt: Finding, supervisor: User, clerk: User
) -> None:
    with pytest.raises(Refused, match="clerk"):
        lifecycle.assign(doubt, supervisor, clerk)
    assert lifecycle.assign(doubt, supervisor, supervisor).assignee == supervisor
    lifecycle.assign(doubt, supervisor, supervisor)
    assert actions(doubt.version).count(Action.ASSIGNED) == 1
    change = doubt.version.changes.last()
    assert change is not None
    assert (change.about, list(change.texts.values())) == (doubt.fingerprint, [[None, "supervisor"]])
    assert lifecycle.assign(doubt, supervisor, None).assignee is None


def test_nobody_decides_about_a_version_that_was_replaced(doubt: Finding, supervisor: User) -> None:
    Version.objects.filter(pk=doubt.version_id).update(state="superseded")
    with pytest.raises(Refused, match="更正"):
        lifecycle.decide(doubt, supervisor, Decision.ACCEPTED, "理由")


@pytest.fixture
def submitted(doubt: Finding) -> Finding:
    """The same doubt in a report that was handed in."""
    Version.objects.filter(pk=doubt.version_id).update(state="submitted")
    doubt.version.refresh_from_db()
    return doubt


def test_in_a_draft_an_act_on_many_does_nothing(doubt: Finding, supervisor: User) -> None:
    act = lifecycle.decide_all([(doubt, "open")], supervisor, Decision.DISMISSED, "机构合并")
    assert act.done == {}
    assert "填写中" in act.refused[str(doubt.pk)]


def test_one_act_on_many_says_of_each_that_was_refused_why(
    submitted: Finding, supervisor: User, administrator: User
) -> None:
    another = submitted.version.findings.exclude(pk=submitted.pk).get()
    lifecycle.decide(another, administrator, Decision.CONFIRMED, "请核对")
    act = lifecycle.decide_all([(submitted, "open"), (another, "open")], supervisor, Decision.DISMISSED, "机构合并")
    assert list(act.done) == [str(submitted.pk)]
    assert list(act.refused) == [str(another.pk)]
    assert "admin" in act.refused[str(another.pk)]
    submitted.refresh_from_db()
    assert (submitted.decision, submitted.reason) == (Decision.DISMISSED, "机构合并")


def test_one_act_on_many_is_taken_back_where_nobody_acted_since(
    submitted: Finding, clerk: User, supervisor: User, administrator: User
) -> None:
    another = submitted.version.findings.exclude(pk=submitted.pk).get()
    explained = lifecycle.explain(submitted, clerk, "上年申请已撤回")
    both = [(explained, "explained"), (another, "open")]
    act = lifecycle.decide_all(both, supervisor, Decision.ACCEPTED, "属实")
    lifecycle.decide(another, administrator, Decision.CONFIRMED, "再查")
    undone = lifecycle.undo(act, supervisor)
    assert list(undone.refused) == [str(another.pk)]
    submitted.refresh_from_db()
    assert (submitted.decision, submitted.reason, submitted.decided_by) == (Decision.EXPLAINED, "上年申请已撤回", clerk)
    with pytest.raises(Refused, match="撤销过"):
        lifecycle.undo(act, supervisor)
    another.refresh_from_db()
    assert another.decision == Decision.CONFIRMED


def test_without_a_reason_one_act_on_many_does_nothing(submitted: Finding, supervisor: User) -> None:
    act = lifecycle.decide_all([(submitted, "open")], supervisor, Decision.DISMISSED, " ")
    assert (act.done, list(act.refused.values())) == ({}, ["请说明理由。"])


@pytest.fixture
def accepted(submitted: Finding, clerk: User, supervisor: User) -> Finding:
    """What the supervisor accepted in a report that became public."""
    for finding in submitted.version.findings.all():
        lifecycle.explain(finding, clerk, "上年申请已撤回")
    lifecycle.assign(submitted, supervisor, supervisor)
    lifecycle.decide(submitted, supervisor, Decision.ACCEPTED, "属实", seen=Decision.EXPLAINED)
    lifecycle.publish(submitted.version, supervisor)
    submitted.refresh_from_db()
    return submitted


def the_same_in(version: Version, finding: Finding) -> Finding:
    return version.findings.get(rule=finding.rule, where=finding.where)


def test_a_corrected_report_keeps_what_was_decided_about_the_same_operands(
    accepted: Finding, clerk: User, supervisor: User
) -> None:
    correction = lifecycle.start_correction(accepted.version.report, clerk, "补正第五章")
    same = the_same_in(correction, accepted)
    kept = (same.decision, same.reason, same.decided_by, same.assignee)
    assert kept == (Decision.ACCEPTED, "属实", supervisor, supervisor)
    lifecycle.save_draft(correction, {}, {"problems": "已补正"}, clerk)
    lifecycle.submit(correction, clerk)
    lifecycle.publish(correction, supervisor)
    assert the_same_in(correction, accepted).decision == Decision.ACCEPTED


def test_other_operands_in_a_corrected_report_are_open_again(accepted: Finding, clerk: User) -> None:
    correction = lifecycle.start_correction(accepted.version.report, clerk, "数字有误")
    other = {"applications.carried_in.natural_person": 5, "applications.carried_in.total": 5}
    lifecycle.save_draft(correction, other, {}, clerk)
    (now,) = correction.findings.filter(rule=accepted.rule, where=accepted.where).exclude(decision="resolved")
    assert (now.decision, now.reason) == (Decision.OPEN, "")


def test_what_is_decided_while_a_correction_is_in_work_holds_for_it(
    submitted: Finding, clerk: User, supervisor: User
) -> None:
    for finding in submitted.version.findings.all():
        lifecycle.explain(finding, clerk, "上年申请已撤回")
    Finding.objects.filter(pk=submitted.pk).update(decision=Decision.OPEN, reason="", decided_by=None, decided_at=None)
    lifecycle.publish(submitted.version, supervisor)
    correction = lifecycle.start_correction(submitted.version.report, clerk, "补正第五章")
    assert the_same_in(correction, submitted).decision == Decision.OPEN
    lifecycle.decide(submitted, supervisor, Decision.DISMISSED, "口径不同")
    lifecycle.save_draft(correction, {}, {"problems": "已补正"}, clerk)
    same = the_same_in(correction, submitted)
    assert (same.decision, same.reason) == (Decision.DISMISSED, "口径不同")
