"""Our own layouts of one report, CSV and JSON, as far as both their writer and their reader have to know them."""

from __future__ import annotations

import re

CSV_COLUMNS = ("key", "section", "row", "column", "unit", "value", "mark")
"""The first line of the CSV file. Figures stand under their own keys; whatever else a report has, under those below."""

IDENTITY = ("edition", "year", "agency", "agency_code")
SCOPE = ("kind", "units", "quote")
CONTACT = ("address", "postcode", "phone", "website")
LIST_SEPARATOR = "、"
"""Between units and tables where one CSV cell lists several."""

_FORMULA = re.compile(r"\s*'*\s*[=+\-@\t\r＝＋－＠]")
_DASHES = re.compile(r"-+")


def neutralised(text: str) -> str:
    """Text that no spreadsheet takes for a formula. A lone dash is a mark and no formula."""
    return f"'{text}" if _FORMULA.match(text) and not _DASHES.fullmatch(text) else text


def restored(text: str) -> str:
    """What `neutralised` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text
