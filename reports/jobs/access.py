"""Access to jobs: the office for which one was started may see, stop and resume it, and so may the supervisors over it."""

from __future__ import annotations

from django.db.models import QuerySet

from agencies.access import office_work_of
from agencies.models import User
from reports.models import Job


def jobs_of(user: User, *, below: bool = True) -> QuerySet[Job]:
    return Job.objects.filter(office_work_of(user, below=below))
