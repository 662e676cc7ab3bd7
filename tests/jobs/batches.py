"""Batches of files for tests, from the declared form."""

from __future__ import annotations

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from agencies.models import User
from reports.intake.batch_import import start_import
from reports.jobs.running import run_job
from reports.models import Batch
from tests.intake.test_upload import page_of

TOWNSHIP = "示例县青山镇人民政府"
SOUND: dict[str, object] = {}


def sound_page(agency: str = TOWNSHIP, year: int = 2023) -> bytes:
    """A report in which nothing is doubtful and everything balances."""
    return page_of(agency, year, SOUND)


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def bring(by: User, files: dict[str, bytes], *, as_draft: bool = False, hold_doubtful: bool = True) -> Batch:
    """The batch as the upload page makes it."""
    uploads = [SimpleUploadedFile(name, data) for name, data in files.items()]
    with transaction.atomic():
        return start_import(uploads, by, as_draft=as_draft, hold_doubtful=hold_doubtful)


def work_off(batch: Batch) -> Batch:
    """What a worker does, in this process."""
    run_job.func(batch.job_id)
    return Batch.objects.select_related("job").get(pk=batch.pk)


def statuses(batch: Batch) -> dict[str, str]:
    return dict(batch.files.values_list("name", "status"))
