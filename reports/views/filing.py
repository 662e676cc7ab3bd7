"""The clerk's pages: what is to be filed, and the form that mirrors the official tables."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import agencies_of, may, supervises
from agencies.models import Agency, Role
from reports import lifecycle
from reports.carrying import compared, last_year_of
from reports.entry import chapters
from reports.forms import EntryForm, entry_form
from reports.live import for_browser
from reports.models import Action, Decision, PendingImport, Report, Severity, State, Version
from reports.numbered import UNDECIDED, numbered_findings
from reports.reading import owing
from reports.standard import EDITIONS, edition_for
from reports.views.editing import Problem, act
from reports.views.signed_in import SignedIn

FILERS = (Role.CLERK, Role.REVIEWER)
MOST_ROWS = 200
EDITABLE = (State.DRAFT, State.RETURNED)


def year_due() -> int:
    """The report year that is being filed: the last one that has ended."""
    return timezone.localdate().year - 1


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def filing(request: SignedIn) -> HttpResponse:
    """What is to be filed and what was: the agencies of this user, their drafts and reports."""
    if request.method == "POST":
        return _start(request)
    own = agencies_of(request.user, *FILERS)
    year = year_due()
    reports = list(
        Report.objects.filter(agency__in=own.values("pk"))
        .select_related("agency", "working", "published")
        .annotate(errors_open=_open(Severity.ERROR), warnings_open=_open(Severity.WARNING))
        .order_by("-year", "agency_id")[:MOST_ROWS]
    )
    missing = owing(year).filter(pk__in=own.values("pk")).exclude(reports__year=year)[:MOST_ROWS]
    context = {
        "year": year,
        "agencies": list(own[: MOST_ROWS + 1]),
        "working": [report for report in reports if report.working],
        "done": [report for report in reports if not report.working],
        "missing": [Report(agency=agency, year=year) for agency in missing],
        "pending": PendingImport.objects.filter(created_by=request.user).select_related("source"),
        "years": [other for other in range(year + 1, 2018, -1) if edition_for(other)],
        "today": timezone.localdate(),
    }
    return render(request, "filing/home.html", context)


def _open(severity: Severity) -> Count:
    return Count(
        "working__findings",
        filter=Q(working__findings__severity=severity, working__findings__decision=Decision.OPEN),
    )


def _start(request: SignedIn) -> HttpResponse:
    agency = Agency.objects.filter(pk=request.POST.get("agency", "")).first()
    if agency is None or not may(request.user, agency, *FILERS):
        raise Http404
    year = request.POST.get("year", "")
    if not year.isdecimal() or len(year) != 4 or int(year) > year_due() + 1:
        messages.error(request, _("请选择报告年度。"))
        return redirect("filing")
    try:
        lifecycle.start_draft(agency, int(year), request.user)
    except lifecycle.Refused as refused:
        messages.warning(request, str(refused))
        if edition_for(int(year)) is None:
            return redirect("filing")
    return redirect("draft", agency.code, int(year))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: SignedIn, code: str, year: str) -> HttpResponse:
    """One report on one page: read it, save it, submit it. Filers of the agency write, its supervisors read."""
    agency = get_object_or_404(Agency, pk=code)
    files = may(request.user, agency, *FILERS)
    if edition_for(int(year)) is None or not (files or supervises(request.user, agency)):
        raise Http404
    version = _version(agency, int(year))
    if version is None or not version.edition:
        return render(request, "filing/none.html", {"agency": agency, "year": year, "files": files, "version": version})
    if request.method == "POST":
        if not files:
            raise PermissionDenied
        outcome = act(version, request.POST, request.user, may_submit=_why_not_submit(request, agency) == "")
        for level, text in outcome.messages:
            messages.add_message(request, level, text)
        if outcome.done:
            return redirect("draft", code, year)
        return _page(request, outcome.version, outcome.form, files, outcome.problem)
    return _page(request, version, entry_form(version), files)


def _version(agency: Agency, year: int) -> Version | None:
    """The version that is being worked on, else the public one."""
    figures = [f"{which}__figures_{name}" for which in ("working", "published") for name in EDITIONS]
    report = (
        Report.objects.filter(agency=agency, year=year)
        .select_related("working__source", "published__source", *figures)
        .first()
    )
    version = (report.working or report.published) if report else None
    if version and report:
        report.agency = agency
        version.report = report
    return version


def _why_not_submit(request: SignedIn, agency: Agency) -> str:
    """Why this user may not submit; empty where nothing stands against it. With a reviewer in the office it is his."""
    reviewers = agency.memberships.filter(role=Role.REVIEWER, user__is_active=True).select_related("user")
    names = [member.user.get_full_name() or member.user.username for member in reviewers]
    if not names or may(request.user, agency, Role.REVIEWER):
        return ""
    return _("填好以后，请本机关审核员（%(names)s）核对并提交。") % {"names": _("、").join(names)}


def _locked(version: Version, files: bool) -> str:
    """Why the form cannot be changed, and who can unlock it; empty where it can."""
    if version.state == State.SUBMITTED:
        return _("已经提交，等待主管部门审核，现在不能修改。要改的话，可以先撤回，或请主管部门退回。")
    if version.state not in EDITABLE:
        return _("这份报告已经公开，不能直接修改。要改正的话，请写明理由作更正，原来的版本仍然公开。")
    if not files:
        return _("这是下级机关正在填写的报告，您可以查看，不能修改。")
    return ""


def _page(
    request: SignedIn, version: Version, form: EntryForm, files: bool, problem: Problem | None = None
) -> HttpResponse:
    edition = version.form
    assert edition is not None
    problem = problem or Problem()
    locked = _locked(version, files)
    findings = numbered_findings(version)
    # An empty cell is hatched already; a number and a frame around each would hide the contradictions.
    contradictions = [finding for finding in findings if finding.rule != UNDECIDED]
    figures = version.figures | form.figures | {key: None for key in form.errors if key in edition.figures}
    last = compared(form, last_year_of(version))
    if locked:
        last = replace(last, proposed={})
    parts = chapters(edition, form, figures, version.marks | form.marks, contradictions, last)
    changes = list(version.changes.select_related("made_by").order_by("-pk")[:1])
    returned = version.changes.filter(action=Action.RETURNED).last() if version.state == State.RETURNED else None
    why_not_submit = _why_not_submit(request, version.report.agency) if files and not locked else ""
    context = {
        "agency": version.report.agency,
        "year": version.report.year,
        "version": version,
        "edition": edition,
        "chapters": parts,
        "findings": contradictions,
        "not_filled": findings[len(contradictions) :],
        "problem": problem,
        "revision": version.revision,
        "changed": changes[0] if changes else None,
        "saved": version.changed_at if changes and changes[0].action != Action.CREATED else None,
        "unsaved": problem.unsaved,
        "unbalanced": sum(part.table.broken for part in parts if part.table),
        "blank": sum(number is None for number in figures.values()),
        "locked": locked,
        "files": files,
        "readonly": bool(locked),
        "returned": returned,
        "may_submit": not why_not_submit,
        "why_not_submit": why_not_submit,
        "last": last,
        "for_browser": for_browser(edition, None if locked else last.version),
    }
    return render(request, "filing/draft.html", context, status=problem.status)
