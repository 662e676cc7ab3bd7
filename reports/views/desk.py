"""Where each begins after signing in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from agencies.access import AuthenticatedRequest
from reports.lifecycle.permissions import first_page


@login_required
@require_safe
def desk(request: AuthenticatedRequest) -> HttpResponse:
    """Clerks and reviewers begin with what is to be done, supervisors with the queue, everybody else at the front."""
    return redirect(first_page(request.user))
