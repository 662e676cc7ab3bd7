"""The import of many files as a job: one file after the other, each whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from reports.importing import bulk
from reports.jobs.steps import Step
from reports.models import Fate, Job

TRIES = 3
"""So often a file may take its worker down with it."""


def import_batch(job: Job) -> Iterator[Step]:
    batch = job.batch
    while file := batch.files.filter(fate__in=(Fate.WAITING, Fate.READING)).order_by("position").first():
        if file.fate == Fate.READING and job.attempts > TRIES:
            yield Step(file.name, lambda _job, file=file: bulk.give_up(file))  # type: ignore[misc]
            continue
        yield Step(file.name, lambda _job, file=file: bulk.begin(file), counts=0)  # type: ignore[misc]
        reading = bulk.read(file)
        yield Step(file.name, partial(_keep, file, reading))
    bulk.throw_away_bytes(batch)


def _keep(file: bulk.BatchFile, reading: bulk.Reading, job: Job) -> None:
    bulk.keep(file, reading, job.started_by)
