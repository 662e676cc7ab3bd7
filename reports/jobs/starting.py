"""Starting, stopping and resuming jobs, and finding those whose worker was killed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from agencies.access import office_of
from agencies.models import User, name_of
from reports.jobs.lease import close_job
from reports.jobs.running import run_job
from reports.models import Job, JobKind, JobState

MAX_STARTS_A_MINUTE = 20
MAX_UNDER_WAY = 10
"""Of one person: one file of ten thousand in an archive is no job of its own."""


def why_wait(by: User) -> str:
    """Why somebody may start no more jobs just now; empty where he may."""
    mine = Job.objects.filter(started_by=by)
    under_way = mine.filter(state__in=(JobState.WAITING, JobState.RUNNING)).count()
    if under_way >= MAX_UNDER_WAY:
        return _("您还有 %(count)d 个任务没有处理完，请等它们完成后再导入。多份文件可以一次选中，或装进一个 zip。") % {
            "count": under_way
        }
    if mine.filter(created_at__gt=timezone.now() - timedelta(minutes=1)).count() >= MAX_STARTS_A_MINUTE:
        return _("一分钟内导入的次数太多，请稍等再试。多份文件可以一次选中，或装进一个 zip。")
    return ""


@transaction.atomic
def start(kind: JobKind, by: User | None, total: int = 0, **remembered: Any) -> Job:
    """A new job in the queue. It tells what it has to tell in the language of the one who starts it."""
    job = Job.objects.create(
        kind=kind,
        started_by=by,
        started_by_name=name_of(by),
        total=total,
        result=remembered,
        language=translation.get_language() or "zh-hans",
        **office_of(by),
    )
    run_job.enqueue(job.pk)
    return job


@transaction.atomic
def stop(job: Job) -> None:
    """Asks a job to stop: at once where nobody is at it, else after the step at hand."""
    locked = Job.objects.select_for_update().get(pk=job.pk)
    if locked.state == JobState.WAITING or locked.is_abandoned:
        close_job(locked, JobState.STOPPED)
    elif locked.state == JobState.RUNNING:
        locked.stop_asked = True
        locked.save()


@transaction.atomic
def resume(job: Job) -> None:
    """Puts a stopped or broken job back into the queue; it goes on where it was."""
    locked = Job.objects.select_for_update().get(pk=job.pk)
    if locked.may_resume:
        locked.state, locked.attempts, locked.stop_asked, locked.ended_at = JobState.WAITING, 0, False, None
        locked.save()
        run_job.enqueue(locked.pk)


@transaction.atomic
def sweep() -> int:
    """Puts jobs that nobody is at back into the queue, and says how many.

    That is: those whose worker no longer renews its lease, and those in the queue for which no task is waiting any more, a
    killed worker having taken it.
    """
    now = timezone.now()
    # A lease that reaches further than any does was taken before the clock was set back.
    over = Q(lease_until__lt=now) | Q(lease_until__gt=now + timedelta(seconds=settings.JOB_LEASE))
    expired = Q(state=JobState.RUNNING) & over
    jobs = list(Job.objects.select_for_update(skip_locked=True).filter(expired | Q(state=JobState.WAITING)))
    if not jobs:
        return 0
    waiting = DBTaskResult.objects.ready().filter(task_path=run_job.module_path)
    queued = {each["args"][0] for each in waiting.values_list("args_kwargs", flat=True)}
    lost = [job for job in jobs if job.pk not in queued]
    for job in lost:
        run_job.enqueue(job.pk)
    _close_tasks_of_killed_workers(lost)
    return len(lost)


def _close_tasks_of_killed_workers(lost: list[Job]) -> None:
    """The library would show them as running for ever."""
    running = DBTaskResult.objects.running().filter(task_path=run_job.module_path)
    keys = {job.pk for job in lost}
    dead = [each.pk for each in running if each.args_kwargs["args"][0] in keys]
    DBTaskResult.objects.filter(pk__in=dead).update(status=TaskResultStatus.FAILED, finished_at=timezone.now())
