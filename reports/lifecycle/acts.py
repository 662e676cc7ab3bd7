"""What every act on a report has in common: hold its row, read it anew, record what was done."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from reports.catalogue import sums, text_index
from reports.findings import neighbours, pending
from reports.lifecycle.differences import TEXTS, differences, text_differences
from reports.lifecycle.transitions import Act, transitions
from reports.models import Action, Change, Report, State, Version
from reports.models.published_content import scope_content
from reports.standard import edition_for
from reports.standard.elements import Edition


class Refused(Exception):
    """The act does not fit the state of the report. Its text says so in the user's words."""


class EditConflict(Exception):
    """Somebody else changed what the editor had read. Its text says so, with the time and, where it is known, by whom.

    `current` is the version or the waiting import as it stands now; `changes` is what happened to a version since, the
    newest last.
    """

    def __init__(self, told: str, current: Any, changes: Sequence[Change] = ()) -> None:
        super().__init__(told)
        self.current = current
        self.changes = changes


def lock_report(agency: Agency, year: int) -> Report:
    """The report of that agency and year, made if need be, held until the transaction ends."""
    Report.objects.get_or_create(agency=agency, year=year)
    return _lock(agency=agency, year=year)


def lock_version(version: Version) -> Version:
    """The version read anew, its report held until the transaction ends."""
    report = _lock(pk=version.report_id)
    fresh = Version.objects.with_figures().get(pk=version.pk)
    fresh.report = report
    return fresh


def _lock(**which: Any) -> Report:
    # Its own row and no join: what a join brings may be older than the lock.
    return Report.objects.select_for_update().get(**which)


def new_version(report: Report, **fields: Any) -> Version:
    """A version with the next number, not yet stored."""
    last = report.versions.aggregate(last=Max("number"))["last"] or 0
    return Version(report=report, number=last + 1, **fields)


def work_on(version: Version) -> None:
    """Makes a version the one that its report is being worked on in."""
    version.report.working = version
    version.report.save()


def form_of(year: int) -> Edition:
    """The edition in which that year is reported. Raises Refused where there is none."""
    edition = edition_for(year)
    if edition is None:
        raise Refused(_("%(year)s年度还没有统一的格式，不能在线填报。") % {"year": year})
    return edition


def require(version: Version, act: Act) -> None:
    """Raises Refused unless it is the time for the act, whoever does it."""
    if not transitions(act, State(version.state)):
        words = {"state": version.get_state_display()}
        raise Refused(_("这份报告现在的状态是“%(state)s”，不能这样做。") % words)


def record(
    version: Version,
    action: Action,
    by: User | None,
    figures: Mapping[str, Any] | None = None,
    texts: Mapping[str, Any] | None = None,
    comment: str = "",
    at: datetime.datetime | None = None,
    pins: Mapping[str, str] | None = None,
    about: str = "",
    publishes: bool = False,
) -> Change:
    """Appends what was done, now or at the given time; `about` names the finding concerned by its fingerprint; `publishes`
    says that what readers see from now on is this version as it stands."""
    change = Change(
        version=version,
        action=action,
        made_by=by,
        figures=figures or {},
        texts=texts or {},
        comment=comment,
        pins=pins or {},
        about=about,
        edits=version.edits,
        publishes=publishes,
    )
    if at:
        change.made_at = at
    change.save()
    return change


def make_public(version: Version, by: User | None, action: Action) -> None:
    """Puts a version in the place of the one that the public sees, and records what differs and why.

    Its text can be searched. It is checked anew, and so is what is compared with it, soon after, each report in a
    transaction of its own: to lock them all here would make those wait, or deadlock, who publish in the same county.
    Raises ValidationError where it was written here and a hard rule fails.
    """
    report = version.report
    changed: dict[str, Any] = {}
    changed_texts: dict[str, Any] = {}
    if earlier := report.published:
        changed = differences(earlier.figures, earlier.marks, version.figures, version.marks)
        changed_texts = text_differences(earlier, {name: getattr(version, name) for name in TEXTS})
        # First, for the database allows one published version of a report.
        earlier.state = State.SUPERSEDED
        earlier.save(update_fields=["state"])
        record(earlier, Action.CORRECTED, by, comment=version.reason)
    version.state = State.PUBLISHED
    version.published_at = timezone.now()
    version.scope_published = scope_content(version)
    if not version.came_published:
        version.full_clean()
    version.save()
    report.published = version
    if report.working_id == version.pk:
        report.working = None
    report.save()
    record(version, action, by, changed, changed_texts, version.reason, publishes=True)
    text_index.index_version(version)
    sums.refresh([report.agency_id], report.year)
    pending.check_later(version)
    neighbours.check_later(report)
