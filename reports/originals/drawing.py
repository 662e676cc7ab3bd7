"""A document as a page shows it, each place under an anchor by which figures and doubts lead to it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reports.importing.document import Document, Grid, Paragraph

MAX_CHARACTERS = 300_000
MAX_CELLS = 8_000
"""Beyond these the rest is left out: several times the longest report."""
MAX_BESIDE = 16
"""So many cells of a row fit beside each other; the official tables have fifteen at most."""


@dataclass(frozen=True)
class DrawnCell:
    """`anchor` is empty for what a cell from above covers."""

    text: str
    anchor: str
    colspan: int = 1


@dataclass(frozen=True)
class DrawnRow:
    anchor: str
    cells: tuple[DrawnCell, ...]


@dataclass(frozen=True)
class DrawnBlock:
    """A paragraph, or a table if it has rows, each numbered among its kind. `page` is set where a page of a PDF begins with it."""

    anchor: str
    number: int
    text: str = ""
    rows: tuple[DrawnRow, ...] = ()
    page: int | None = None

    @property
    def is_wide(self) -> bool:
        """Whether some row has so many cells that they would be squeezed to one character a line."""
        return any(len(row.cells) > MAX_BESIDE for row in self.rows)


@dataclass(frozen=True)
class Drawing:
    """`cut` says that the document was too long to be shown whole."""

    pieces: tuple[DrawnBlock, ...] = ()
    cut: bool = False


def anchor(place: Mapping[str, Any] | None) -> str:
    """The anchor of a place, as a version or a parsed report keeps it; empty where none is kept."""
    if not place:
        return ""
    if place.get("grid") and place.get("row"):
        row = f"g{place['grid']}-{place['row']}"
        return f"{row}-{place['column']}" if place.get("column") else row
    # The lines of our own layouts are drawn as paragraphs.
    number = place.get("paragraph") or place.get("row")
    return f"p{number}" if number else ""


def draw_document(document: Document) -> Drawing:
    pieces: list[DrawnBlock] = []
    page: int | None = None
    characters = cells = 0
    for block in document.blocks:
        begins = block.page if block.page != page else None
        page = block.page
        if isinstance(block, Paragraph):
            characters += len(block.text)
            drawn = DrawnBlock(f"p{block.number}", block.number, block.text, page=begins)
        else:
            characters += sum(len(cell.text) for row in block.rows for cell in row)
            cells += sum(len(row) for row in block.rows)
            drawn = DrawnBlock(f"g{block.number}", block.number, rows=_rows(block), page=begins)
        if characters > MAX_CHARACTERS or cells > MAX_CELLS:
            return Drawing(tuple(pieces), cut=True)
        pieces.append(drawn)
    return Drawing(tuple(pieces))


def _rows(grid: Grid) -> tuple[DrawnRow, ...]:
    rows = []
    for number, row in enumerate(grid.rows, grid.first_row):
        where = f"g{grid.number}-{number}"
        cells: list[DrawnCell] = []
        column = 1
        for cell in row:
            if grid.exact and cell.column > column:
                cells.append(DrawnCell("", "", cell.column - column))
            cells.append(DrawnCell(cell.text, f"{where}-{cell.column}", cell.colspan))
            column = cell.column + cell.colspan
        rows.append(DrawnRow(where, tuple(cells)))
    return tuple(rows)
