"""The official layout: a table of the form as cells in their places, the same for page, form, print and exported files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import groupby
from math import lcm
from typing import Literal

from reports.standard.elements import Block, Column, Figure, Row, Table

Role = Literal["section", "heading", "label", "figure"]
Scope = Literal["row", "rowgroup", "col", "colgroup"]


@dataclass(frozen=True)
class PlacedCell:
    """A cell of the printed table: the row and column, from 0, of its upper left corner, and how many of them it covers.

    `section` is a heading across the table, `heading` stands above figures, `label` at their left; a `figure` cell has no text
    of its own but the `Figure` whose value belongs there. `ends_row` where it reaches the right edge of the table.
    """

    role: Role
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    text: str = ""
    text_en: str = ""
    figure: Figure | None = None
    ends_row: bool = False

    @property
    def scope(self) -> Scope:
        """What a heading or label is the heading of, in the words of HTML."""
        if self.role == "label":
            return "rowgroup" if self.rowspan > 1 else "row"
        return "colgroup" if self.colspan > 1 else "col"


PlacedRow = tuple[PlacedCell, ...]


@dataclass(frozen=True, eq=False)
class PlacedTable:
    """A table of the form with its cells from top to bottom and from left to right.

    `label_columns` stand left of the figures; `head_rows` are column headings above all of them, which a new page repeats.
    """

    table: Table
    cells: PlacedRow
    height: int
    width: int
    head_rows: int
    label_columns: int

    @property
    def figure_columns(self) -> int:
        return self.width - self.label_columns

    @cached_property
    def rows(self) -> tuple[PlacedRow, ...]:
        """The cells that begin in each row."""
        return tuple(tuple(cell for cell in self.cells if cell.row == row) for row in range(self.height))

    @property
    def head(self) -> tuple[PlacedRow, ...]:
        return self.rows[: self.head_rows]

    @property
    def body(self) -> tuple[PlacedRow, ...]:
        return self.rows[self.head_rows :]

    @cached_property
    def covered(self) -> tuple[PlacedRow, ...]:
        """For every place of each row the cell that covers it."""
        places: dict[tuple[int, int], PlacedCell] = {}
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rowspan):
                for column in range(cell.column, cell.column + cell.colspan):
                    places[row, column] = cell
        return tuple(tuple(places[row, column] for column in range(self.width)) for row in range(self.height))

    @cached_property
    def figure_cells(self) -> dict[str, PlacedCell]:
        """The cells of the figures by their keys."""
        return {cell.figure.key: cell for cell in self.cells if cell.figure}


@cache
def placed_table(table: Table) -> PlacedTable:
    """The table as the form prints it. Each is placed once; its cells carry their text in both languages."""
    put = {"stacked": _stacked, "matrix": _matrix, "side_by_side": _side_by_side}[table.shape]
    cells = sorted(
        put(table, {figure.key: figure for figure in table.figures()}), key=lambda cell: (cell.row, cell.column)
    )
    height = max(cell.row + cell.rowspan for cell in cells)
    width = max(cell.column + cell.colspan for cell in cells)
    headings = {cell.row for cell in cells if cell.role == "heading"}
    return PlacedTable(
        table,
        tuple(replace(cell, ends_row=cell.column + cell.colspan == width) for cell in cells),
        height,
        width,
        head_rows=next(row for row in range(height) if row not in headings),
        label_columns=max((cell.column + cell.colspan for cell in cells if cell.role == "label"), default=0),
    )


def _heading(text: Column | Row, row: int, column: int, rowspan: int = 1, colspan: int = 1) -> PlacedCell:
    return PlacedCell("heading", row, column, rowspan, colspan, text.label, text.label_en)


def _stacked(table: Table, figures: dict[str, Figure]) -> Iterator[PlacedCell]:
    # Blocks of one, two and three columns share one width, as in the printed table.
    width = lcm(*(len(block.columns) for block in table.blocks))
    top = 0
    for block in table.blocks:
        span = width // len(block.columns)
        yield PlacedCell("section", top, 0, colspan=width + 1, text=block.title, text_en=block.title_en)
        yield PlacedCell("heading", top + 1, 0, text=block.corner, text_en=block.corner_en)
        for number, column in enumerate(block.columns):
            left = 1 + number * span
            yield _heading(column, top + 1, left, colspan=span)
            for below, row in enumerate(block.rows, top + 2):
                figure = figures[f"{table.key}.{row.key}.{column.key}"]
                yield PlacedCell("figure", below, left, colspan=span, figure=figure)
        for below, row in enumerate(block.rows, top + 2):
            yield PlacedCell("label", below, 0, text=row.label, text_en=row.label_en)
        top += 2 + len(block.rows)


def _matrix(table: Table, figures: dict[str, Figure]) -> Iterator[PlacedCell]:
    (block,) = table.blocks
    left = max(len(row.path) for row in block.rows)
    yield PlacedCell("heading", 0, 0, 3, left, block.corner, block.corner_en)
    yield PlacedCell("heading", 0, left, 1, len(block.columns), block.band, block.band_en)
    yield from _column_headings(block.columns, left)
    yield from _row_labels(block, 3, left)
    for row_number, row in enumerate(block.rows, 3):
        for column_number, column in enumerate(block.columns, left):
            figure = figures[f"{table.key}.{row.key}.{column.key}"]
            yield PlacedCell("figure", row_number, column_number, figure=figure)


def _column_headings(columns: tuple[Column, ...], left: int) -> Iterator[PlacedCell]:
    """Two rows: single columns reach through both, grouped ones stand below their group."""
    for (groups, groups_en), members in groupby(columns, key=lambda column: (column.groups, column.groups_en)):
        grouped = list(members)
        if groups:
            yield PlacedCell("heading", 1, left, 1, len(grouped), groups[0], groups_en[0])
        for column in grouped:
            yield _heading(column, 2, left) if groups else _heading(column, 1, left, rowspan=2)
            left += 1


def _row_labels(block: Block, top: int, width: int) -> Iterator[PlacedCell]:
    """The cells at the left of each row: groups are merged downwards, short paths are stretched to the right."""
    for number, row in enumerate(block.rows):
        for level in range(len(row.groups)):
            group = row.groups[: level + 1]
            if number and block.rows[number - 1].groups[: level + 1] == group:
                continue
            below = sum(1 for other in block.rows if other.groups[: level + 1] == group)
            yield PlacedCell("label", top + number, level, below, 1, row.groups[level], row.groups_en[level])
        level = len(row.groups)
        yield PlacedCell("label", top + number, level, 1, width - level, row.label, row.label_en)


def _side_by_side(table: Table, figures: dict[str, Figure]) -> Iterator[PlacedCell]:
    """Three rows of headings above one of figures: blocks of a group stand below its heading, others begin one row higher."""
    left = 0
    for groups, members in groupby(table.blocks, key=lambda block: block.rows[0].groups):
        blocks = list(members)
        if groups:
            group_en = blocks[0].rows[0].groups_en[0]
            yield PlacedCell("heading", 0, left, 1, sum(len(block.columns) for block in blocks), groups[0], group_en)
        for block in blocks:
            (row,) = block.rows
            top = 1 if groups else 0
            yield _heading(row, top, left, colspan=len(block.columns))
            for column in block.columns:
                yield _heading(column, top + 1, left, rowspan=2 - top)
                yield PlacedCell("figure", 3, left, figure=figures[f"{table.key}.{row.key}.{column.key}"])
                left += 1
