"""Checking stored reports anew, after the rules have changed."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import AuthenticatedRequest, scope_of
from agencies.models import Role
from reports.checks.wording import rule_name
from reports.findings.rechecking import versions_to_recheck
from reports.jobs import starting
from reports.jobs.access import jobs_of
from reports.lifecycle import Act
from reports.lifecycle.permissions import require_anywhere
from reports.models import Job, JobKind

NEWEST = 10


def _faults(job: Job) -> list[tuple[str, int]]:
    """The rules that could not be run, by their name, each with the number of reports."""
    return [(rule_name(code), count) for code, count in sorted(job.result.get("faults", {}).items())]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recheck(request: AuthenticatedRequest) -> HttpResponse:
    """How many reports older rules judged; starting a re-check, its progress, stopping it and letting it go on."""
    require_anywhere(request.user, Act.RECHECK)
    jobs = jobs_of(request.user).filter(kind=JobKind.RECHECK)
    if request.method == "POST":
        act = request.POST.get("act", "")
        if act in ("stop", "resume"):
            job = get_object_or_404(jobs, pk=request.POST.get("job") or 0)
            (starting.stop if act == "stop" else starting.resume)(job)
        elif any(job.is_under_way for job in jobs.filter(started_by=request.user)):
            messages.info(request, _("上一次核对还没有做完，请等它做完，或者先停止。"))
        elif act in ("due", "all"):
            starting.start(JobKind.RECHECK, request.user, all=act == "all")
        return redirect("recheck")
    scope = scope_of(request.user, Role.SUPERVISOR, on="report__agency")
    newest = list(jobs[:NEWEST])
    context = {
        "due": versions_to_recheck().filter(scope).count(),
        "everything": versions_to_recheck(everything=True).filter(scope).count(),
        "job": newest[0] if newest else None,
        "faults": _faults(newest[0]) if newest else [],
        "earlier": newest[1:],
    }
    return render(request, "review/recheck.html", context)
