"""What a kind of job is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reports.models import Job, JobKind


@dataclass(frozen=True)
class Step:
    """`act` is carried out in one transaction with the progress of the job, so that it is done and counted or neither. It may
    change `job.result` and `job.total`, which are stored with it."""

    at_hand: str
    act: Callable[[Job], None]
    counts: int = 1


Work = Callable[[Job], Iterator[Step]]
"""What is left of a job, step by step. Between two steps it may read for as long as it likes but must change nothing: there
it can be killed, stopped, or lose its lease at any time."""

WORK: dict[str, Work] = {}
"""What each kind of job does. The packages that have work for workers say so when Django starts (`reports.apps`)."""


def register(kind: JobKind, work: Work) -> None:
    WORK[kind] = work
