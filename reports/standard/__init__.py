"""The standard form of the annual report, declared once. Everything about a cell is derived from here.

Each edition is a file `edition_YYYY.py`, found by its name; together they are a chain, since each says which one it succeeds.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pkgutil import iter_modules

from reports.standard.elements import Chapter, Edition


def _declared() -> list[Edition]:
    names = [module.name for module in iter_modules(__path__) if module.name.startswith("edition_")]
    return [import_module(f"{__name__}.{name}").EDITION for name in names]


def _chain(editions: list[Edition]) -> dict[str, Edition]:
    """The editions by name, the first one first, each with the last year for which it was made.

    Raises ValueError where they do not follow one upon the other.
    """
    successors = {edition.succeeds: edition for edition in editions}
    chain: list[Edition] = []
    name = ""
    while successor := successors.pop(name, None):
        if chain:
            if successor.first_year <= chain[-1].first_year:
                raise ValueError(f"edition {successor.name} is no later than {name}, which it succeeds")
            chain[-1] = replace(chain[-1], last_year=successor.first_year - 1)
        chain.append(successor)
        name = successor.name
    if len(chain) != len(editions) or not chain:
        raise ValueError(f"these editions are no chain: {[(each.succeeds, each.name) for each in editions]}")
    return {edition.name: edition for edition in chain}


EDITIONS = _chain(_declared())
"""By name, the oldest first."""

NEWEST_FIRST = tuple(reversed(EDITIONS.values()))
CURRENT = NEWEST_FIRST[0]

CHAPTERS: tuple[Chapter, ...] = tuple(dict.fromkeys(chapter for form in NEWEST_FIRST for chapter in form.chapters))
"""Every chapter of every edition, the newest wording of each first."""

PROSE_CHAPTERS = tuple(dict.fromkeys(chapter.key for chapter in CHAPTERS if not chapter.has_table))
"""The keys of the chapters that an agency writes itself, in any edition."""

NARRATIVE_PARTS = ("preamble", *PROSE_CHAPTERS, "notes")
"""The keys under which a report's prose is kept; `notes` is what stands around the tables."""


LAST_YEAR = 2100
"""No report is stored of a later one."""


def edition_for(year: int) -> Edition | None:
    """The edition that a report of that year must use; None before the form existed, and for a year that no report can have."""
    if year > LAST_YEAR:
        return None
    return next((edition for edition in EDITIONS.values() if edition.covers(year)), None)


def chapter_named(key: str) -> Chapter:
    """The chapter of that key, as the newest edition that has it words it."""
    return next(chapter for chapter in CHAPTERS if chapter.key == key)
