"""A version as a printed document, before any file format: title, headings, paragraphs and tables of merged cells.

The tables are the official grid that the page shows, too. What a file prints is always in the language of the form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import override

from reports.importing.contact import read_contact
from reports.models import Version
from reports.standard import CURRENT
from reports.standard.elements import Edition, Figure, Table
from reports.standard.layout import Role, official_grid

Number = int | Decimal
CONTACT_FIELDS = {
    "address": "contact_address",
    "postcode": "contact_postcode",
    "phone": "contact_phone",
    "website": "website",
}
"""What `ParsedReport.contact` calls the contact fields of a version."""
_LABEL_SHARES = {0: (), 1: (0.34,), 3: (0.07, 0.165, 0.245)}
# No file format but our own can carry these.
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class PrintedCell:
    """A cell with the line and column, from 0, of its upper left corner; a figure cell without number holds its mark."""

    role: Role
    line: int
    column: int
    colspan: int
    rowspan: int
    text: str
    number: Number | None = None
    figure: Figure | None = None


@dataclass(frozen=True)
class Grid:
    """`head` is how many of its lines are column headings that a new page repeats; `labels` how many columns stand left of
    the figures."""

    key: str
    title: str
    cells: tuple[PrintedCell, ...]
    height: int
    width: int
    head: int
    labels: int

    @cached_property
    def shares(self) -> list[float]:
        """How the columns share the width: the labels have up to half of it, the innermost of several most of that."""
        labels = _LABEL_SHARES[self.labels]
        figures = self.width - self.labels
        return [*labels, *[(1 - sum(labels)) / figures] * figures]

    def lines(self) -> list[list[PrintedCell]]:
        """The cells that begin in each line, from left to right."""
        lines: list[list[PrintedCell]] = [[] for _line in range(self.height)]
        for cell in self.cells:
            lines[cell.line].append(cell)
        return lines

    def covered(self) -> list[list[PrintedCell]]:
        """Every place of the table with the cell that covers it."""
        places: dict[tuple[int, int], PrintedCell] = {}
        for cell in self.cells:
            for line in range(cell.line, cell.line + cell.rowspan):
                for column in range(cell.column, cell.column + cell.colspan):
                    places[line, column] = cell
        return [[places[line, column] for column in range(self.width)] for line in range(self.height)]


Block = Heading | Paragraph | Grid


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
            if isinstance(block, Paragraph):
                yield block.text
            elif isinstance(block, Grid):
                yield from (cell.text for cell in block.cells if cell.figure)
        for line in self.contact:
            yield from line


def agency_of(version: Version) -> str:
    """The name as its own document printed it, else the register's full one."""
    return version.printed_name or version.report.agency.full_name


def print_version(version: Version) -> Printed:
    with override("zh-hans"):
        agency, year = agency_of(version), version.report.year
        return Printed(
            agency=_cleaned(agency),
            year=year,
            title=_("%(year)s年政府信息公开工作年度报告") % {"year": year},
            blocks=tuple(_blocks(version)),
            contact=tuple(_contact(version)),
        )


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a narrative, one a line as it is stored."""
    return [line.strip() for line in _cleaned(text).split("\n") if line.strip()]


def balanced(text: str, fits: int) -> int:
    """How many characters a line of a narrow cell should hold, so that no line is left with a single one (商业｜企业)."""
    lines = ceil(len(text) / max(fits, 1))
    return ceil(len(text) / max(lines, 1))


def plain(number: Number) -> str:
    """A figure digit by digit, so that any program reads it back: no grouping, no empty decimals."""
    return f"{number.normalize():f}" if isinstance(number, Decimal) else str(number)


def _cleaned(text: str) -> str:
    return _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def _blocks(version: Version) -> Iterator[Block]:
    yield from map(Paragraph, paragraphs(version.preamble))
    form = version.form
    tables = {table.key: table for table in form.tables} if form else {}
    after = _place_of_notes(version, form or CURRENT)
    figures = version.figures
    for chapter in (form or CURRENT).chapters:
        yield Heading(chapter.heading)
        if not chapter.has_table:
            yield from map(Paragraph, paragraphs(getattr(version, chapter.key)))
        elif chapter.key in tables and chapter.key not in version.missing_tables:
            yield print_table(tables[chapter.key], figures, version.marks)
        if chapter.key == after:
            yield from map(Paragraph, paragraphs(version.notes))


def _place_of_notes(version: Version, form: Edition) -> str:
    """Where a table is missing the text around the tables says why, so it stands there; else below the last table."""
    keys = [table.key for table in form.tables]
    return next((key for key in keys if key in version.missing_tables), keys[-1])


def _contact(version: Version) -> Iterator[tuple[str, str]]:
    said = read_contact("\n".join(paragraphs(version.preamble)))
    for name, field in CONTACT_FIELDS.items():
        value = _cleaned(getattr(version, field)).strip()
        if value and value != said[name]:
            yield _label(field), value


def _label(field: str) -> str:
    return next(str(each.verbose_name) for each in Version._meta.fields if each.name == field)


def print_table(table: Table, figures: Mapping[str, Number | None], marks: Mapping[str, str]) -> Grid:
    cells: list[PrintedCell] = []
    taken: set[tuple[int, int]] = set()
    grid = official_grid(table)
    for line, printed in enumerate(grid):
        column = 0
        for each in printed:
            while (line, column) in taken:
                column += 1
            number = figures.get(each.figure.key) if each.figure else None
            text = each.text
            if each.figure:
                text = plain(number) if number is not None else _cleaned(marks.get(each.figure.key, ""))
            cells.append(
                PrintedCell(each.role, line, column, each.colspan, each.rowspan, text, number, each.figure),
            )
            taken |= {
                (below, right)
                for below in range(line, line + each.rowspan)
                for right in range(column, column + each.colspan)
            }
            column += each.colspan
    width = max(column for _line, column in taken) + 1
    headings = {cell.line for cell in cells if cell.role == "heading"}
    head = next(line for line in range(len(grid) + 1) if line not in headings)
    labels = max((cell.column + cell.colspan for cell in cells if cell.role == "label"), default=0)
    return Grid(table.key, table.section, tuple(cells), len(grid), width, head, labels)
