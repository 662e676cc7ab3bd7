"""An original read again to be shown. What was read is kept beside it: reading may take a second, or start LibreOffice."""

from __future__ import annotations

import gzip
import json

from django.core.files.base import ContentFile

from reports.importing.document import Document, Unreadable
from reports.importing.sandboxed import document_sandboxed
from reports.models import Source
from reports.originals.keeping import DamagedOriginal, read_original

MAX_WAIT_FOR_A_PLACE = 2
"""Seconds; a web thread has others to answer."""


def document_of(source: Source) -> Document | None:
    """What the original says, as it was read; None where it is gone or cannot be read now."""
    storage, name = source.file.storage, source.reading_name
    if storage.exists(name):
        with storage.open(name) as kept:
            return Document.from_json(json.loads(gzip.decompress(kept.read())))
    try:
        document = document_sandboxed(read_original(source), source.name, slot_timeout=MAX_WAIT_FOR_A_PLACE)
    except (Unreadable, DamagedOriginal):
        return None
    keep_reading(source, document)
    return document


def keep_reading(source: Source, document: Document) -> None:
    """Keeps what was read from an original, for whoever looks at it."""
    storage, name = source.file.storage, source.reading_name
    if storage.exists(name):
        return
    content = gzip.compress(json.dumps(document.to_json(), ensure_ascii=False).encode(), mtime=0)
    if (stored := storage.save(name, ContentFile(content))) != name:
        # Somebody else was first.
        storage.delete(stored)
