"""What a public version says to everybody, part by part: in the file that programs read, and in the record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from reports.standard import NARRATIVE_PARTS

if TYPE_CHECKING:
    from reports.models.report import Version

CONTACT_FIELDS = {
    "address": "contact_address",
    "postcode": "contact_postcode",
    "phone": "contact_phone",
    "website": "website",
}
"""What `ParsedReport.contact` calls the contact fields of a version."""
# No file format but our own can carry these.
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")


def published_content(version: Version) -> dict[str, Any]:
    """By the names of the JSON file. Each part of the narrative is one of its own: it can be taken down alone."""
    figures = version.figures
    content: dict[str, Any] = {
        "edition": version.edition or None,
        "scope": version.scope_published or scope_content(version),
        "contact": {name: getattr(version, field) for name, field in CONTACT_FIELDS.items()},
        "missing_tables": version.missing_tables,
        "figures": figures,
        "marks": {key: mark for key, mark in version.marks.items() if figures.get(key) is None},
    }
    for part in NARRATIVE_PARTS:
        content[f"narrative.{part}"] = "\n".join(paragraphs(getattr(version, part)))
    return content


def scope_content(version: Version) -> dict[str, Any]:
    """Whom it covers as that is known today."""
    return {
        "kind": version.scope_kind,
        "by": version.scope_by or None,
        "units": version.scope_units,
        "quote": version.scope_quote,
    }


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a narrative, one a line as it is stored."""
    return [line.strip() for line in printable(text).split("\n") if line.strip()]


def printable(text: str) -> str:
    return _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
