"""Whom to ask about a report: address, postcode, telephone, and the web site that carries it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from reports.importing.document import Block, Grid
from reports.importing.identity import without_spaces

_LABELS = {
    "联系地址": "address",
    "地址": "address",
    "邮政编码": "postcode",
    "邮编": "postcode",
    "联系电话": "phone",
    "电话": "phone",
    "电子版网址": "website",
    "网址": "website",
}


def read_contact(text: str) -> dict[str, str]:
    """Address, postcode, phone and the web site that carries the report, each empty where not printed."""
    plain = unicodedata.normalize("NFKC", text)

    def first(pattern: str) -> str:
        found = re.search(pattern, plain)
        return found[1].strip() if found else ""

    website = first(r"((?:https?://|www\.)[A-Za-z0-9./?=&_%#~:\-]+)")
    return {
        "address": first(r"(?:地\s*址)\s*[:：]?\s*([^,，;；。)）\n]{4,80})"),
        "postcode": first(r"(?:邮\s*编|邮政编码)\s*[:：]?\s*(\d{6})(?!\d)"),
        "phone": first(r"(?:电\s*话|联系方式)\s*[:：]?\s*([\d(][\d\-—()、/ ]{5,40}\d)"),
        "website": website.rstrip("."),
    }


def read_contact_lines(content: Iterable[Block]) -> dict[str, str]:
    """The same where a table has a line for each: its label in one cell, what it is in the next."""
    found: dict[str, str] = {}
    for grid in (block for block in content if isinstance(block, Grid)):
        for row in grid.rows:
            filled = [cell.text for cell in row if cell.text.strip()]
            if len(filled) == 2 and (name := _LABELS.get(without_spaces(filled[0]).rstrip(":"))):
                found.setdefault(name, re.sub(r"\s*\n\s*", "", filled[1]).strip())
    return found
