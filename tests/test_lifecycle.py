"""From the empty draft to the corrected publication: what is recorded, what is refused, what nobody loses."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from agencies.models import Agency, User
from reports import lifecycle
from reports.checks.run import check_version
from reports.lifecycle import Refused, StaleDraft
from reports.models import Action, Change, Decision, Finding, Report, State, Version
from reports.standard import EDITIONS

pytestmark = pytest.mark.django_db

YEAR = 2023
ZEROS: dict[str, Any] = dict.fromkeys(EDITIONS["2021"].figures, 0)
RECEIVED = "applications.received.natural_person"
RECEIVED_TOTAL = "applications.received.total"
CARRIED_OUT = ("applications.carried_out.natural_person", "applications.carried_out.total")
ONE_CASE_OPEN = ZEROS | dict.fromkeys((RECEIVED, RECEIVED_TOTAL, *CARRIED_OUT), 1)


@pytest.fixture
def draft(township: Agency, clerk: User) -> Version:
    return lifecycle.start_draft(township, YEAR, clerk)


def filled(version: Version, by: User, **figures: Any) -> Version:
    return lifecycle.save_draft(version, ZEROS | figures, {"overview": "总体情况。"}, by)


def published(agency: Agency, year: int, by: User, figures: dict[str, Any] = ZEROS) -> Version:
    version = lifecycle.save_draft(lifecycle.start_draft(agency, year, by), figures, {}, by)
    return lifecycle.publish(lifecycle.submit(version, by), by)


def actions(version: Version) -> list[str]:
    return list(version.changes.order_by("pk").values_list("action", flat=True))


def codes(refused: ValidationError) -> set[str]:
    return {str(error.code) for error in refused.error_dict["__all__"]}


# Starting


def test_a_new_draft_is_blank_in_the_edition_of_its_year(draft: Version, township: Agency, clerk: User) -> None:
    assert (draft.edition, draft.state, draft.number) == ("2021", State.DRAFT, 1)
    assert set(draft.figures.values()) == {None}
    assert draft.printed_name == township.name
    assert Report.objects.get().working == draft
    assert actions(draft) == [Action.CREATED]
    assert draft.changes.get().made_by == clerk


def test_a_report_of_2020_is_filed_in_the_trial_edition(township: Agency, clerk: User) -> None:
    assert lifecycle.start_draft(township, 2020, clerk).edition == "2019"


def test_a_year_before_the_form_existed_is_refused_and_leaves_nothing(township: Agency, clerk: User) -> None:
    with pytest.raises(Refused, match="2018"):
        lifecycle.start_draft(township, 2018, clerk)
    assert not Report.objects.exists()


def test_starting_twice_makes_one_draft(draft: Version, township: Agency, colleague: User) -> None:
    assert lifecycle.start_draft(township, YEAR, colleague) == draft
    assert Version.objects.count() == Change.objects.count() == 1


def test_a_public_report_takes_a_correction_and_no_new_draft(township: Agency, clerk: User) -> None:
    published(township, YEAR, clerk)
    with pytest.raises(Refused, match="更正"):
        lifecycle.start_draft(township, YEAR, clerk)


# Saving


def test_saving_records_exactly_what_changed(draft: Version, clerk: User) -> None:
    saved = lifecycle.save_draft(draft, {RECEIVED: 3, "disclosure.fees.amount": None}, {"overview": "文字"}, clerk)
    change = saved.changes.last()
    assert change is not None
    assert change.figures == {RECEIVED: [None, 3]}
    assert change.texts == {"overview": ["", "文字"]}
    assert change.made_by == clerk
    assert Version.objects.get().figures[RECEIVED] == 3


def test_what_is_not_named_stays_as_it_is(draft: Version, clerk: User) -> None:
    lifecycle.save_draft(draft, {RECEIVED: 3}, {"other": "甲"}, clerk)
    saved = lifecycle.save_draft(draft, {RECEIVED_TOTAL: 4}, {"problems": "乙"}, clerk)
    assert (saved.figures[RECEIVED], saved.figures[RECEIVED_TOTAL]) == (3, 4)
    assert (saved.other, saved.problems) == ("甲", "乙")


def test_a_draft_may_contradict_itself(draft: Version, clerk: User) -> None:
    saved = filled(draft, clerk, **{RECEIVED: 3})
    assert set(saved.findings.values_list("rule", flat=True)) == {"row_total", "flow_balance"}


def test_a_mark_stands_until_a_number_takes_its_place(draft: Version, clerk: User) -> None:
    saved = lifecycle.save_draft(draft, {RECEIVED: None}, {}, clerk, marks={RECEIVED: "/"})
    assert saved.marks == {RECEIVED: "/"}
    saved = lifecycle.save_draft(saved, {RECEIVED: 0}, {}, clerk, marks={RECEIVED: ""})
    assert saved.marks == {}
    assert [change.figures for change in saved.changes.order_by("pk")][1:] == [
        {RECEIVED: [None, "/"]},
        {RECEIVED: ["/", 0]},
    ]


def test_saving_the_same_again_changes_nothing(draft: Version, clerk: User, colleague: User) -> None:
    first = filled(draft, clerk)
    again = lifecycle.save_draft(draft, ZEROS, {"overview": "总体情况。"}, colleague, seen=draft.revision)
    assert again.revision == first.revision
    assert actions(first) == [Action.CREATED, Action.SAVED]


def test_two_people_editing_the_same_draft_are_told_who_changed_what(
    draft: Version, clerk: User, colleague: User
) -> None:
    lifecycle.save_draft(draft, {RECEIVED: 1}, {}, colleague, seen=draft.revision)
    with pytest.raises(StaleDraft, match="colleague") as stale:
        lifecycle.save_draft(draft, {RECEIVED: 2}, {}, clerk, seen=draft.revision)
    (change,) = stale.value.changes
    assert (change.made_by, change.figures) == (colleague, {RECEIVED: [None, 1]})
    assert stale.value.version.figures[RECEIVED] == 1
    # Having seen it, the clerk decides.
    saved = lifecycle.save_draft(draft, {RECEIVED: 2}, {}, clerk, seen=stale.value.version.revision)
    assert saved.figures[RECEIVED] == 2


@pytest.mark.parametrize("seen", ["", "yesterday"])
def test_a_revision_that_is_none_overwrites_nothing(seen: str, draft: Version, clerk: User) -> None:
    with pytest.raises(StaleDraft):
        lifecycle.save_draft(draft, {RECEIVED: 2}, {}, clerk, seen=seen)
    assert Version.objects.get().figures[RECEIVED] is None


def test_a_number_that_no_column_can_hold_is_refused_by_its_key(draft: Version, clerk: User) -> None:
    with pytest.raises(ValidationError) as refused:
        lifecycle.save_draft(draft, {RECEIVED: 10**12}, {"contact_postcode": "26441700"}, clerk)
    assert refused.value.error_dict.keys() == {RECEIVED, "contact_postcode"}
    assert actions(draft) == [Action.CREATED]


def test_a_cell_that_the_form_does_not_have_is_refused(draft: Version, clerk: User) -> None:
    with pytest.raises(KeyError, match=r"applications\.received\.alien"):
        lifecycle.save_draft(draft, {"applications.received.alien": 1}, {}, clerk)
    with pytest.raises(KeyError, match="state"):
        lifecycle.save_draft(draft, {}, {"state": "published"}, clerk)


def test_what_is_submitted_is_no_longer_edited(draft: Version, clerk: User) -> None:
    submitted = lifecycle.submit(filled(draft, clerk), clerk)
    with pytest.raises(Refused, match="已提交"):
        lifecycle.save_draft(submitted, {RECEIVED: 1}, {}, clerk)


# Submitting


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


# Correcting


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
    assert set(following.findings.values_list("rule", "where")) == {
        ("carry_over", "applications.carried_in.natural_person"),
        ("carry_over", "applications.carried_in.total"),
    }


# Deciding


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
    lifecycle.decide(doubt, administrator, Decision.RETURNED, "请核对", seen=Decision.OPEN)
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


def test_a_change_is_never_edited(draft: Version) -> None:
    change = draft.changes.get()
    change.comment = "改"
    with pytest.raises(TypeError):
        change.save()
