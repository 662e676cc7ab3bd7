"""A version as a printed document, before any file format: title, headings, paragraphs and tables.

The tables are placed as on the page. What a file prints is always in the language of the form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import override

from reports.importing.identity import read_contact
from reports.models import Version
from reports.models.published_content import CONTACT_FIELDS, paragraphs, printable
from reports.sheets.layout import PlacedCell, PlacedTable, placed_table
from reports.standard import CURRENT
from reports.standard.elements import Edition

Number = int | Decimal
_LABEL_SHARES: dict[int, tuple[float, ...]] = {0: (), 1: (0.34,), 3: (0.07, 0.165, 0.245)}


@dataclass(frozen=True)
class PrintedHeading:
    text: str


@dataclass(frozen=True)
class PrintedParagraph:
    text: str


@dataclass(frozen=True)
class PrintedTable:
    """A placed table with the numbers and marks of its cells by their keys, as a file prints them."""

    layout: PlacedTable
    numbers: Mapping[str, Number | None]
    marks: Mapping[str, str]

    def number(self, cell: PlacedCell) -> Number | None:
        return self.numbers.get(cell.figure.key) if cell.figure else None

    def text(self, cell: PlacedCell) -> str:
        """What the form prints in the cell, or its number; where it has none, the mark that stands there."""
        if not cell.figure:
            return cell.text
        number = self.number(cell)
        return plain(number) if number is not None else printable(self.marks.get(cell.figure.key, ""))

    @cached_property
    def shares(self) -> list[float]:
        """How the columns share the width: the labels have up to half of it, the innermost of several most of that."""
        count = self.layout.label_columns
        labels = _LABEL_SHARES.get(count, (0.48 / max(count, 1),) * count)
        figures = self.layout.figure_columns
        return [*labels, *[(1 - sum(labels)) / figures] * figures]


Block = PrintedHeading | PrintedParagraph | PrintedTable


@dataclass(frozen=True)
class Printed:
    """`contact` are the lines of label and value that the preamble does not say."""

    agency: str
    year: int
    title: str
    blocks: tuple[Block, ...]
    contact: tuple[tuple[str, str], ...]

    def texts(self) -> Iterator[str]:
        """Everything printed that is not the form's own wording."""
        yield self.agency
        for block in self.blocks:
            if isinstance(block, PrintedParagraph):
                yield block.text
            elif isinstance(block, PrintedTable):
                yield from map(block.text, block.layout.figure_cells.values())
        for line in self.contact:
            yield from line


def agency_of(version: Version) -> str:
    """The name as its own document printed it, else the register's full one."""
    return version.printed_name or version.report.agency.full_name


def print_version(version: Version) -> Printed:
    with override("zh-hans"):
        agency, year = agency_of(version), version.report.year
        return Printed(
            agency=printable(agency),
            year=year,
            title=_("%(year)s年政府信息公开工作年度报告") % {"year": year},
            blocks=tuple(_blocks(version)),
            contact=tuple(_contact(version)),
        )


def balanced(text: str, fits: int) -> int:
    """How many characters a line of a narrow cell should hold, so that no line is left with a single one (商业｜企业)."""
    lines = ceil(len(text) / max(fits, 1))
    return ceil(len(text) / max(lines, 1))


def plain(number: Number) -> str:
    """A figure digit by digit, so that any program reads it back: no grouping, no empty decimals."""
    return f"{number.normalize():f}" if isinstance(number, Decimal) else str(number)


def _blocks(version: Version) -> Iterator[Block]:
    yield from map(PrintedParagraph, paragraphs(version.preamble))
    form = version.form
    tables = {table.key: table for table in form.tables} if form else {}
    after = _place_of_notes(version, form or CURRENT)
    figures = version.figures
    for chapter in (form or CURRENT).chapters:
        yield PrintedHeading(chapter.heading)
        if not chapter.has_table:
            yield from map(PrintedParagraph, paragraphs(version.narrative[chapter.key]))
        elif chapter.key in tables and chapter.key not in version.missing_tables:
            yield PrintedTable(placed_table(tables[chapter.key]), figures, version.marks)
        if chapter.key == after:
            yield from map(PrintedParagraph, paragraphs(version.notes))


def _place_of_notes(version: Version, form: Edition) -> str:
    """Where a table is missing the text around the tables says why, so it stands there; else below the last table."""
    keys = [table.key for table in form.tables]
    return next((key for key in keys if key in version.missing_tables), keys[-1])


def _contact(version: Version) -> Iterator[tuple[str, str]]:
    said = read_contact("\n".join(paragraphs(version.preamble)))
    for name, field in CONTACT_FIELDS.items():
        value = printable(getattr(version, field)).strip()
        if value and value != said[name]:
            yield _label(field), value


def _label(field: str) -> str:
    return next(str(each.verbose_name) for each in Version._meta.fields if each.name == field)
