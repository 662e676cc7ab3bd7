"""An original read again to be shown. What was read is kept beside it: reading may take a second, or start LibreOffice."""

from __future__ import annotations

import gzip
import json
from typing import Any

from django.core.files.base import ContentFile

from reports.importing.document import Cell, Document, Grid, Paragraph, Unreadable
from reports.importing.read import read_document
from reports.importing.readers.native import is_own_csv, is_own_json
from reports.importing.readers.text import decode
from reports.models import Source
from reports.originals.keeping import DamagedOriginal, read_original


def document_of(source: Source) -> Document | None:
    """What the original says, as it was read; None where it is gone or can no longer be read."""
    storage, name = source.file.storage, source.reading_name
    if storage.exists(name):
        with storage.open(name) as kept:
            return _from_json(json.loads(gzip.decompress(kept.read())))
    try:
        document = _read(read_original(source), source.name)
    except (Unreadable, DamagedOriginal):
        return None
    content = gzip.compress(json.dumps(_to_json(document), ensure_ascii=False).encode(), mtime=0)
    if (stored := storage.save(name, ContentFile(content))) != name:
        # Somebody else was first.
        storage.delete(stored)
    return document


def _read(data: bytes, name: str) -> Document:
    if not (is_own_csv(data) or is_own_json(data)):
        return read_document(data, name)
    # What our own layouts say is found by its line.
    lines = enumerate(decode(data).splitlines(), 1)
    return Document([Paragraph(line, number) for number, line in lines if line.strip()])


def _to_json(document: Document) -> list[dict[str, Any]]:
    return [
        {"text": block.text, "number": block.number, "page": block.page}
        if isinstance(block, Paragraph)
        else {
            "rows": [[(cell.text, cell.column, cell.colspan) for cell in row] for row in block.rows],
            "number": block.number,
            "exact": block.exact,
            "page": block.page,
            "first_row": block.first_row,
        }
        for block in document.blocks
    ]


def _from_json(blocks: list[dict[str, Any]]) -> Document:
    return Document(
        [
            Grid(**{**block, "rows": tuple(tuple(Cell(*cell) for cell in row) for row in block["rows"])})
            if "rows" in block
            else Paragraph(**block)
            for block in blocks
        ]
    )
