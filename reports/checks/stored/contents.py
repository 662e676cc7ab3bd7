"""Stored reports as the rules see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q, QuerySet

from agencies.codes import DIVISION_CODE_LENGTH, level_of
from reports.checks.content import Content, Number
from reports.models import Report, State, Version
from reports.standard import EDITIONS

AgencyYear = tuple[str, int]
"""The code of an agency and the year of a report."""

# Such a cell was read for certain: what stands there is not what belongs there, and that is for the rules to say.
_READ_FOR_CERTAIN = frozenset({"not_a_number", "other_unit"})
_SETTLED = (State.PUBLISHED, State.SUPERSEDED)


def content_of(version: Version) -> Content:
    """A stored version as the rules see it.

    In a draft nothing is excused by the doubts of an import: its filer answers for every cell, and every table is there
    to be filled in.
    """
    try:
        figures = version.figures
    except ObjectDoesNotExist:
        figures = dict.fromkeys(version.form.figures if version.form else ())
    settled = version.state in _SETTLED
    return Content(
        edition=version.edition,
        year=version.report.year,
        agency=version.printed_name or version.report.agency.name,
        figures=figures,
        marks=version.marks,
        narrative=version.narrative,
        missing_tables=frozenset(version.missing_tables if settled else ()),
        doubted=doubted_cells(version.doubts, figures) if settled else frozenset(),
        level=level_of(version.report.agency_id[:DIVISION_CODE_LENGTH]),
    )


def doubted_cells(doubts: Iterable[Mapping[str, Any]], figures: Mapping[str, Number | None]) -> frozenset[str]:
    """The cells that some doubt of the import names to which nobody has seen, by their key, their row or their table."""
    open_doubts = (doubt for doubt in doubts if not doubt.get("settled_by"))
    places = {doubt["where"] for doubt in open_doubts if doubt["code"] not in _READ_FOR_CERTAIN}
    if not places:
        return frozenset()
    return frozenset(key for key in figures if places & {key, key.rpartition(".")[0], key.partition(".")[0]})


def with_figures(versions: QuerySet[Version]) -> list[Version]:
    """Versions with their report, agency and figures, in one query."""
    return list(versions.select_related("report__agency", *(f"figures_{name}" for name in EDITIONS)))


def contents_of(keys: Iterable[int]) -> dict[AgencyYear, Content]:
    """By agency and year: the versions with these keys."""
    wanted = set(keys)
    found = with_figures(Version.objects.filter(pk__in=wanted)) if wanted else []
    return {(version.report.agency_id, version.report.year): content_of(version) for version in found}


def reports_of(wanted: Iterable[AgencyYear]) -> QuerySet[Report]:
    """The reports of these agencies and years."""
    agencies: dict[int, set[str]] = {}
    for agency, year in wanted:
        agencies.setdefault(year, set()).add(agency)
    chosen = Q(pk__in=())
    for year, codes in agencies.items():
        chosen |= Q(year=year, agency_id__in=codes)
    return Report.objects.filter(chosen)


def contents_of_years(wanted: Iterable[AgencyYear], *, published: bool = False) -> dict[AgencyYear, Content]:
    """By agency and year: these reports as they were published, else, unless only `published` ones count, as they are being
    worked on."""
    chosen = [report.published_id or (None if published else report.working_id) for report in reports_of(wanted)]
    return contents_of(pk for pk in chosen if pk)
