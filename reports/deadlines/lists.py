"""The lists on the pages about dates, each in few queries."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from agencies.codes import ancestor_codes
from agencies.models import Agency, Division, within
from reports.deadlines.deadline import Deadline, deadlines
from reports.deadlines.status import DeadlineStatus, status_of
from reports.models import DeadlineChange, Extension, ExtensionState, LocalDate, Report


@dataclass(frozen=True)
class AgencyDeadline:
    """What applies to one agency, why, and how it stands to it."""

    agency: Agency
    deadline: Deadline
    status: DeadlineStatus


def deadlines_of_agencies(agencies: list[Agency], year: int, today: datetime.date) -> list[AgencyDeadline]:
    """A row for each agency, in three queries."""
    found = deadlines(agencies, year)
    reports = {
        report.agency_id: report
        for report in Report.objects.filter(agency__in=agencies, year=year).select_related("working")
    }
    rows = []
    for agency in agencies:
        deadline, report = found[agency.pk], reports.get(agency.pk)
        state = report.working.state if report and report.working else ""
        published = bool(report and report.published_id)
        rows.append(AgencyDeadline(agency, deadline, status_of(deadline, today, state, published)))
    return rows


def dates_above(division: Division, year: int) -> list[LocalDate]:
    """What the offices above have set, the nearest first: it holds below where this office sets nothing."""
    above = LocalDate.objects.filter(year=year, division__in=ancestor_codes(division.code))
    return list(above.select_related("division").order_by("-division__level", "kind"))


def extensions_in(division: Division, year: int) -> list[Extension]:
    """What is asked for and what is in force in the division, requests first."""
    found = Extension.objects.filter(
        within(division, on="agency"), year=year, state__in=[ExtensionState.ASKED, ExtensionState.GRANTED]
    )
    return list(found.select_related("agency").order_by("state", "made_at"))


def changes_in(division: Division, year: int) -> QuerySet[DeadlineChange]:
    """What was done about dates by this office or about an agency below it, the newest first."""
    below = within(division, on="agency")
    return DeadlineChange.objects.filter(Q(division=division) | below, year=year).select_related("agency")
