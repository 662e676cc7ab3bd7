"""What was read from an original, kept beside it: reading may take a second, or start LibreOffice."""

from __future__ import annotations

import gzip
import json

from django.core.files.base import ContentFile

from reports.importing.document import Document
from reports.models import Source


def document_of(source: Source) -> Document | None:
    """What the original says, as it was read; None where that is not kept (`renditions.reading_of` has it read again)."""
    if source.erased:
        return None
    storage, name = source.file.storage, source.reading_name
    if not storage.exists(name):
        return None
    with storage.open(name) as kept:
        return Document.from_json(json.loads(gzip.decompress(kept.read())))


def keep_reading(source: Source, document: Document) -> None:
    """Keeps what was read from an original, for whoever looks at it."""
    if source.erased:
        return
    storage, name = source.file.storage, source.reading_name
    if storage.exists(name):
        return
    content = gzip.compress(json.dumps(document.to_json(), ensure_ascii=False).encode(), mtime=0)
    if (stored := storage.save(name, ContentFile(content))) != name:
        # Somebody else was first.
        storage.delete(stored)
