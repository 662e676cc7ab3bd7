"""A submitted report made public, and a public one corrected."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agencies.models import User
from reports.findings.pending import check_later
from reports.lifecycle.acts import (
    Refused,
    form_of,
    lock_report,
    lock_version,
    make_public,
    new_version,
    record,
    require,
    work_on,
)
from reports.lifecycle.differences import TEXTS
from reports.lifecycle.drafting import require_seen
from reports.lifecycle.transactions import act
from reports.lifecycle.transitions import Act
from reports.models import Action, Report, State, Version, write_figures


@act
def publish(version: Version, by: User | None, seen: str | None = None) -> Version:
    """Makes a submitted report public; the version that was public before stays readable, as superseded.

    Publishing again what is public changes nothing. `seen` is the revision that was read. Raises ValidationError where a
    hard rule fails, Refused where it was not submitted, EditConflict where it was changed since it was read.
    """
    version = lock_version(version)
    if version.state == State.PUBLISHED:
        return version
    require(version, Act.PUBLISH)
    require_seen(version, seen)
    make_public(version, by, Action.PUBLISHED)
    return version


@act
def start_correction(report: Report, by: User | None, reason: str) -> Version:
    """A draft that begins as a copy of what is public, which stays public until the draft is published.

    Of one that was taken down it is a copy of what was public then. Raises ValidationError without a reason, Refused where
    nothing ever was public or somebody is at work on it already.
    """
    reason = reason.strip()
    if not reason:
        raise ValidationError(_("请说明更正的理由。"), "reason_needed")
    report = lock_report(report.agency, report.year)
    public_before = report.published or report.taken_down
    if public_before is None:
        raise Refused(_("这份报告还没有公开，不需要更正。"))
    if report.working:
        working = lock_version(report.working)
        if (working.reason, working.created_by) == (reason, by):
            return working
        raise Refused(_("这份报告已有在办的版本，请先处理完。"))
    public = lock_version(public_before)
    edition = public.form if public.form and public.form.covers(report.year) else form_of(report.year)
    version = new_version(report, edition=edition.name, created_by=by, reason=reason)
    for name in (*TEXTS, "source"):
        setattr(version, name, getattr(public, name))
    # Where its tables were of the wrong edition, only what both name alike can be taken over.
    version.marks = {key: mark for key, mark in public.marks.items() if key in edition.figures}
    lost = {key for key in public.figures if key not in edition.figures}
    version.places = {where: place for where, place in public.places.items() if where not in lost}
    version.save()
    write_figures(version, {key: value for key, value in public.figures.items() if key in edition.figures})
    work_on(version)
    record(version, Action.CREATED, by, comment=reason, at=version.changed_at)
    check_later(version)
    return version
