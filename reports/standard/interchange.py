"""Our own layouts of one report, CSV and JSON, as far as both their writer and their reader have to know them."""

from __future__ import annotations

CSV_COLUMNS = ("key", "section", "row", "column", "unit", "value", "mark")
"""The first line of the CSV file. Figures stand under their own keys; whatever else a report has, under those below."""

IDENTITY = ("edition", "year", "agency", "agency_code")
SCOPE = ("kind", "by", "units", "quote")
SCOPE_KINDS = ("own", "government", "area", "units", "unknown")
SCOPE_BASES = ("", "kind", "text", "sums", "person")
CONTACT = ("address", "postcode", "phone", "website")
LIST_SEPARATOR = "、"
"""Between units and tables where one CSV cell lists several."""
