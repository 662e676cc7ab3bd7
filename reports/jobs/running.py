"""The task that a worker carries out: one job, as far as it gets."""

from __future__ import annotations

import logging

from django.db import OperationalError
from django.utils import translation
from django_tasks import task

from reports.jobs.lease import LeaseLost, TurnOver, acquire
from reports.jobs.steps import WORK_BY_KIND
from reports.models import JobState

logger = logging.getLogger(__name__)


@task
def run_job(pk: int) -> None:
    """Works a job off. It does nothing where another worker is at it, or where it was stopped or done already."""
    lease = acquire(pk)
    if lease is None:
        return
    job = lease.job
    try:
        with lease.kept_alive(), translation.override(job.language):
            for step in WORK_BY_KIND[job.kind](job):
                lease.carry_out(step)
            lease.finish(JobState.DONE)
    except TurnOver:
        run_job.enqueue(pk)
    except LeaseLost:
        logger.info("Job %s was stopped or taken over.", pk)
    except OperationalError:
        # The database was away or too busy: nobody's fault, and not the last word.
        logger.warning("Job %s is released.", pk, exc_info=True)
        lease.release()
    except Exception:
        logger.exception("Job %s failed.", pk)
        lease.finish(JobState.FAILED, "error")
    except BaseException:
        # The worker is being ended in the middle of a step, which is undone.
        lease.release()
        raise
