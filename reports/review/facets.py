"""How many findings each value of each filter would leave, the other filters kept: one query a filter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from agencies.access import offices_of
from agencies.codes import ancestor_codes
from agencies.models import Division, Level, User
from reports.checks.wording import rule_name
from reports.lifecycle import DECIDABLE
from reports.models import Decision, Finding, Severity, State
from reports.review.queue import (
    AGES,
    ANY,
    MINE,
    NOBODY,
    OUTSTANDING,
    REPLACED,
    FindingFilter,
    QueueFacet,
    QueueOption,
    created_within,
)

AGENCY = "version__report__agency_id"
YEAR = "version__report__year"
Counted = tuple[str, str, int]
"""A value, what it is called, how many findings it would leave."""


def facets(queue: FindingFilter) -> list[QueueFacet]:
    """Every filter of the queue with its values and their numbers."""
    return [
        _facet(queue, "region", _regions(queue)),
        _facet(queue, "year", _numbered(queue, "year", YEAR, newest_first=True)),
        _facet(queue, "rule", _numbered(queue, "rule", "rule")),
        _facet(queue, "severity", _severities(queue)),
        _facet(queue, "state", _states(queue)),
        _facet(queue, "age", _ages(queue)),
        _facet(queue, "assignee", _assignees(queue)),
    ]


def _facet(queue: FindingFilter, name: str, counted: Iterable[Counted]) -> QueueFacet:
    chosen = queue.understood.get(name)
    chosen = "" if chosen is None else str(chosen)
    options = [QueueOption(value, text, count, value == chosen) for value, text, count in counted]
    if chosen and not any(option.chosen for option in options):
        options.append(QueueOption(chosen, queue.shown(name, chosen), 0, True))
    return QueueFacet(name, str(queue.form.fields[name].label), options)


def _tally(findings: QuerySet[Finding], *by: Any) -> list[tuple[Any, ...]]:
    return list(findings.order_by().values_list(*by).annotate(Count("pk")))


def _numbered(queue: FindingFilter, name: str, field: str, newest_first: bool = False) -> list[Counted]:
    counts: Mapping[Any, int] = dict(_tally(queue.all_but(name), field))
    keys = sorted(counts, reverse=True) if newest_first else sorted(counts, key=lambda key: -counts[key])
    words = [(str(key), rule_name(key) if name == "rule" else str(key), counts[key]) for key in keys]
    return [("", _("全部"), sum(counts.values())), *words]


def _severities(queue: FindingFilter) -> list[Counted]:
    counts: Mapping[str, int] = dict(_tally(queue.all_but("severity"), "severity"))
    grave = counts.get(Severity.ERROR, 0) + counts.get(Severity.WARNING, 0)
    return [
        ("", _("错误和疑点"), grave),
        *((severity.value, str(severity.label), counts.get(severity.value, 0)) for severity in Severity),
    ]


def _states(queue: FindingFilter) -> list[Counted]:
    counts = {
        (decision, state): count
        for decision, state, count in _tally(queue.all_but("state"), "decision", "version__state")
    }

    def count_of(decisions: Iterable[str], states: Iterable[str]) -> int:
        return sum(counts.get((decision, state), 0) for state in states for decision in decisions)

    return [
        ("", _("待办"), count_of(OUTSTANDING, DECIDABLE)),
        *((one.value, str(one.label), count_of([one], DECIDABLE)) for one in Decision),
        (ANY, _("全部状态"), count_of(Decision, DECIDABLE)),
        (REPLACED, _("属于已更正的版本"), count_of(Decision, [State.SUPERSEDED])),
    ]


def _ages(queue: FindingFilter) -> list[Counted]:
    counted = {age: Count("pk", filter=created_within(age, queue.now)) for age in AGES}
    counts = queue.all_but("age").aggregate(everything=Count("pk"), **counted)
    names = dict(queue.filters["age"].extra["choices"])
    return [("", _("不限"), counts["everything"]), *((age, str(names[age]), counts[age]) for age in AGES)]


def _assignees(queue: FindingFilter) -> list[Counted]:
    counts: dict[int | None, int] = dict(_tally(queue.all_but("assignee"), "assignee"))
    mine = counts.get(queue.user.pk, 0)
    people = [key for key in counts if key not in (None, queue.user.pk)]
    names = User.objects.filter(pk__in=people).values_list("pk", "username")
    others = [(str(key), name, counts[key]) for key, name in names]
    return [
        ("", _("不限"), sum(counts.values())),
        (MINE, _("我的"), mine),
        (NOBODY, _("未分派"), counts.get(None, 0)),
        *sorted(others, key=lambda option: option[1]),
    ]


def _regions(queue: FindingFilter) -> list[Counted]:
    """The place chosen, what lies above it, and its parts."""
    found = queue.all_but("region")
    root = root_of(queue.user)
    base = queue.region or root
    parts = list(parts_of(base))
    digits = max((len(part.prefix) for part in parts), default=12)
    counts: Mapping[str, int] = dict(_tally(found, Left(AGENCY, digits)))

    def inside(place: Division) -> int:
        return sum(count for prefix, count in counts.items() if prefix.startswith(place.prefix))

    line: list[Division] = []
    if queue.region:
        above = Division.objects.filter(pk__in=[*ancestor_codes(queue.region.code), queue.region.code])
        line = [place for place in above if root is None or place.level >= root.level]
    listed = [(place.code, place.name, inside(place)) for place in [*line, *parts]]
    here = queue.region.code if queue.region else ""
    return [("", _("全部"), sum(counts.values())), *(option for option in listed if option[2] or option[0] == here)]


def root_of(user: User) -> Division | None:
    """The one place that the user supervises; None where there is more than one, or the whole country."""
    places = offices_of(user)
    return places[0] if len(places) == 1 and not user.is_superuser else None


def parts_of(place: Division | None) -> QuerySet[Division]:
    """What a place is created_within of; the provinces, where none is given."""
    if place is None:
        return Division.objects.filter(level=Level.PROVINCE)
    return Division.objects.filter(parent=place)
