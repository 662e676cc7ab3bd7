"""A few cells of an official table with everything that names them. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from reports.sheets.sheet import Cell, Sheet, Value
from reports.standard.layout import GridCell

MAX_LINES = 6
"""Where more lines than this are concerned, those that hold a zero are left out: they add nothing to a sum."""


@dataclass(frozen=True)
class Piece:
    """A cell of the excerpt; `wanted` where the finding is about it."""

    grid: GridCell
    colspan: int
    rowspan: int
    value: Value | None = None
    wanted: bool = False


@dataclass(frozen=True)
class Excerpt:
    """`head` are the lines of headings above the figures; `left_out` how many lines of zeros are not shown."""

    head: list[list[Piece]]
    body: list[list[Piece]]
    left_out: int = 0


def excerpt(sheet: Sheet, wanted: Collection[str], keep: Collection[str] = ()) -> Excerpt:
    """The lines and columns of the table in which the wanted cells stand. A zero line among many stays if it is one
    to `keep`."""
    lines = [list(line.cells) for line in (*sheet.head, *sheet.body)]
    covered = _covered(lines)
    head = len(sheet.head)
    concerned = [number for number in range(head, len(lines)) if _holds(lines[number], wanted)]
    shown = concerned
    if len(concerned) > MAX_LINES:
        shown = [number for number in concerned if _tells(lines[number], wanted, keep)]
    headings = list(range(head)) if head else _headings(lines, shown)
    columns = sorted(set(range(sheet.label_columns)) | _columns(lines, shown, wanted))
    rows = sorted({*headings, *shown})
    drawn = {number: _draw(number, rows, columns, covered, wanted) for number in rows}
    above = [number for number in rows if number in headings]
    return Excerpt(
        [drawn[number] for number in above],
        [drawn[number] for number in rows if number not in above],
        len(concerned) - len(shown),
    )


Place = tuple[int, int]


def _covered(lines: list[list[Cell]]) -> dict[Place, tuple[int, Cell]]:
    """By line and column: the cell that covers it, with the line in which that begins."""
    covered: dict[Place, tuple[int, Cell]] = {}
    for number, line in enumerate(lines):
        for cell in line:
            for below in range(number, number + cell.grid.rowspan):
                for column in range(cell.column, cell.column + cell.grid.colspan):
                    covered[below, column] = number, cell
    return covered


def _wanted(cell: Cell, wanted: Collection[str]) -> bool:
    return cell.value is not None and cell.value.figure.key in wanted


def _holds(line: list[Cell], wanted: Collection[str]) -> bool:
    return any(_wanted(cell, wanted) for cell in line)


def _tells(line: list[Cell], wanted: Collection[str], keep: Collection[str]) -> bool:
    concerned = [cell.value for cell in line if cell.value and cell.value.figure.key in wanted]
    return any(value.look != "zero" or value.total or value.figure.key in keep for value in concerned)


def _headings(lines: list[list[Cell]], shown: list[int]) -> list[int]:
    """Where a table has no common head: the headings of the blocks in which the lines stand."""
    found = []
    for number in shown:
        above = number
        while above and any(cell.value for cell in lines[above]):
            above -= 1
        found += [line for line in range(above - 1, above + 1) if line >= 0]
    return found


def _columns(lines: list[list[Cell]], shown: list[int], wanted: Collection[str]) -> set[int]:
    return {
        column
        for number in shown
        for cell in lines[number]
        if _wanted(cell, wanted)
        for column in range(cell.column, cell.column + cell.grid.colspan)
    }


def _draw(
    number: int,
    rows: list[int],
    columns: list[int],
    covered: dict[Place, tuple[int, Cell]],
    wanted: Collection[str],
) -> list[Piece]:
    pieces = []
    for column in columns:
        begins, cell = covered.get((number, column), (number, None))
        if cell is None:
            continue
        own_columns = [each for each in columns if cell.column <= each < cell.column + cell.grid.colspan]
        own_rows = [each for each in rows if begins <= each < begins + cell.grid.rowspan]
        if own_columns[0] == column and own_rows[0] == number:
            pieces.append(Piece(cell.grid, len(own_columns), len(own_rows), cell.value, _wanted(cell, wanted)))
    return pieces
