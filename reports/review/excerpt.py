"""A few cells of an official table with everything that names them. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from reports.sheets.layout import PlacedRow, PlacedTable
from reports.sheets.sheet import Sheet

MAX_ROWS = 6
"""Where more rows than this are concerned, those that hold a zero are left out: they add nothing to a sum."""


@dataclass(frozen=True)
class TableExcerpt:
    """`head` are the rows of headings above the figures; `wanted` the keys of the figures that the finding is about;
    `left_out` how many rows of zeros are not shown."""

    sheet: Sheet
    head: list[PlacedRow]
    body: list[PlacedRow]
    wanted: Collection[str]
    left_out: int = 0


def excerpt(sheet: Sheet, wanted: Collection[str], keep: Collection[str] = ()) -> TableExcerpt:
    """The rows and columns of the table in which the wanted cells stand. A row of zeros among many stays if it is one
    to `keep`."""
    layout = sheet.layout
    cells = [cell for key, cell in layout.figure_cells.items() if key in wanted]
    concerned = sorted({cell.row for cell in cells})
    shown = concerned
    if len(concerned) > MAX_ROWS:
        shown = sorted({cell.row for cell in cells if cell.figure and _matters(sheet, cell.figure.key, keep)})
    headings = list(range(layout.head_rows)) if layout.head_rows else _headings(layout, shown)
    columns = {
        column for cell in cells if cell.row in shown for column in range(cell.column, cell.column + cell.colspan)
    }
    rows = sorted({*headings, *shown})
    drawn = {row: _part(layout, row, rows, sorted({*range(layout.label_columns), *columns})) for row in rows}
    return TableExcerpt(
        sheet,
        [drawn[row] for row in rows if row in headings],
        [drawn[row] for row in rows if row not in headings],
        wanted,
        len(concerned) - len(shown),
    )


def _matters(sheet: Sheet, key: str, keep: Collection[str]) -> bool:
    figure = sheet.figures[key]
    return figure.look != "zero" or figure.total or key in keep


def _headings(layout: PlacedTable, shown: list[int]) -> list[int]:
    """Where a table has no common head: the headings of the blocks in which the rows stand."""
    found = []
    for row in shown:
        above = row
        while above and any(cell.figure for cell in layout.rows[above]):
            above -= 1
        found += [heading for heading in range(above - 1, above + 1) if heading >= 0]
    return found


def _part(layout: PlacedTable, row: int, rows: list[int], columns: list[int]) -> PlacedRow:
    """The cells that begin in the row when only those rows and columns are left, covering what is left of theirs."""
    cells = []
    for column in columns:
        cell = layout.covered[row][column]
        own_columns = [each for each in columns if cell.column <= each < cell.column + cell.colspan]
        own_rows = [each for each in rows if cell.row <= each < cell.row + cell.rowspan]
        if own_columns[0] == column and own_rows[0] == row:
            cells.append(replace(cell, colspan=len(own_columns), rowspan=len(own_rows)))
    return tuple(cells)
