"""Stored reports as the checks see them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from reports.checks.content import Content
from reports.models import Report, Version, content_of

AgencyYear = tuple[str, int]
"""The code of an agency and the year of a report."""


def contents_of(keys: Iterable[int]) -> dict[AgencyYear, Content]:
    """By agency and year: the versions with these keys."""
    wanted = set(keys)
    found = Version.objects.filter(pk__in=wanted).with_figures() if wanted else ()
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
