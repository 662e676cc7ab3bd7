"""The lease that a worker has on a job: whoever holds it may change what the job changes, nobody else."""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from reports.jobs.steps import JobStep
from reports.models import Job, JobState

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 5
MAX_TURN = timedelta(seconds=10)
"""So long may a job keep a worker while others wait."""

shutting_down = threading.Event()
"""Set when this process was asked to end: the present job is released after its present step, for another worker."""


class LeaseLost(Exception):
    """The lease is no longer ours: the job was stopped, released, or acquired by another worker."""


class TurnOver(LeaseLost):
    """It was released because others wait: it goes on when it is its turn again."""


@dataclass(frozen=True)
class Lease:
    job: Job
    holder: str

    def carry_out(self, step: JobStep) -> None:
        """Does the step and counts it, whole or not at all. Raises LeaseLost, having done nothing, where the job is to stop,
        and TurnOver, having done the step, where others have waited long enough."""
        raise_after: type[LeaseLost] = LeaseLost
        with transaction.atomic():
            job = self._locked()
            if job.stop_asked:
                close_job(job, JobState.STOPPED)
            elif shutting_down.is_set():
                release(job)
            else:
                step.act(job)
                job.current_item = step.current_item[:500]
                job.done += step.counts
                job.attempts = 0 if step.counts else job.attempts
                job.lease_until = _lease_end()
                job.save()
                if not (step.counts and _is_turn_over(job)):
                    return
                release(job)
                raise_after = TurnOver
        raise raise_after

    def finish(self, state: JobState, fault: str = "") -> None:
        with transaction.atomic():
            close_job(self._locked(), state, fault)

    def release(self) -> None:
        """Lets another worker go on at once."""
        with transaction.atomic():
            release(self._locked())

    @contextmanager
    def kept_alive(self) -> Iterator[None]:
        """Renews the lease from a thread of its own, for a single file can take longer to read than a lease lasts."""
        over = threading.Event()

        def renew() -> None:
            while not over.wait(settings.JOB_LEASE / 3):
                try:
                    self._queryset().update(lease_until=_lease_end())
                except OperationalError:
                    logger.warning("The lease of job %s could not be renewed.", self.job.pk, exc_info=True)
                finally:
                    connection.close()

        thread = threading.Thread(target=renew, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _queryset(self) -> QuerySet[Job]:
        return Job.objects.filter(pk=self.job.pk, holder=self.holder, state=JobState.RUNNING)

    def _locked(self) -> Job:
        job = self._queryset().select_for_update().first()
        if job is None:
            raise LeaseLost
        return job


@transaction.atomic
def acquire(pk: int) -> Lease | None:
    """The lease of a job that waits or was abandoned; None where there is nothing to take."""
    job = Job.objects.select_for_update().filter(pk=pk).first()
    if job is None or not (job.state == JobState.WAITING or job.is_abandoned):
        return None
    if job.attempts >= MAX_ATTEMPTS:
        close_job(job, JobState.FAILED, "exhausted")
        return None
    job.state = JobState.RUNNING
    job.holder = uuid.uuid4().hex
    job.lease_until = _lease_end()
    job.attempts += 1
    job.begun_at, job.done_at_start, job.ended_at = timezone.now(), job.done, None
    job.result.pop("fault", None)
    job.save()
    return Lease(job, job.holder)


def _is_turn_over(job: Job) -> bool:
    """Ten thousand files of one person do not hold up the one file of the next."""
    if job.begun_at is None or job.done >= job.total or timezone.now() - job.begun_at < MAX_TURN:
        return False
    return Job.objects.filter(state=JobState.WAITING).exists()


def release(job: Job) -> None:
    """Puts a job back into the queue; whatever was done stays done."""
    job.state, job.holder, job.lease_until = JobState.WAITING, "", None
    job.save()


def close_job(job: Job, state: JobState, fault: str = "") -> None:
    """Closes a job. `fault` is a key of `reports.models.job.FAULTS`."""
    if fault:
        job.result["fault"] = fault
    job.state, job.holder, job.lease_until, job.current_item = state, "", None, ""
    job.stop_asked = False
    job.ended_at = timezone.now()
    job.save()


def _lease_end() -> datetime:
    return timezone.now() + timedelta(seconds=settings.JOB_LEASE)
