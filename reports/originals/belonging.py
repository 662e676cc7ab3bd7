"""Whether the originals that this process sees are those of its database.

A worker on another machine, or one whose disk is not mounted, would find no file and write into a folder that nobody
looks into. The database and the folder therefore bear the same key, given once, on first use.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from reports.models import Installation, Source

MARK = "installation-id"
"""The file among the originals that holds the key."""
SAMPLE = 20
"""So many of the newest originals tell whether the folder is theirs."""
_ONLY = 1


class NotOurOriginals(Exception):
    """The originals that this process sees are not those of its database. Its text says to an administrator what is wrong and
    what to do."""


def require_own_originals() -> None:
    """Gives both their key where neither has one. Raises NotOurOriginals, having written nothing.

    Not to be called within a transaction, which might take the key back from the database but not from the folder.
    """
    mark, installation = _read_mark(), Installation.objects.filter(pk=_ONLY).first()
    if installation and installation.marked and mark == installation.key:
        if not _sees_any():
            # Somebody put the mark into a folder that holds nothing else.
            raise NotOurOriginals(_unseen())
        return
    if installation is None:
        if mark and not Source.objects.exists():
            # A new database beside the originals of another one.
            raise NotOurOriginals(_foreign())
        if not _sees_newest():
            raise NotOurOriginals(_unseen())
        Installation.objects.get_or_create(pk=_ONLY, defaults={"key": mark or secrets.token_hex(16)})
    with transaction.atomic():
        # Held: of two who start at once, each with a folder of its own, the later one sees what the earlier one did.
        installation = Installation.objects.select_for_update().get(pk=_ONLY)
        mark = _read_mark()
        if mark and mark != installation.key:
            raise NotOurOriginals(_foreign())
        if not mark and installation.marked and not (Source.objects.exists() and _sees_newest()):
            raise NotOurOriginals(_unseen())
        _write_mark(installation)


def accept_originals() -> None:
    """Makes the folder that is there the one of this database, whatever it says: an administrator has looked."""
    Installation.objects.get_or_create(pk=_ONLY, defaults={"key": secrets.token_hex(16)})
    with transaction.atomic():
        installation = Installation.objects.select_for_update().get(pk=_ONLY)
        default_storage.delete(MARK)
        _write_mark(installation)


def _read_mark() -> str:
    try:
        with default_storage.open(MARK) as file:
            return bytes(file.read()).decode("ascii", "replace").strip()
    except FileNotFoundError:
        return ""


def _write_mark(installation: Installation) -> None:
    if not default_storage.exists(MARK):
        stored = default_storage.save(MARK, ContentFile(f"{installation.key}\n".encode()))
        if stored != MARK:
            # Another process was first; what it wrote is compared the next time.
            default_storage.delete(stored)
    Installation.objects.filter(pk=_ONLY).update(marked=True)


def _newest() -> list[str]:
    return list(Source.objects.filter(erased=False).order_by("-pk").values_list("file", flat=True)[:SAMPLE])


def _sees_newest() -> bool:
    return all(default_storage.exists(name) for name in _newest())


def _sees_any() -> bool:
    """A single one that is lost is the business of `verify_originals`."""
    names = _newest()
    return not names or any(default_storage.exists(name) for name in names)


def _foreign() -> str:
    return _(
        "%(root)s 里存放的是另一套安装的原件，不属于这个数据库。请检查 MEDIA_ROOT 和 DATABASE_URL；"
        "确认就是要用这个目录的，请运行 python manage.py doctor --accept-originals。"
    ) % {"root": settings.MEDIA_ROOT}


def _unseen() -> str:
    return _(
        "%(root)s 里没有这个数据库的原件：目录是空的、没有挂载，或者不是网站所用的那一个。请检查 MEDIA_ROOT 和挂载；"
        "确认就是要用这个目录的，请运行 python manage.py doctor --accept-originals。"
    ) % {"root": settings.MEDIA_ROOT}
