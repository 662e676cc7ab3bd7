"""Tokens of one standard table -> which value stands in which of its cells, or why that cannot be told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from reports.importing.alignment import (
    Headings,
    align_cells,
    are_equal,
    cells_below_headings,
    headings_are_complete,
    headings_in_declared_order,
    may_have_merged_digits,
    with_resembling_headings,
)
from reports.importing.labelled_rows import LabelledRow, labelled_rows
from reports.importing.labels import LabelIndex, Target
from reports.importing.parsed import Place
from reports.importing.tokens import Token
from reports.standard.elements import Block, Table


@dataclass
class Doubt:
    """Why something could not be read for certain: `where` is a table, row or cell key, `about` what is printed there,
    `place` where."""

    code: str
    where: str
    about: str = ""
    place: Place | None = None


@dataclass
class CellsRead:
    cells: dict[str, Token] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    may_be_shifted: set[str] = field(default_factory=set)
    """The rows that share one printed line with others, where an empty cell was passed over before the first figure."""


def read_cells(table: Table, index: LabelIndex, tokens: Sequence[Token]) -> CellsRead:
    return (_read_side_by_side if table.shape == "side_by_side" else _read_rows)(table, index, tokens)


def _read_rows(table: Table, index: LabelIndex, tokens: Sequence[Token]) -> CellsRead:
    result = CellsRead()
    blocks = {row.key: block for block in table.blocks for row in block.rows}
    lines = labelled_rows(index, tokens)
    on_one_line = Counter(line.label.row for line in lines)
    for line, following in pairwise(lines):
        # The first character of a label may have become a figure of the row before: 3 of 3.其他.
        width = len(blocks[line.target.key].columns) if line.target else 0
        following.beside_unknown |= sum(not cell.is_blank for cell in line.cells) > width
    of_row: defaultdict[str, list[LabelledRow]] = defaultdict(list)
    for line in lines:
        if line.target:
            of_row[line.target.key].append(line)
    for row, block in blocks.items():
        where = f"{table.key}.{row}"
        labelled = of_row[row]
        if not labelled:
            result.doubts.append(Doubt("unread_row", where))
            continue
        readings = [_read_labelled_row(line, block, table, index) for line in labelled if line.cells]
        first = next((reading for reading in readings if reading is not None), None)
        if any(line.glued for line in labelled):
            result.doubts.append(Doubt("glued_digits", where, labelled[0].label.value.text, labelled[0].label.place))
        elif first is None or (None in readings and len(readings) == 1):
            cells = max((line.cells for line in labelled), key=len)
            result.doubts.append(Doubt("unsure_row", where, _quoted(cells), labelled[0].label.place))
        elif any(reading is None or _texts(reading) != _texts(first) for reading in readings):
            readings_quoted = (_quoted(list(reading.values())) for reading in readings if reading)
            result.doubts.append(Doubt("read_twice", where, "；".join(readings_quoted), labelled[0].label.place))
        else:
            result.cells |= {f"{where}.{column}": token for column, token in first.items()}
            begins = first[block.columns[0].key]
            cells = [line.cells[0] for line in labelled if line.cells and on_one_line[line.label.row] > 1]
            if any(cell.is_blank and cell is not begins for cell in cells):
                result.may_be_shifted.add(where)
    return result


def _texts(reading: dict[str, Token]) -> list[str]:
    return [token.value.text for _column, token in sorted(reading.items())]


def _quoted(cells: Sequence[Token]) -> str:
    return "、".join(cell.value.text or "空" for cell in cells[:20]) + ("……" if len(cells) > 20 else "")


def _read_labelled_row(line: LabelledRow, block: Block, table: Table, index: LabelIndex) -> dict[str, Token] | None:
    """The cell of each column, or None where more than one reading is possible."""
    if line.may_have_lost_its_figures or (line.strays and len(line.cells) < len(block.columns)):
        return None
    declared = [column.key for column in block.columns]
    headings = with_resembling_headings(_headings_of(line, block, index), line.titles, block.columns, index)
    beside = any(cell.row == line.label.row for cell in line.cells)
    if line.is_after_values and not beside:
        return None
    if found := cells_below_headings(headings, line.cells, declared):
        return found
    if not headings_in_declared_order(headings, line.titles, block.columns):
        return None
    crowded = len(headings) > len(declared)
    cells = align_cells(line.cells, len(declared), beside=beside, padded=table.shape == "stacked", crowded=crowded)
    if (
        not cells
        or may_have_merged_digits(cells)
        or not (headings_are_complete(headings, declared, cells) or are_equal(cells))
    ):
        return None
    return dict(zip(declared, cells, strict=True))


def _headings_of(line: LabelledRow, block: Block, index: LabelIndex) -> Headings:
    """The headings of that block, what is like them, and what stands in a row with them."""
    keys = {column.key for column in block.columns}

    def is_one(key: str, token: Token) -> bool:
        return key in keys or (not key and any(target.key in keys for target in index.resembling(token.folded)))

    rows = {token.row for key, token in line.headings if is_one(key, token)}
    return [(key if key in keys else "", token) for key, token in line.headings if token.row in rows]


def _read_side_by_side(table: Table, index: LabelIndex, tokens: Sequence[Token]) -> CellsRead:
    """Blocks side by side: all figures stand in one line below the last heading."""
    result = CellsRead()
    keys = [figure.key for figure in table.figures()]
    declared = [column.key for block in table.blocks for column in block.columns]
    found = [(token, _heading(index, token)) for token in tokens if token.is_text]
    columns = [(target.key, token) for token, target in found if target and target.kind == "column"]
    titles = [(target.key, token) for token, target in found if target and target.kind == "title" and target.key]
    blocks = [row.key for block in table.blocks for row in block.rows]
    in_order = ((columns, declared), (titles, blocks))
    if not all(_is_subsequence([key for key, _token in some], order) for some, order in in_order):
        result.doubts.append(Doubt("unsure_columns", table.key))
        return result
    headings_are_enough = len(columns) >= len(declared) - 1 and len(titles) >= len(blocks) - 1
    last = max((position for position, token in enumerate(tokens) if _heads(index, token)), default=-1)
    first = tokens.index(titles[0][1]) if titles else last
    if between := [token for token in tokens[first : max(last, 0)] if not token.is_text and not token.is_blank]:
        result.doubts.append(Doubt("unsure_row", table.key, _quoted(between), between[0].place))
        return result
    cells = list(tokens[last + 1 :])
    while cells and cells[-1].is_text:
        del cells[-1]
    rows = {token.row for token in cells if not token.is_blank}
    if len(rows) == 1:
        cells = [token for token in cells if token.row in rows]
    beside = len({token.row for token in cells}) == 1
    numbered = [(key, token) for key, (_column, token) in zip(keys, columns, strict=False)]
    in_place = cells_below_headings(numbered, cells, keys) if len(columns) == len(keys) else None
    line = in_place or dict(zip(keys, align_cells(cells, len(keys), beside=beside, padded=False) or (), strict=False))
    if (
        not line
        or any(token.value.kind == "glued" for token in line.values())
        or not (headings_are_enough or are_equal(cells))
    ):
        result.doubts.append(Doubt("unsure_row", table.key, _quoted(cells), cells[0].place if cells else None))
    else:
        result.cells = line
    return result


def _heads(index: LabelIndex, token: Token) -> bool:
    return token.is_text and _heading(index, token) is not None


def _heading(index: LabelIndex, token: Token) -> Target | None:
    """What a text above the figures is, or is alone most like."""
    if found := index.find(token.folded, False):
        return found
    like = index.resembling(token.folded)
    return like[0] if len(like) == 1 else None


def _is_subsequence(some: Sequence[str], order: Sequence[str]) -> bool:
    remaining = iter(order)
    return all(key in remaining for key in some)
