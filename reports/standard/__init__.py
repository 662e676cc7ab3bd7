"""The standard form of the annual report, declared once. Everything about a cell is derived from here."""

from __future__ import annotations

from reports.standard.edition_2019 import EDITION as EDITION_2019
from reports.standard.edition_2021 import EDITION as EDITION_2021
from reports.standard.elements import Edition

EDITIONS: dict[str, Edition] = {edition.name: edition for edition in (EDITION_2019, EDITION_2021)}
CURRENT = EDITION_2021
NARRATIVE_PARTS = ("preamble", "overview", "problems", "other", "notes")
"""The keys under which a report's prose is kept; `notes` is what stands around the tables."""


def edition_for(year: int) -> Edition | None:
    """The edition that a report of that year must use, or None before the form existed."""
    return next((edition for edition in EDITIONS.values() if edition.covers(year)), None)
