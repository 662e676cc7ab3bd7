"""Which report continues which: the same agency's, or that of the one agency whose place it took.

A new name is the same agency. Where one agency became another (`Agency.successor`), the series goes on under the new
code. Where several became one, nobody has published the sum of what they reported: the new series begins there.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from agencies.models import Agency
from reports.findings.contents import AgencyYear
from reports.models import Report, Version

MAX_GENERATIONS = 3


@dataclass(frozen=True)
class Ended:
    """An agency that became part of another; `year` is that of its end, where it is known."""

    code: str
    year: int | None


Predecessors = Mapping[str, list[Ended]]


def predecessors_of(codes: Iterable[str]) -> dict[str, list[Ended]]:
    """By agency, those that became part of it, and by these, those that had become part of them."""
    found: dict[str, list[Ended]] = {}
    asked = set(codes)
    for _generation in range(MAX_GENERATIONS):
        ended = Agency.objects.filter(successor__in=asked).order_by("pk").values_list("successor_id", "pk", "valid_to")
        asked = set()
        for successor, code, until in ended:
            found.setdefault(str(successor), []).append(Ended(code, until.year if until else None))
            asked.add(code)
        asked -= found.keys()
        if not asked:
            break
    return found


def continues(code: str, year: int, predecessors: Predecessors, reported: Container[AgencyYear]) -> AgencyYear | None:
    """The report of the year before that this one continues; None where there is none, or more than one.

    A predecessor counts from the year in which it reports no more. If it ended in that very year without having reported
    the one before, what there was to continue is not known.
    """
    before = [(code, year - 1)] if (code, year - 1) in reported else []
    for ended in predecessors.get(code, ()):
        if (ended.code, year) in reported:
            continue
        if (ended.code, year - 1) in reported:
            before.append((ended.code, year - 1))
        elif ended.year == year:
            return None
    return before[0] if len(before) == 1 else None


def line_of(
    code: str, year: int, predecessors: Predecessors, reported: Container[AgencyYear], first: int
) -> list[AgencyYear]:
    """The reports of the years before in the same series, the newest first; years without a report are passed over.
    Nobody reported on a year before the `first`."""
    line = []
    for this in range(year, first, -1):
        if before := continues(code, this, predecessors, reported):
            line.append(before)
            code = before[0]
        elif _several(code, this, predecessors, reported):
            break
    return line


def _several(code: str, year: int, predecessors: Predecessors, reported: Container[AgencyYear]) -> bool:
    """Whether the series began anew: there was something to continue, and yet no one report of it."""
    alone = (code, year - 1) in reported
    return alone or any(
        (ended.code, year - 1) in reported or ended.year == year for ended in predecessors.get(code, ())
    )


def reported_by(codes: Iterable[str]) -> tuple[dict[AgencyYear, int], dict[AgencyYear, int]]:
    """By agency and year, the key of the version that was published, else of the one in work; and of the published ones
    alone."""
    reports = Report.objects.filter(agency_id__in=set(codes)).values_list("agency_id", "year", "published", "working")
    current: dict[AgencyYear, int] = {}
    public: dict[AgencyYear, int] = {}
    for code, year, published, working in reports:
        if published:
            public[code, year] = published
        if published or working:
            current[code, year] = published or working
    return current, public


def with_predecessors(codes: Iterable[str], predecessors: Predecessors) -> set[str]:
    return {*codes, *(ended.code for many in predecessors.values() for ended in many)}


def version_before(version: Version) -> int | None:
    """The key of the version that this one continues."""
    code, year = version.report.agency_id, version.report.year
    predecessors = predecessors_of([code])
    reported, _public = reported_by(with_predecessors([code], predecessors))
    before = continues(code, year, predecessors, reported)
    return reported[before] if before else None


def versions_after(versions: Iterable[Version]) -> list[Version]:
    """What is compared with these versions: what the same series published, or has in work, for the years after."""
    first: dict[str, int] = {}
    for version in versions:
        code, year = version.report.agency_id, version.report.year
        first[code] = min(year, first.get(code, year))
    heirs = Agency.objects.filter(pk__in=first, successor__isnull=False).values_list("pk", "successor_id")
    chosen = Q(pk__in=())
    for code, year in [*first.items(), *((str(heir), first[code]) for code, heir in heirs)]:
        chosen |= Q(agency_id=code, year__gt=year)
    found = Report.objects.filter(chosen).select_related("published", "working").order_by("agency_id", "year")
    return [version for report in found for version in (report.published, report.working) if version]
