"""The official layout: a table as lines of merged cells, the same for page, form, print and exported files."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from math import lcm
from typing import Literal

from reports.standard.elements import Block, Column, Figure, Table

Role = Literal["section", "heading", "label", "figure"]


@dataclass(frozen=True)
class GridCell:
    """A printed cell and the lines and columns it covers.

    `section` is a heading across the table, `heading` stands above figures, `label` at their left; a `figure` cell has no text
    of its own but the `Figure` whose value belongs there.
    """

    role: Role
    text: str = ""
    text_en: str = ""
    figure: Figure | None = None
    colspan: int = 1
    rowspan: int = 1


Line = tuple[GridCell, ...]


def official_grid(table: Table) -> tuple[Line, ...]:
    """The lines of the table as the form prints them; each line holds the cells that begin there."""
    draw = {"stacked": _stacked, "matrix": _matrix, "side_by_side": _side_by_side}[table.shape]
    return tuple(tuple(line) for line in draw(table, {figure.key: figure for figure in table.figures()}))


def _stacked(table: Table, figures: dict[str, Figure]) -> list[list[GridCell]]:
    # Blocks of one, two and three columns share one width, as in the printed table.
    width = lcm(*(len(block.columns) for block in table.blocks))
    lines: list[list[GridCell]] = []
    for block in table.blocks:
        span = width // len(block.columns)
        lines.append([GridCell("section", block.title, block.title_en, colspan=width + 1)])
        lines.append(
            [GridCell("heading", block.corner, block.corner_en)]
            + [GridCell("heading", column.label, column.label_en, colspan=span) for column in block.columns]
        )
        for row in block.rows:
            cells = [figures[f"{table.key}.{row.key}.{column.key}"] for column in block.columns]
            lines.append(
                [GridCell("label", row.label, row.label_en)]
                + [GridCell("figure", figure=figure, colspan=span) for figure in cells]
            )
    return lines


def _column_headings(columns: tuple[Column, ...]) -> list[list[GridCell]]:
    """Two lines: single columns reach through both, grouped ones stand below their group."""
    upper: list[GridCell] = []
    lower: list[GridCell] = []
    for (groups, groups_en), members in groupby(columns, key=lambda column: (column.groups, column.groups_en)):
        if not groups:
            upper += [GridCell("heading", column.label, column.label_en, rowspan=2) for column in members]
            continue
        below = [GridCell("heading", column.label, column.label_en) for column in members]
        upper.append(GridCell("heading", groups[0], groups_en[0], colspan=len(below)))
        lower += below
    return [upper, lower]


def _row_labels(block: Block) -> list[list[GridCell]]:
    """The cells at the left of each row: groups are merged downwards, short paths are stretched to the right."""
    depth = max(len(row.path) for row in block.rows)
    lines: list[list[GridCell]] = []
    for number, row in enumerate(block.rows):
        line = []
        for level in range(len(row.groups)):
            group = row.groups[: level + 1]
            if number and block.rows[number - 1].groups[: level + 1] == group:
                continue
            below = sum(1 for other in block.rows if other.groups[: level + 1] == group)
            line.append(GridCell("label", row.groups[level], row.groups_en[level], rowspan=below))
        line.append(GridCell("label", row.label, row.label_en, colspan=depth - len(row.groups)))
        lines.append(line)
    return lines


def _matrix(table: Table, figures: dict[str, Figure]) -> list[list[GridCell]]:
    (block,) = table.blocks
    depth = max(len(row.path) for row in block.rows)
    upper, lower = _column_headings(block.columns)
    corner = GridCell("heading", block.corner, block.corner_en, colspan=depth, rowspan=3)
    band = GridCell("heading", block.band, block.band_en, colspan=len(block.columns))
    lines = [[corner, band], upper, lower]
    for row, labels in zip(block.rows, _row_labels(block), strict=True):
        cells = [figures[f"{table.key}.{row.key}.{column.key}"] for column in block.columns]
        lines.append(labels + [GridCell("figure", figure=figure) for figure in cells])
    return lines


def _side_by_side(table: Table, figures: dict[str, Figure]) -> list[list[GridCell]]:
    top: list[GridCell] = []
    middle: list[GridCell] = []
    bottom: list[GridCell] = []
    values: list[GridCell] = []
    for grouped, members in groupby(table.blocks, key=lambda block: block.rows[0].groups):
        blocks = list(members)
        for block in blocks:
            (row,) = block.rows
            columns = [GridCell("heading", column.label, column.label_en) for column in block.columns]
            if grouped:
                middle.append(GridCell("heading", row.label, row.label_en, colspan=len(columns)))
                bottom += columns
            else:
                top.append(GridCell("heading", row.label, row.label_en, colspan=len(columns)))
                middle += [GridCell("heading", cell.text, cell.text_en, rowspan=2) for cell in columns]
            values += [
                GridCell("figure", figure=figures[f"{table.key}.{row.key}.{column.key}"]) for column in block.columns
            ]
        if grouped:
            row = blocks[0].rows[0]
            width = sum(len(block.columns) for block in blocks)
            top.append(GridCell("heading", grouped[0], row.groups_en[0], colspan=width))
    return [top, middle, bottom, values]
