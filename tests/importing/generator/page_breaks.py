"""What a page break does to a table: it becomes two, a label is cut in the middle, the number of the page gets in between."""

from __future__ import annotations

import random
from dataclasses import replace

from samples.making.printed import Block, SampleCell, SampleParagraph, SampleTable


def over_pages(grid: SampleTable, chance: random.Random, unlike: list[str]) -> list[Block]:
    """The table as it is, or what is left of it on two pages."""
    first = next((cell.line for cell in grid.cells if cell.role == "figure"), grid.height)
    if grid.height < 8 or chance.random() < 0.75:
        return [grid]
    cut = chance.randrange(first + 2, grid.height - 1)
    roles = {cell.role for cell in grid.cells if cell.line == cut}
    if {"label", "figure"} <= roles and chance.random() < 0.4:
        unlike.append("a label cut by a page break")
        grid = _with_label_cut(grid, cut, chance)
        cut += 1
    above, below = _part(grid, 0, cut), _part(grid, cut, grid.height)
    if chance.random() < 0.4 and not any(cell.role == "section" for cell in grid.cells):
        below = _with_headings(grid, first, below)
    number = chance.choice(
        [[], [], [SampleParagraph(f"- {chance.randint(2, 6)} -")], [SampleParagraph(str(chance.randint(2, 6)))]]
    )
    if number:
        unlike.append("a page number in the table")
    return [above, *number, below]


def _part(grid: SampleTable, start: int, end: int) -> SampleTable:
    """A cell that goes on below the cut is empty there."""
    cells = []
    for cell in grid.cells:
        top, bottom = max(cell.line, start), min(cell.line + cell.rowspan, end)
        if top < bottom:
            text = cell.text if cell.line >= start else ""
            cells.append(replace(cell, text=text, line=top - start, rowspan=bottom - top))
    return SampleTable(tuple(cells), end - start, grid.width)


def _with_headings(grid: SampleTable, height: int, below: SampleTable) -> SampleTable:
    cells = tuple(replace(cell, line=cell.line + height) for cell in below.cells)
    return SampleTable((*_part(grid, 0, height).cells, *cells), height + below.height, grid.width)


def _with_label_cut(grid: SampleTable, line: int, chance: random.Random) -> SampleTable:
    """The row becomes two: half of its label stands in each, its figures in one of them."""
    label = max(
        (cell for cell in grid.cells if cell.line == line and cell.role == "label"), key=lambda cell: cell.column
    )
    place = chance.randrange(1, max(2, len(label.text) - 1))
    beside_first = chance.random() < 0.5
    cells: list[SampleCell] = []
    for cell in grid.cells:
        if cell.line > line:
            cells.append(replace(cell, line=cell.line + 1))
        elif cell is label:
            cells.append(replace(cell, text=cell.text[:place], rowspan=1))
            cells.append(replace(cell, text=cell.text[place:], line=line + 1, rowspan=1))
        elif cell.line == line and cell.role == "figure":
            cells.append(replace(cell, text=cell.text if beside_first else ""))
            cells.append(replace(cell, text="" if beside_first else cell.text, line=line + 1))
        elif cell.line + cell.rowspan > line:
            cells.append(replace(cell, rowspan=cell.rowspan + 1))
        else:
            cells.append(cell)
    cells.sort(key=lambda cell: (cell.line, cell.column))
    return SampleTable(tuple(cells), grid.height + 1, grid.width)
