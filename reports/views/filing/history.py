"""The history of a report: every step of every version, and any two moments side by side."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from agencies.access import AuthenticatedRequest
from agencies.models import Agency
from reports.filing.history import Step, as_it_stood, compared, label, steps
from reports.lifecycle.permissions import files_for, may_see_drafts
from reports.models import Change, Version


@login_required
@require_safe
def history(request: AuthenticatedRequest, code: str, year: str) -> HttpResponse:
    """Who changed what, when, from what to what. For the filers of the agency and its supervisors."""
    agency = get_object_or_404(Agency, pk=code)
    if not may_see_drafts(request.user, agency):
        raise Http404
    versions = list(
        Version.objects.filter(report__agency=agency, report__year=int(year)).with_figures().order_by("-number")
    )
    if not versions:
        raise Http404
    changes: dict[int, list[Change]] = {version.pk: [] for version in versions}
    for change in Change.objects.filter(version__in=versions).order_by("pk"):
        changes[change.version_id].append(change)
    found = [step for version in versions for step in reversed(steps(version, changes[version.pk]))]
    at = request.GET.get("at", "")
    shown = [step for step in found if at in step.changed] if at else found
    sides = [_side(found, request.GET.get(side, "")) for side in ("left", "right")]
    left, right = sides
    differences = None
    if left and right:
        states = [as_it_stood(step.version, changes[step.version.pk], step.last) for step in (left, right)]
        differences = compared(right.version, *states)
    context = {
        "agency": agency,
        "files": files_for(request.user, agency),
        "year": int(year),
        "steps": shown,
        "at": at,
        "at_label": label(versions[0], at),
        "left": left,
        "right": right,
        "sides": sides,
        "differences": differences,
    }
    return render(request, "filing/history.html", context)


def _side(found: list[Step], chosen: str) -> Step | None:
    return next((step for step in found if str(step.last.pk) == chosen), None)
