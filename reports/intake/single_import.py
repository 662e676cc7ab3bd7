"""One file, or pasted text, read by a worker for its preview."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from agencies.models import User
from reports.intake.batch_import import FOLDER, MAX_TRIES, ReadResult, interrupted, read_received
from reports.intake.commit import keep_for_preview
from reports.jobs.starting import start
from reports.jobs.steps import JobStep
from reports.models import Job, JobKind
from reports.originals.belonging import require_own_originals
from reports.originals.keeping import NotKept
from reports.originals.reading import keep_reading


def start_reading(data: bytes, name: str, by: User, *, text: str | None = None) -> Job:
    """A job that reads these bytes. `text` is what was pasted, to be given back where there is no report in it.

    Raises OSError where the bytes cannot be kept until then, NotOurOriginals where a worker would not find them."""
    require_own_originals()
    place = default_storage.save(f"{FOLDER}/{uuid.uuid4().hex}", ContentFile(data))
    return start(JobKind.PREVIEW, by, total=1, name=name[-200:], place=place, text=text)


def read_for_preview(job: Job) -> Iterator[JobStep]:
    """Leaves in the result of the job under `pending` the key of what waits for its preview, or under `problem` why not."""
    name, place = job.result["name"], job.result["place"]
    if not job.done:
        # The attempt is counted before it is made.
        read = ReadResult(error=interrupted()) if job.attempts > MAX_TRIES else read_received(place, name)
        yield JobStep(name, partial(_keep, read))
    default_storage.delete(place)


def _keep(read: ReadResult, job: Job) -> None:
    if read.parsed is None or read.document is None:
        job.result["problem"] = read.error
        return
    try:
        pending = keep_for_preview(read.parsed, read.data, job.result["name"], job.started_by)
    except NotKept as not_kept:
        job.result["problem"] = str(not_kept)
        return
    keep_reading(pending.source, read.document)
    job.result |= {"pending": pending.pk, "text": None}
