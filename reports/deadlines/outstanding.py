"""What an agency still has to do about its reports, the most urgent first."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from agencies.models import Agency
from reports.deadlines.deadline import Deadline, deadlines_of_reports
from reports.deadlines.status import SOON_DAYS, DeadlineStatus, time_left
from reports.lifecycle import EDITABLE
from reports.models import Action, Change, Matter, Report, State


@dataclass(frozen=True)
class Task:
    """One report to go on with. A correction has no deadline: the report is public already.

    `report` is None where nothing has been begun; `returned` is how it was given back, where it was.
    """

    agency: Agency
    year: int
    matter: Matter
    deadline: Deadline | None
    left: DeadlineStatus | None
    report: Report | None = None
    returned: Change | None = None

    @property
    def overdue(self) -> bool:
        return bool(self.left and self.deadline and self.left.tone == "wrong")

    @property
    def waits_for_reviewer(self) -> bool:
        return bool(self.report and self.report.working and self.report.working.state == State.SENT)


def tasks(missing: Iterable[Agency], year: int, reports: Iterable[Report], today: datetime.date) -> list[Task]:
    """What is to be done: a report on the year by each of `missing`, and those of `reports` that are under way.

    Expects `reports` with agency and working version. Three queries, however many there are.
    """
    begun = [report for report in reports if report.working and report.working.state in EDITABLE]
    wanted = [(agency, year, None) for agency in missing] + [(report.agency, report.year, report) for report in begun]
    found = deadlines_of_reports((agency, of_year) for agency, of_year, _report in wanted)
    returned = _last_returns(begun)
    listed = []
    for agency, of_year, report in wanted:
        deadline = None if report and report.published_id else found[agency.pk, of_year]
        listed.append(
            Task(
                agency=agency,
                year=of_year,
                matter=_matter(report),
                deadline=deadline,
                left=time_left(deadline, today) if deadline else None,
                report=report,
                returned=returned.get(report.working_id) if report else None,
            )
        )
    return sorted(listed, key=_urgency)


def at_a_glance(listed: Iterable[Task]) -> list[DeadlineStatus]:
    """How many were returned, are due, will be within days, and are not begun: in words, what presses first."""
    found = list(listed)
    returned = sum(task.matter == Matter.RETURNED for task in found)
    due = sum(task.overdue for task in found)
    soon = sum(bool(task.left and task.left.tone == "doubt") for task in found)
    missing = sum(task.matter == Matter.MISSING for task in found)
    counted = [
        (due, _("已到期 %(count)d 件"), "wrong"),
        (returned, _("被退回 %(count)d 件"), "doubt"),
        (soon, _("%(days)d 天内到期 %(count)d 件"), "doubt"),
        (missing, _("还没有开始 %(count)d 件"), "muted"),
    ]
    return [
        DeadlineStatus(words % {"count": count, "days": SOON_DAYS}, tone) for count, words, tone in counted if count
    ]


def _matter(report: Report | None) -> Matter:
    if report is None:
        return Matter.MISSING
    state = report.working.state if report.working else ""
    return Matter.RETURNED if state == State.RETURNED else Matter.UNFINISHED


def _last_returns(begun: list[Report]) -> dict[int | None, Change]:
    """How each returned version was given back the last time."""
    returned = [report.working_id for report in begun if report.working and report.working.state == State.RETURNED]
    if not returned:
        return {}
    changes = Change.objects.filter(version__in=returned, action=Action.RETURNED)
    return {change.version_id: change for change in changes.order_by("pk")}


def _urgency(task: Task) -> tuple[datetime.date, bool, str]:
    due = task.deadline.due if task.deadline else datetime.date.max
    return due, task.matter != Matter.RETURNED, task.agency.pk
