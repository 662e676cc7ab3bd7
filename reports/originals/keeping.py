"""Originals byte for byte: kept whole or not at all, and compared with their checksum whenever they are handed out."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import connection, transaction
from django.utils.translation import gettext as _

from agencies.models import User, name_of
from agencies.record.signing import keyed_digest
from reports.models import Source

logger = logging.getLogger(__name__)


class NotKept(Exception):
    """The file could not be stored, so nothing may rest on it. Its text says so in the user's words."""


class DamagedOriginal(Exception):
    """The bytes in the storage are not those that were received, or they are gone."""


def keep_original(data: bytes, name: str, by: User | None) -> Source:
    """The file byte for byte, once, and who brought it under which name. It lies under its own checksum, so that a
    transaction that fails leaves no trace that another import would stumble over. Bytes that were damaged since are put
    right. Raises NotKept, also where these bytes were taken down."""
    sha256 = hashlib.sha256(data).hexdigest()
    _hold(sha256)
    if erased_original(sha256):
        raise NotKept(_("这份文件里有已经撤除的内容，不能再导入。请先从文件中删去那些内容，再导入改过的文件。"))
    place = f"{sha256[:2]}/{sha256}"
    try:
        _store(_storage(), place, data, sha256)
    except OSError as error:
        logger.exception("The original %s could not be stored", sha256)
        raise NotKept(
            _("服务器没能保存这个文件（可能是存储空间已满），什么都没有存入。请通知管理员，稍后再试。")
        ) from error
    name = name[:255]
    source = Source.objects.filter(sha256=sha256, name=name, received_by=by).first()
    return source or Source.objects.create(
        sha256=sha256, name=name, size=len(data), file=place, received_by=by, received_by_name=name_of(by)
    )


def forget_unused(sha256: str) -> None:
    """Removes the uploads of these bytes on which nothing rests, and when the transaction is through the bytes with the last."""
    Source.objects.filter(sha256=sha256, versions=None, also_in=None, pending=None).delete()
    transaction.on_commit(partial(_delete_unnamed, sha256))


@transaction.atomic
def _delete_unnamed(sha256: str) -> None:
    _hold(sha256)
    if not Source.objects.filter(sha256=sha256).exists():
        unnamed = Source(sha256=sha256)
        _storage().delete(f"{sha256[:2]}/{sha256}")
        _storage().delete(unnamed.reading_name)


def _hold(sha256: str) -> None:
    """Until the transaction ends nobody else keeps or deletes these bytes: no row of theirs need exist that could be locked.
    On SQLite whoever writes is alone anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(sha256[:15], 16)])


def _storage() -> Storage:
    storage: Storage = Source._meta.get_field("file").storage
    return storage


def erased_original(sha256: str) -> Source | None:
    """The original that had this checksum before it was taken down."""
    return Source.objects.filter(sha256=erased_name(sha256), erased=True).first()


def erased_name(sha256: str) -> str:
    """What stands in the place of the checksum of an original that is gone."""
    return keyed_digest("original", sha256)


def _store(storage: Storage, place: str, data: bytes, sha256: str) -> None:
    if storage.exists(place):
        if _digest(storage, place) == sha256:
            return
        # A file of an earlier version of this program that was cut off, or one that was changed on the disk.
        storage.delete(place)
    stored = storage.save(place, ContentFile(data))
    if stored != place:
        # Somebody else brought the same file at the same moment and was first.
        storage.delete(stored)
    if _digest(storage, place) != sha256:
        storage.delete(place)
        raise OSError(f"{place} differs from what was written")


def read_original(source: Source) -> bytes:
    """The bytes as they were received. Raises DamagedOriginal where they are gone or no longer the same."""
    if source.erased:
        raise DamagedOriginal(_("原件已经撤除，不再提供。"))
    try:
        with source.file.storage.open(str(source.file.name)) as file:
            data: bytes = file.read()
    except FileNotFoundError as error:
        raise DamagedOriginal(_("原件“%(name)s”不在存储中。") % {"name": source.name}) from error
    if hashlib.sha256(data).hexdigest() != source.sha256:
        logger.critical("The original %s is no longer what was received", source.sha256)
        raise DamagedOriginal(_("原件“%(name)s”与收到时不一致。") % {"name": source.name})
    return data


def damaged_originals() -> Iterator[tuple[Source, str]]:
    """Every original that is gone or changed, once however often it was brought, with what is wrong."""
    seen = ""
    for source in Source.objects.filter(erased=False).order_by("sha256", "pk").iterator():
        if source.sha256 == seen:
            continue
        seen = source.sha256
        try:
            read_original(source)
        except DamagedOriginal as damage:
            yield source, str(damage)


def _digest(storage: Storage, place: str) -> str:
    try:
        with storage.open(place) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""
