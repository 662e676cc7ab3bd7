"""The import of many files as a job: their bytes kept, then each read and stored, whole or not at all."""

from __future__ import annotations

import hashlib
import logging
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from agencies.access import may, supervises
from agencies.matching import match_agency
from agencies.models import User
from reports.importing.document import Document, Unreadable
from reports.importing.files import File, files_in
from reports.importing.parsed import ParsedReport
from reports.importing.read import MAX_FILE
from reports.importing.sandboxed import read_sandboxed
from reports.intake import commit
from reports.jobs.starting import start
from reports.jobs.steps import JobStep
from reports.lifecycle import IMPORTERS
from reports.models import Batch, BatchFile, ImportStatus, Job, JobKind, Waiting
from reports.originals.belonging import require_own_originals
from reports.originals.reading import keep_reading

logger = logging.getLogger(__name__)

FOLDER = "incoming"
MAX_ARCHIVE = 500 * 1024 * 1024


@dataclass(frozen=True)
class ReadResult:
    """What reading a file came to: a report, or the reason why there is none."""

    data: bytes = b""
    parsed: ParsedReport | None = None
    document: Document | None = None
    error: str = ""


def receive(files: Iterable[UploadedFile]) -> list[BatchFile]:
    """Keeps the bytes of the files until they are read; one row for each, an archive being as many as it holds.

    Raises OSError where they cannot be kept, NotOurOriginals where a worker would not find them."""
    require_own_originals()
    folder = f"{FOLDER}/{uuid.uuid4().hex}"
    rows: list[BatchFile] = []
    for file in files:
        rows += _batch_files(file, f"{folder}/{len(rows)}")
    for position, row in enumerate(rows, 1):
        row.position = position
    return rows


def _batch_files(file: UploadedFile, place: str) -> Iterator[BatchFile]:
    name = (file.name or "")[-200:]
    size, is_archive = file.size or 0, name.lower().endswith(".zip")
    if size > (MAX_ARCHIVE if is_archive else MAX_FILE):
        megabytes = (MAX_ARCHIVE if is_archive else MAX_FILE) // 1024**2
        message = _("文件超过 %(size)d MB，没有接收。请拆开，或删去附带的图片后再导入。") % {"size": megabytes}
        yield BatchFile(name=name, status=ImportStatus.FAILED, message=message)
        return
    place = default_storage.save(place, file)
    kept = Path(default_storage.path(place))
    for found in files_in([kept]):
        shown = f"{name}/{found.path.relative_to(kept).as_posix()}" if found.member else name
        yield BatchFile(name=shown[-500:], place=place, member=found.member)


def mark_reading(file: BatchFile) -> None:
    """Notes that a file is being read: should that kill the worker, the next one knows which it was."""
    BatchFile.objects.filter(pk=file.pk).update(status=ImportStatus.READING)


def read_received(place: str, name: str, member: str = "") -> ReadResult:
    """Reads a file that was received, changing nothing. Whatever is wrong with it, other files are not concerned."""
    kept = Path(default_storage.path(place))
    try:
        data = File(kept, kept if member else None, member).read()
        read = read_sandboxed(data, PurePath(name).name)
        return ReadResult(data, read.parsed, read.document)
    except Unreadable as unreadable:
        return ReadResult(error=str(unreadable))
    except Exception:
        logger.exception("%s, kept at %s, could not be read", name, place)
        return ReadResult(error=_("系统没能读完这个文件，这不是您的差错。请把它单独发给管理员。"))


def store_result(file: BatchFile, reading: ReadResult, by: User | None) -> None:
    """Stores what was read, or lets it wait for a person, and notes what became of the file."""
    file.sha256 = hashlib.sha256(reading.data).hexdigest() if reading.data else ""
    if reading.parsed is None:
        file.status, file.message = ImportStatus.FAILED, reading.error
    else:
        file.doubts = len(reading.parsed.problems)
        try:
            with transaction.atomic():
                outcome, file.message = _store_report(file, reading.parsed, reading.data, by)
                stored = outcome.pending or outcome.version
                if stored and stored.source and reading.document:
                    keep_reading(stored.source, reading.document)
        except OperationalError:
            raise
        except Exception:
            logger.exception("%s of batch %s could not be stored", file.name, file.batch_id)
            file.status, file.message = (
                ImportStatus.FAILED,
                _("系统没能保存这个文件，这不是您的差错。请把它单独发给管理员。"),
            )
        else:
            file.version, file.pending = outcome.version, outcome.pending
            if outcome.pending and outcome.pending.office_id is None:
                # Who brought the batch has left meanwhile; his office goes on with it.
                job = file.batch.job
                outcome.pending.office, outcome.pending.office_role = job.office, job.office_role
                outcome.pending.save(update_fields=["office", "office_role"])
            file.status = (
                ImportStatus.PENDING
                if outcome.pending
                else ImportStatus.UNCHANGED
                if outcome.unchanged
                else ImportStatus.STORED
            )
    file.save()


def skip(file: BatchFile) -> None:
    """Leaves out a file that took its worker down with it every time."""
    BatchFile.objects.filter(pk=file.pk).update(status=ImportStatus.FAILED, message=interrupted())


def interrupted() -> str:
    return _("读取这个文件时程序一再中断，已跳过。请另存为 .docx 后单独导入，或联系管理员。")


def delete_bytes(batch: Batch) -> None:
    """What was stored has its original elsewhere; nothing else is needed once every file is done."""
    for place in batch.files.exclude(place="").order_by().values_list("place", flat=True).distinct():
        default_storage.delete(place)


def _store_report(
    file: BatchFile, parsed: ParsedReport, data: bytes, by: User | None
) -> tuple[commit.ImportOutcome, str]:
    """What became of the report, and what its bringer is to be told about it."""
    name, as_draft = PurePath(file.name).name, file.batch.as_draft
    match = match_agency(parsed.agency, parsed.year)
    if match.agency is not None:
        if by is None or not may(by, match.agency, *IMPORTERS):
            words = {"agency": match.agency.full_name}
            message = _("您不能为%(agency)s导入报告。如果机构认错了，请打开后另选。") % words
            return commit.wait_for_confirmation(parsed, data, name, by, as_draft), message
        as_draft = as_draft or not supervises(by, match.agency)
        known = parsed.year is not None and commit.is_stored(match.agency, parsed.year, file.sha256)
        if parsed.problems and file.batch.hold_doubtful and not known:
            message = _("有 %(count)d 处没有读准，请核对后保存。") % {"count": len(parsed.problems)}
            return commit.wait_for_confirmation(parsed, data, name, by, as_draft), message
    outcome = commit.store(parsed, data, name, by, as_draft=as_draft, agency=match.agency)
    if outcome.pending is None:
        return outcome, ""
    if outcome.pending.waiting_for == Waiting.CONFLICT:
        return outcome, _("已有另一份报告，请比较后决定用哪一份。")
    return outcome, match.why if match.agency is None else _("没有读出报告年度，请核对后填写。")


MAX_TRIES = 3
"""So often a file may take its worker down with it."""


def start_import(files: Sequence[UploadedFile], by: User, *, as_draft: bool, hold_doubtful: bool) -> Batch:
    """A batch of these files, in the queue. Their bytes are kept before the rows that point to them are written."""
    rows = receive(files)
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


def import_batch(job: Job) -> Iterator[JobStep]:
    batch = job.batch
    while (
        file := batch.files.filter(status__in=(ImportStatus.WAITING, ImportStatus.READING)).order_by("position").first()
    ):
        if file.status == ImportStatus.READING and job.attempts > MAX_TRIES:
            yield JobStep(file.name, lambda _job, file=file: skip(file))  # type: ignore[misc]
            continue
        yield JobStep(file.name, lambda _job, file=file: mark_reading(file), counts=0)  # type: ignore[misc]
        reading = read_received(file.place, file.name, file.member)
        yield JobStep(file.name, partial(_store_result, file, reading))
    delete_bytes(batch)


def _store_result(file: BatchFile, reading: ReadResult, job: Job) -> None:
    store_result(file, reading, job.started_by)
