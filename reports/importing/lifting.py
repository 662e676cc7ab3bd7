"""Prose that stands in the rows of a grid: a spreadsheet, or a page laid out as one table, keeps the whole report there."""

from __future__ import annotations

from functools import cache

from reports.importing.cell_values import read_value
from reports.importing.chapters import heading_of
from reports.importing.document import Block, Cell, Grid, Paragraph
from reports.importing.labels import fold
from reports.standard import EDITIONS


def lift_prose(blocks: list[Block]) -> list[Block]:
    """The same blocks with each such row as a paragraph of its own, the grid going on below it under the same number."""
    lifted: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lifted.append(block)
            continue
        start = 0
        for number, row in enumerate(block.rows):
            if (text := _lone_text(row)) and _is_prose(text, block):
                _go_on(lifted, block, start, number)
                lines = [line.strip() for line in text.split("\n") if line.strip()]
                lifted += [Paragraph(line, block.number, block.page) for line in lines]
                start = number + 1
        _go_on(lifted, block, start, len(block.rows))
    return lifted


def _go_on(lifted: list[Block], grid: Grid, start: int, end: int) -> None:
    if any(cell.text.strip() for row in grid.rows[start:end] for cell in row):
        lifted.append(Grid(grid.rows[start:end], grid.number, grid.exact, grid.page, grid.first_row + start))


def _lone_text(row: tuple[Cell, ...]) -> str:
    texts = [cell.text for cell in row if cell.text.strip()]
    return texts[0] if len(texts) == 1 else ""


def _is_prose(text: str, grid: Grid) -> bool:
    """Rows recovered from plain text may be the torn-off end of a label, so there only a chapter heading counts."""
    if heading_of(text):
        return True
    return grid.exact and read_value(text).kind == "words" and not any(fold(text) in label for label in _labels())


@cache
def _labels() -> frozenset[str]:
    labels: set[str] = set()
    for edition in EDITIONS.values():
        for table in edition.tables:
            for block in table.blocks:
                labels |= {block.title, block.corner, block.band}
                for row in block.rows:
                    labels |= {*row.path, *row.aliases}
                for column in block.columns:
                    labels |= {*column.path, *column.aliases}
    return frozenset(fold(label) for label in labels)
