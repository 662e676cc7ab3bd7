"""Access to jobs: whoever started one may see, stop and resume it, and so may the supervisors over him."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from agencies.access import scope_of
from agencies.models import Role, User
from reports.models import Job


def jobs_of(user: User) -> QuerySet[Job]:
    if user.is_superuser:
        return Job.objects.all()
    below = User.objects.filter(scope_of(user, Role.SUPERVISOR, on="memberships__agency"))
    return Job.objects.filter(Q(started_by=user) | Q(started_by__in=below.values("pk")))
