"""Every act against every other on the same report, begun at the same moment: none is lost, none is done twice, and what one of
them forbids the other is told. On PostgreSQL truly at once, on SQLite one after the other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations_with_replacement
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from agencies.models import Agency, Division, Kind, Level, User
from reports import lifecycle
from reports.findings.neighbours import check_pending
from reports.findings.run import check_versions
from reports.importing.parsed import ParsedReport
from reports.intake.storing import import_as_draft, publish_import
from reports.lifecycle import EditConflict, Refused
from reports.models import Action, Change, Decision, Report, State, Version
from reports.standard import CURRENT
from tests.conftest import agency, division

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

YEAR = CURRENT.first_year + 2
ZEROS: dict[str, Any] = dict.fromkeys(CURRENT.figures, 0)
CELL = next(iter(CURRENT.figures))
TOLD = (Refused, EditConflict, ValidationError)
"""What an act answers that came too late; anything else is a fault."""


def parsed(number: int) -> ParsedReport:
    return ParsedReport(edition=CURRENT.name, year=YEAR, agency="", figures=ZEROS | {CELL: number}, marks={})


def latest(report: Report) -> Version:
    return report.versions.latest("number")


Act = Callable[[Report, User, int], Any]

ACTS: dict[str, Act] = {
    "start a draft": lambda report, by, _n: lifecycle.start_draft(report.agency, YEAR, by),
    "save": lambda report, by, n: lifecycle.save_draft(latest(report), {CELL: n}, {}, by, seen=latest(report).revision),
    "send to the reviewer": lambda report, by, _n: lifecycle.send_to_reviewer(latest(report), by),
    "submit": lambda report, by, _n: lifecycle.submit(latest(report), by),
    "withdraw": lambda report, by, _n: lifecycle.withdraw(latest(report), by),
    "return": lambda report, by, _n: lifecycle.return_to_clerk(latest(report), by, "请改"),
    "publish": lambda report, by, _n: lifecycle.publish(latest(report), by),
    "correct": lambda report, by, n: lifecycle.start_correction(report, by, f"更正{n}"),
    "import as a draft": lambda report, by, n: import_as_draft(report.agency, parsed(n), None, by, reason="重报"),
    "import as published": lambda report, by, n: publish_import(report.agency, parsed(n), None, by, reason="重报"),
    "locate": lambda report, by, n: lifecycle.locate(report, by, f"https://example.cn/{n}", None),
    "check anew": lambda report, _by, _n: check_versions([latest(report)]),
    "check the neighbours": lambda _report, _by, _n: check_pending(),
}


def draft(place: Agency, by: User) -> Version:
    return lifecycle.save_draft(lifecycle.start_draft(place, YEAR, by), ZEROS, {"overview": "情况"}, by)


BEGINNINGS: dict[str, Callable[[Agency, User], Version]] = {
    "in work": draft,
    "submitted": lambda place, by: lifecycle.submit(draft(place, by), by),
    "public": lambda place, by: lifecycle.publish(lifecycle.submit(draft(place, by), by), by),
    "in correction": lambda place, by: lifecycle.submit(
        lifecycle.start_correction(lifecycle.publish(lifecycle.submit(draft(place, by), by), by).report, by, "漏报"),
        by,
    ),
}


def at_once(first: Act, second: Act, report: Report, by: User) -> list[Any]:
    together = connection.vendor == "postgresql"
    barrier = Barrier(2 if together else 1)

    def one(number: int) -> Any:
        act = (first, second)[number]
        own = Report.objects.select_related("agency").get(pk=report.pk)
        barrier.wait(timeout=30)
        try:
            return act(own, by, number + 1)
        except TOLD as told:
            return told
        finally:
            if together:
                connection.close()

    if not together:
        return [one(0), one(1)]
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(one, range(2)))


def faults(report: Report) -> list[str]:
    """What must never be true of a report, whatever was done to it."""
    report.refresh_from_db()
    versions = list(report.versions.order_by("number"))
    public = [version for version in versions if version.state == State.PUBLISHED]
    in_work = [version for version in versions if version.state not in (State.PUBLISHED, State.SUPERSEDED)]
    rules = {
        "one version is public": len(public) <= 1,
        "the public one is the report's": [version.pk for version in public]
        == [each for each in [report.published_id] if each],
        "one version is in work": len(in_work) <= 1,
        "the one in work is the report's": [version.pk for version in in_work]
        == [each for each in [report.working_id] if each],
        "the versions are numbered": [version.number for version in versions] == list(range(1, len(versions) + 1)),
        "each version was begun once": all(
            version.changes.filter(action__in=(Action.CREATED, Action.IMPORTED)).count() == 1 for version in versions
        ),
        "each was published once": all(
            version.changes.filter(action=Action.PUBLISHED).count() <= 1 for version in versions
        ),
        "each edit is recorded": all(
            version.edits == max(version.changes.values_list("edits", flat=True)) for version in versions
        ),
        "what was superseded says so": all(
            version.changes.filter(action=Action.CORRECTED).count() == (version.state == State.SUPERSEDED)
            for version in versions
        ),
        "no finding stands twice": not any(_doubled(version) for version in versions),
    }
    return [rule for rule, holds in rules.items() if not holds]


def _doubled(version: Version) -> bool:
    prints = list(version.findings.exclude(decision=Decision.RESOLVED).values_list("fingerprint", flat=True))
    return len(prints) != len(set(prints))


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_whatever_two_people_do_at_once_the_report_is_whole(beginning: str, county: Division, supervisor: User) -> None:
    wrong = []
    for number, (first, second) in enumerate(combinations_with_replacement(ACTS, 2)):
        name = f"第{number}镇"
        place = agency(
            division(f"990101{200 + number:03}000", name, Level.TOWNSHIP, county), name + "人民政府", Kind.TOWNSHIP
        )
        report = BEGINNINGS[beginning](place, supervisor).report
        answers = at_once(ACTS[first], ACTS[second], report, supervisor)
        wrong += [f"{beginning}: {first} + {second}: {fault}" for fault in faults(report)]
        if first == second == "save" and beginning == "in work" and connection.vendor == "postgresql":
            # Both had read the same revision, or one of them what the other had saved.
            assert sum(isinstance(answer, Version) for answer in answers) >= 1
    assert wrong == []
    assert Change.objects.exists()
