"""A draft begun and saved: what is recorded, what is refused, what nobody loses."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from agencies.models import Agency, User
from reports import lifecycle
from reports.lifecycle import EditConflict, Refused
from reports.models import Action, Change, Report, State, Version
from tests.lifecycle.reports import (
    RECEIVED,
    RECEIVED_TOTAL,
    YEAR,
    ZEROS,
    actions,
    filled,
    published,
)

pytestmark = pytest.mark.django_db


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
    assert (saved.narrative["other"], saved.narrative["problems"]) == ("甲", "乙")


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
    with pytest.raises(EditConflict, match="colleague") as stale:
        lifecycle.save_draft(draft, {RECEIVED: 2}, {}, clerk, seen=draft.revision)
    (change,) = stale.value.changes
    assert (change.made_by, change.figures) == (colleague, {RECEIVED: [None, 1]})
    assert stale.value.current.figures[RECEIVED] == 1
    # Having seen it, the clerk decides.
    saved = lifecycle.save_draft(draft, {RECEIVED: 2}, {}, clerk, seen=stale.value.current.revision)
    assert saved.figures[RECEIVED] == 2


@pytest.mark.parametrize("seen", ["", "yesterday"])
def test_a_revision_that_is_none_overwrites_nothing(seen: str, draft: Version, clerk: User) -> None:
    with pytest.raises(EditConflict):
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


def test_a_change_is_never_edited(draft: Version) -> None:
    change = draft.changes.get()
    change.comment = "改"
    with pytest.raises(TypeError):
        change.save()


def test_a_clock_that_is_put_back_lets_nobody_overwrite(draft: Version, clerk: User, colleague: User) -> None:
    """Both read the same revision; between the two saves the server's clock goes back by an hour."""
    seen = draft.revision
    lifecycle.save_draft(draft, {RECEIVED: 1}, {}, colleague, seen=seen)
    with time_machine.travel(timezone.now() - datetime.timedelta(hours=1)):
        with pytest.raises(EditConflict, match="colleague") as conflict:
            lifecycle.save_draft(draft, {RECEIVED: 2}, {}, clerk, seen=seen)
        assert [change.figures[RECEIVED] for change in conflict.value.changes] == [[None, 1]]
        later = lifecycle.save_draft(draft, {RECEIVED: 3}, {}, clerk, seen=conflict.value.current.revision)
        with pytest.raises(EditConflict):
            lifecycle.save_draft(draft, {RECEIVED: 4}, {}, colleague, seen=conflict.value.current.revision)
    assert later.figures[RECEIVED] == 3
