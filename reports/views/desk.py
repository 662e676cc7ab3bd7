"""Where each begins after signing in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from agencies.access import AuthenticatedRequest
from agencies.models import Role


@login_required
@require_safe
def desk(request: AuthenticatedRequest) -> HttpResponse:
    """Clerks and reviewers begin with what is to be done, supervisors with the queue, everybody else at the front."""
    roles = set(request.user.memberships.values_list("role", flat=True))
    if roles & {Role.CLERK, Role.REVIEWER}:
        return redirect("filing")
    return redirect("review" if Role.SUPERVISOR in roles else "home")
