"""The import of many files as a job: one file after the other, each whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import User
from reports.intake import bulk
from reports.jobs.starting import start
from reports.jobs.steps import Step
from reports.models import Batch, BatchFile, ImportStatus, Job, JobKind

TRIES = 3
"""So often a file may take its worker down with it."""


def start_import(files: Sequence[UploadedFile], by: User, *, as_draft: bool, hold_doubtful: bool) -> Batch:
    """A batch of these files, in the queue. Their bytes are kept before the rows that point to them are written."""
    rows = bulk.receive(files)
    to_do = sum(row.status == ImportStatus.WAITING for row in rows)
    words = {"first": (files[0].name or "")[-200:], "count": len(rows)}
    name = _("%(first)s等 %(count)d 个文件") if len(files) > 1 else _("%(first)s（%(count)d 个文件）")
    with transaction.atomic():
        job = start(JobKind.IMPORT, by, total=to_do)
        batch = Batch.objects.create(job=job, name=name % words, as_draft=as_draft, hold_doubtful=hold_doubtful)
        for row in rows:
            row.batch = batch
        BatchFile.objects.bulk_create(rows, batch_size=500)
    return batch


def import_batch(job: Job) -> Iterator[Step]:
    batch = job.batch
    while (
        file := batch.files.filter(status__in=(ImportStatus.WAITING, ImportStatus.READING)).order_by("position").first()
    ):
        if file.status == ImportStatus.READING and job.attempts > TRIES:
            yield Step(file.name, lambda _job, file=file: bulk.give_up(file))  # type: ignore[misc]
            continue
        yield Step(file.name, lambda _job, file=file: bulk.begin(file), counts=0)  # type: ignore[misc]
        reading = bulk.read(file)
        yield Step(file.name, partial(_keep, file, reading))
    bulk.throw_away_bytes(batch)


def _keep(file: bulk.BatchFile, reading: bulk.Reading, job: Job) -> None:
    bulk.keep(file, reading, job.started_by)
