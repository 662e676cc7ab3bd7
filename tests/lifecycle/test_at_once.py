"""Several people at once, each acting on the copy that he read.

On PostgreSQL they do so truly at the same time; on SQLite, where writers queue anyway, one after the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from agencies.models import Agency, User
from reports import lifecycle
from reports.lifecycle import EditConflict, Refused
from reports.models import Decision, Finding, Report, State, Version
from tests.standard.contract import CONTRACT

pytestmark = pytest.mark.django_db(transaction=True)

ZEROS: dict[str, Any] = {cell.key: 0 for cell in CONTRACT["2021"]}
PEOPLE = 6


def all_at_once(act: Callable[[int], Any]) -> list[Any]:
    """What each of six people gets: a result, or the exception that he is shown."""
    together = connection.vendor == "postgresql"
    barrier = Barrier(PEOPLE if together else 1)

    def one(number: int) -> Any:
        barrier.wait(timeout=30)
        try:
            return act(number)
        except (Refused, EditConflict) as told:
            return told
        finally:
            if together:
                connection.close()

    if not together:
        return [one(number) for number in range(PEOPLE)]
    with ThreadPoolExecutor(PEOPLE) as pool:
        return list(pool.map(one, range(PEOPLE)))


@pytest.fixture
def sound(township: Agency, clerk: User) -> Version:
    return lifecycle.save_draft(lifecycle.start_draft(township, 2023, clerk), ZEROS, {}, clerk)


def counted(version: Version) -> Counter[str]:
    return Counter(version.changes.values_list("action", flat=True))


def test_one_draft_is_started(township: Agency, clerk: User) -> None:
    drafts = all_at_once(lambda _number: lifecycle.start_draft(township, 2023, clerk))
    assert len(set(drafts)) == Report.objects.count() == Version.objects.count() == 1
    assert counted(drafts[0]) == {"created": 1}


def test_one_of_those_who_save_wins_and_the_others_are_told(sound: Version, clerk: User) -> None:
    key = "disclosure.licensing.decisions"
    results = all_at_once(lambda number: lifecycle.save_draft(sound, {key: number + 1}, {}, clerk, seen=sound.revision))
    (winner,) = [result for result in results if isinstance(result, Version)]
    losers = [result for result in results if isinstance(result, EditConflict)]
    assert len(losers) == PEOPLE - 1
    assert Version.objects.get().figures[key] == winner.figures[key]
    assert all(loser.changes[-1].figures == {key: [0, winner.figures[key]]} for loser in losers)
    assert counted(sound)["saved"] == 2


def test_a_report_is_submitted_and_published_once(sound: Version, clerk: User) -> None:
    assert {version.state for version in all_at_once(lambda _number: lifecycle.submit(sound, clerk))} == {"submitted"}
    all_at_once(lambda _number: lifecycle.publish(sound, clerk))
    assert counted(sound) == {"created": 1, "saved": 1, "submitted": 1, "published": 1}
    assert Report.objects.get().published == sound


def test_what_is_published_and_returned_at_once_is_one_of_both(sound: Version, clerk: User, supervisor: User) -> None:
    lifecycle.submit(sound, clerk)

    def act(number: int) -> Version:
        return (
            lifecycle.publish(sound, supervisor) if number % 2 else lifecycle.return_to_clerk(sound, supervisor, "改")
        )

    all_at_once(act)
    sound.refresh_from_db()
    told = counted(sound)
    assert told["published"] + told["returned"] == 1
    assert (sound.state == State.PUBLISHED) == bool(told["published"]) == bool(Report.objects.get().published)


def test_neighbouring_years_published_at_once_check_each_other(township: Agency, clerk: User) -> None:
    carried_out = {
        f"applications.{row}.{column}": 1 for row in ("received", "carried_out") for column in ("business", "total")
    }
    versions = []
    for year in range(2021, 2021 + PEOPLE):
        draft = lifecycle.save_draft(lifecycle.start_draft(township, year, clerk), ZEROS | carried_out, {}, clerk)
        for finding in draft.findings.all():
            lifecycle.explain(finding, clerk, "理由")
        versions.append(lifecycle.submit(draft, clerk))
    all_at_once(lambda number: lifecycle.publish(versions[number], clerk))
    assert Report.objects.published().count() == PEOPLE
    for version in versions[1:]:
        assert version.findings.filter(rule="carry_over").count() == 2


def test_of_supervisors_who_decide_at_once_the_first_is_heard_and_the_others_are_told(
    sound: Version, supervisor: User
) -> None:
    """Each of them read the finding while it was open."""
    lifecycle.save_draft(sound, {"proceedings.reconsideration.upheld": 1}, {}, supervisor)
    Version.objects.filter(pk=sound.pk).update(state=State.SUBMITTED)
    finding = sound.findings.get(rule="proceedings_total")
    kinds = (Decision.ACCEPTED, Decision.CONFIRMED, Decision.DISMISSED)

    def decide(number: int) -> Finding:
        found = Finding.objects.get(pk=finding.pk)
        return lifecycle.decide(found, supervisor, kinds[number % 3], f"第{number}人", seen=Decision.OPEN)

    told = all_at_once(decide)
    (heard,) = [each for each in told if isinstance(each, Finding)]
    assert sum(isinstance(each, Refused) for each in told) == PEOPLE - 1
    finding.refresh_from_db()
    assert (finding.decision, finding.reason) == (heard.decision, heard.reason)
    assert counted(sound)["decided"] == 1


def test_of_two_acts_on_many_each_finding_goes_to_one(sound: Version, supervisor: User) -> None:
    spoilt = {f"proceedings.{kind}.upheld": 1 for kind in ("reconsideration", "direct_litigation")}
    lifecycle.save_draft(sound, spoilt, {}, supervisor)
    Version.objects.filter(pk=sound.pk).update(state=State.SUBMITTED)
    keys = list(sound.findings.values_list("pk", flat=True))

    def decide(number: int) -> set[str]:
        # Half of them from the last to the first: they wait for each other, but not for ever.
        found = sorted(Finding.objects.filter(pk__in=keys), key=lambda each: each.pk, reverse=bool(number % 2))
        act = lifecycle.decide_all([(each, "open") for each in found], supervisor, Decision.DISMISSED, f"第{number}人")
        return set(act.done)

    done = [key for keys_done in all_at_once(decide) for key in keys_done]
    assert sorted(done) == sorted(map(str, keys))
    assert counted(sound)["decided"] == len(keys) == 2
