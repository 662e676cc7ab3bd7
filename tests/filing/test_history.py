"""The history of a report: every cell and paragraph, by whom, when, from what to what; any two moments side by side."""

from __future__ import annotations

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, User
from reports import lifecycle
from reports.filing.history import as_it_stood, pieces, steps
from reports.models import Change, Version
from tests.filing.entering import FORM, YEAR, address
from tests.pages import text_of
from tests.record.sealed import as_operator

KEY = "applications.received.total"


@pytest.fixture
def version(township: Agency, clerk: User) -> Version:
    return lifecycle.start_draft(township, YEAR, clerk)


def history_of(agency: Agency) -> str:
    return reverse("history", args=[agency.code, YEAR])


def changes_of(version: Version) -> list[Change]:
    return list(version.changes.select_related("made_by").order_by("pk"))


def later(version: Version, minutes: int) -> None:
    """The last change, moved so much further from the one before."""
    last = version.changes.last()
    assert last
    moved = last.made_at + datetime.timedelta(minutes=minutes)
    with as_operator():
        Change._base_manager.filter(pk=last.pk).update(made_at=moved)


def test_what_one_person_saves_without_a_pause_is_one_step(version: Version, clerk: User, colleague: User) -> None:
    for number in (1, 12, 123):
        lifecycle.save_draft(version, {KEY: number}, {}, clerk)
    lifecycle.save_draft(version, {KEY: 7}, {}, colleague)
    lifecycle.save_draft(version, {KEY: 8}, {}, clerk)
    found = steps(version, changes_of(version))
    assert [(step.last.action, step.changed) for step in found] == [
        ("created", {}),
        ("saved", {KEY: [None, 123]}),
        ("saved", {KEY: [123, 7]}),
        ("saved", {KEY: [7, 8]}),
    ]


def test_a_pause_begins_another_step_and_what_was_put_back_did_not_change(version: Version, clerk: User) -> None:
    lifecycle.save_draft(version, {KEY: 1}, {"overview": "甲"}, clerk)
    lifecycle.save_draft(version, {KEY: None}, {}, clerk)
    lifecycle.save_draft(version, {KEY: 3}, {}, clerk)
    later(version, 11)
    found = steps(version, changes_of(version))
    assert [step.changed for step in found] == [{}, {"overview": ["", "甲"]}, {KEY: [None, 3]}]


def test_any_moment_can_be_shown_as_it_stood(version: Version, clerk: User) -> None:
    lifecycle.save_draft(version, {KEY: 1}, {"overview": "甲"}, clerk)
    lifecycle.save_draft(version, {KEY: None}, {}, clerk, marks={KEY: "/"})
    version = lifecycle.save_draft(version, {}, {"overview": "乙", "scope_units": ["一村", "二村"]}, clerk)
    changes = changes_of(version)
    stood = [as_it_stood(version, changes, change) for change in changes]
    assert [state[KEY] for state in stood] == ["", "1", "/", "/"]
    assert [state["overview"] for state in stood] == ["", "甲", "甲", "乙"]
    assert stood[-1]["scope_units"] == "一村\n二村"


def test_texts_are_compared_clause_by_clause() -> None:
    assert pieces("收到申请1件，已办结。", "收到申请2件，已办结。") == [
        ("gone", "收到申请1件，"),
        ("new", "收到申请2件，"),
        ("same", "已办结。"),
    ]


def test_the_page_shows_every_step_one_cell_alone_and_two_moments_side_by_side(
    version: Version, township: Agency, clerk: User, colleague: User, clerk_client: Client
) -> None:
    assert history_of(township) in text_of(clerk_client.get(address(township)))
    lifecycle.save_draft(version, {KEY: 1}, {"overview": "收到申请1件，已办结，没有结转到下一年度继续办理的。"}, clerk)
    lifecycle.save_draft(
        version, {KEY: 2}, {"overview": "收到申请2件，已办结，没有结转到下一年度继续办理的。"}, colleague
    )
    page = text_of(clerk_client.get(history_of(township)))
    assert "<del>1</del> → <ins>2</ins>" in page
    assert "<ins>收到申请2件，</ins>" in page
    assert "colleague" in page
    only = text_of(clerk_client.get(history_of(township), {"at": KEY}))
    assert "只看“一、本年新收政府信息公开申请数量：总计”" in only
    assert "收到申请2件" not in only
    first, _mine, theirs = re.findall(r'name="left" value="(\d+)"', page)[::-1]
    both = text_of(clerk_client.get(history_of(township), {"left": first, "right": theirs}))
    assert "<td>空</td><td>2</td>" in both
    same = text_of(clerk_client.get(history_of(township), {"left": first, "right": first}))
    assert "两者完全相同" in same


def test_a_correction_is_compared_with_what_was_public(
    version: Version, township: Agency, clerk: User, supervisor: User, clerk_client: Client
) -> None:
    version = lifecycle.save_draft(version, dict.fromkeys(FORM.figures, 0), {}, clerk)
    public = lifecycle.publish(lifecycle.submit(version, clerk), supervisor)
    again = lifecycle.start_correction(public.report, clerk, "漏报规章")
    lifecycle.save_draft(again, {"disclosure.regulations.issued": 4}, {}, clerk)
    left, right = public.changes.last(), again.changes.last()
    assert left
    assert right
    page = text_of(clerk_client.get(history_of(township), {"left": str(left.pk), "right": str(right.pk)}))
    assert "<td>0</td><td>4</td>" in page
    assert "漏报规章" in page


def test_only_the_agency_and_its_supervisors_see_it(
    version: Version, township: Agency, reader: Client, outsider_client: Client, supervisor_client: Client
) -> None:
    assert reader.get(history_of(township)).status_code == 302
    assert outsider_client.get(history_of(township)).status_code == 404
    assert supervisor_client.get(history_of(township)).status_code == 200
    assert (
        supervisor_client.get(history_of(township), {"left": "x", "right": "99999999", "at": "nothing"}).status_code
        == 200
    )
