"""The steps of a job, and the kinds of work that there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reports.models import Job, JobKind


@dataclass(frozen=True)
class JobStep:
    """`act` is carried out in one transaction with the progress of the job, so that it is done and counted or neither. It may
    change `job.result` and `job.total`, which are stored with it."""

    current_item: str
    act: Callable[[Job], None]
    counts: int = 1


JobWork = Callable[[Job], Iterator[JobStep]]
"""What is left of a job, step by step. Between two steps it may read for as long as it likes but must change nothing: there
it can be killed, stopped, or lose its lease at any time."""

WORK_BY_KIND: dict[str, JobWork] = {}
"""What each kind of job does. The packages that have work for workers say so when Django starts (`reports.apps`)."""


def register(kind: JobKind, work: JobWork) -> None:
    WORK_BY_KIND[kind] = work
