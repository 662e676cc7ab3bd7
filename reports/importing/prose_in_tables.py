"""Prose that stands in the rows of a grid: a spreadsheet, or a page laid out as one table, keeps the whole report there."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from reports.importing.cell_values import read_cell_value
from reports.importing.chapters import heading_of
from reports.importing.document import Block, Cell, Grid, Paragraph
from reports.importing.labels import fold
from reports.standard import EDITIONS

_NUMERAL = re.compile(r"第?[一二三四五六](?:部分|[、.．,，:：\s])")


def extract_prose(blocks: list[Block]) -> list[Block]:
    """The same blocks with each such row as a paragraph of its own, the grid going on below it under the same number."""
    lifted: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lifted.append(block)
            continue
        start = 0
        if not block.exact:
            lifted += (
                paragraphs_of(block) if _holds_only_prose(block) else _with_chapters_of_prose(_cut_at_headings(block))
            )
            continue
        in_prose = _in_prose(block)
        for number, row in enumerate(block.rows):
            if (text := _lone_text(row)) and (number in in_prose or _is_prose(text)):
                _go_on(lifted, block, start, number)
                lines = [line.strip() for line in text.split("\n") if line.strip()]
                row_number = block.first_row + number
                lifted += [Paragraph(line, block.number, block.page, row=row_number) for line in lines]
                start = number + 1
        _go_on(lifted, block, start, len(block.rows))
    return lifted


def _in_prose(grid: Grid) -> set[int]:
    """The rows in chapters of prose and before the first of them: what stands alone there is no label, whatever it says."""
    chapters = [(number, found[0]) for number, row in enumerate(grid.rows) if (found := heading_of(_lone_text(row)))]
    starts = [(0, chapters[0][1]), *chapters] if chapters else []
    ends = [*(number for number, _chapter in starts[1:]), len(grid.rows)][: len(starts)]
    return {
        number
        for (start, chapter), end in zip(starts, ends, strict=True)
        if not chapter.has_table
        for number in range(start, end)
    }


def _holds_only_prose(grid: Grid) -> bool:
    """Whether paragraphs were taken for cells, since each begins with a tab."""
    texts = [[cell.text for cell in row if cell.text.strip()] for row in grid.rows]
    return all(len(row) <= 1 for row in texts) and all(_is_prose(text) for row in texts for text in row)


def _with_chapters_of_prose(blocks: list[Block]) -> list[Block]:
    """Where a whole page is one table, its chapters of prose are paragraphs, and so is what stands before the first chapter."""
    headings = [heading_of(block.text) if isinstance(block, Paragraph) else None for block in blocks]
    first = next((found[0] for found in headings if found), None)
    in_prose = first is not None and first.key in {form.chapters[0].key for form in EDITIONS.values()}
    result: list[Block] = []
    for block, found in zip(blocks, headings, strict=True):
        in_prose = not found[0].has_table if found else in_prose
        result += paragraphs_of(block) if in_prose else [block]
    return result


def paragraphs_of(block: Block) -> list[Paragraph]:
    """A paragraph itself; each line of each cell of a grid."""
    if isinstance(block, Paragraph):
        return [block]
    return [
        Paragraph(line.strip(), block.number, block.page, row=number)
        for number, row in enumerate(block.rows, block.first_row)
        for cell in row
        for line in cell.text.split("\n")
        if line.strip()
    ]


def _cut_at_headings(grid: Grid) -> list[Block]:
    """In plain text a chapter heading may have got into the last cell above it, or the first below."""
    blocks: list[Block] = []
    rows: list[tuple[Cell, ...]] = []
    first_row = grid.first_row

    def close(following: int) -> None:
        nonlocal rows, first_row
        if any(cell.text for row in rows for cell in row):
            blocks.append(replace(grid, rows=tuple(rows), first_row=first_row))
        rows, first_row = [], following

    for number, row in enumerate(grid.rows, grid.first_row):
        cells: list[Cell] = []
        for cell in row:
            lines = cell.text.split("\n") if _NUMERAL.search(cell.text) else []
            place = next((place for place, line in enumerate(lines) if heading_of(line)), None)
            if place is None:
                cells.append(cell)
                continue
            above = "\n".join(lines[:place])
            # A cell below which the heading stands was empty where it is the last of several; but not where all is one row.
            if above or (len(cells) > 1 and len(grid.rows) > 1):
                cells.append(Cell(above, cell.column))
            rows.append(tuple(cells))
            close(number)
            blocks.append(Paragraph(lines[place].strip(), grid.number, grid.page, row=number))
            rest = "\n".join(lines[place + 1 :]).strip()
            cells = [Cell(rest, cell.column)] if rest else []
        if cells:
            rows.append(tuple(cells))
    close(0)
    return blocks


def _go_on(lifted: list[Block], grid: Grid, start: int, end: int) -> None:
    if any(cell.text.strip() for row in grid.rows[start:end] for cell in row):
        lifted.append(replace(grid, rows=grid.rows[start:end], first_row=grid.first_row + start))


def _lone_text(row: tuple[Cell, ...]) -> str:
    texts = [cell.text for cell in row if cell.text.strip()]
    return texts[0] if len(texts) == 1 else ""


def _is_prose(text: str) -> bool:
    """Not a label, nor a part of one that was torn off."""
    if heading_of(text):
        return True
    return read_cell_value(text).kind == "words" and not any(fold(text) in label for label in _labels())


def is_label(text: str) -> bool:
    """Whether a line says no more than a label of the standard tables."""
    return fold(text) in _labels()


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
