"""The clerk's pages: what is to be filed, and the form that mirrors the official tables."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import AuthenticatedRequest, agencies_of
from agencies.models import Agency
from reports import lifecycle
from reports.deadlines.outstanding import at_a_glance, tasks
from reports.filing.finding_list import UNDECIDED
from reports.intake.batch_tables import unfinished_batches
from reports.intake.preview import waiting_for_office
from reports.lifecycle import FILERS
from reports.lifecycle.permissions import files_for
from reports.models import Decision, Report, Severity, State
from reports.standard import edition_for

MAX_ROWS = 200


def year_due() -> int:
    """The report year that is being filed: the last one that has ended."""
    return timezone.localdate().year - 1


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def filing(request: AuthenticatedRequest) -> HttpResponse:
    """What is to be filed and what was: the agencies of this user, their drafts and reports."""
    if request.method == "POST":
        return _start(request)
    own = agencies_of(request.user, *FILERS)
    year = year_due()
    reports = list(
        Report.objects.filter(agency__in=own.values("pk"))
        .select_related("agency", "working", "published")
        .annotate(errors_open=_open(Severity.ERROR), warnings_open=_open(Severity.WARNING))
        .order_by("-year", "agency_id")[:MAX_ROWS]
    )
    missing = Agency.objects.owing(year).filter(pk__in=own.values("pk")).exclude(reports__year=year)[:MAX_ROWS]
    to_do = tasks(missing, year, reports, timezone.localdate())
    context = {
        "year": year,
        "agencies": list(own[: MAX_ROWS + 1]),
        "tasks": to_do,
        "glance": at_a_glance(to_do),
        "handed_in": [report for report in reports if report.working and report.working.state == State.SUBMITTED],
        "done": [report for report in reports if not report.working],
        "pending": waiting_for_office(request.user),
        "batches": unfinished_batches(request.user),
        "years": [other for other in range(year + 1, 2018, -1) if edition_for(other)],
    }
    return render(request, "filing/home.html", context)


def _open(severity: Severity) -> Count:
    # What is not filled in yet is no error of whoever has just begun.
    return Count(
        "working__findings",
        filter=Q(working__findings__severity=severity, working__findings__decision=Decision.OPEN)
        & ~Q(working__findings__rule=UNDECIDED),
    )


def _start(request: AuthenticatedRequest) -> HttpResponse:
    agency = Agency.objects.filter(pk=request.POST.get("agency", "")).first()
    if agency is None or not files_for(request.user, agency):
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
