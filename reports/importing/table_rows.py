"""Tokens of one standard table -> which value stands in which of its cells, or why that cannot be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reports.importing.labels import LabelIndex, Target
from reports.importing.tokens import Token
from reports.standard.elements import Block, Table


@dataclass
class Doubt:
    """Why something could not be read for certain: `where` is a table, row or cell key."""

    code: str
    where: str
    about: str = ""


@dataclass
class CellsRead:
    cells: dict[str, Token] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)


@dataclass
class _Strip:
    """A row label and the cells that follow it."""

    target: Target
    label: Token
    columns: list[tuple[str, Token]]
    cells: list[Token] = field(default_factory=list)
    glued: bool = False


def read_cells(table: Table, index: LabelIndex, tokens: Sequence[Token]) -> CellsRead:
    return (_read_line if table.shape == "side_by_side" else _read_rows)(table, index, tokens)


def _strips(index: LabelIndex, tokens: Sequence[Token]) -> list[_Strip]:
    """Cut the stream of cells at the row labels; what stands above them are column headings."""
    strips: list[_Strip] = []
    current: _Strip | None = None
    columns: list[tuple[str, Token]] = []
    below_columns = False
    for token in tokens:
        if current and token.row != current.label.row and any(cell.value.kind != "blank" for cell in current.cells):
            # A new printed row; but where every cell is a row of its own the strip goes on until its next label.
            rows = {cell.row for cell in current.cells}
            if len(rows) == 1 and len(current.cells) > 1:
                current = None
        if not token.is_text:
            if current:
                current.cells.append(token)
            continue
        target = index.find(token.folded, bool(strips))
        if target is None:
            glued = index.glued(token.folded)
            if glued:
                current = _Strip(glued, token, list(columns), glued=True)
                strips.append(current)
            elif current and current.cells and token.row == current.label.row:
                current.cells.append(token)
            continue
        if target.kind == "row":
            current = _Strip(target, token, list(columns))
            strips.append(current)
            below_columns = True
        else:
            current = None
            if target.kind == "column":
                if below_columns:
                    columns = []
                    below_columns = False
                columns.append((target.key, token))
    return strips


def _read_rows(table: Table, index: LabelIndex, tokens: Sequence[Token]) -> CellsRead:
    result = CellsRead()
    blocks = {row.key: block for block in table.blocks for row in block.rows}
    strips = _strips(index, tokens)
    for row, block in blocks.items():
        where = f"{table.key}.{row}"
        mine = [strip for strip in strips if strip.target.key == row]
        if not mine:
            result.doubts.append(Doubt("unread_row", where))
            continue
        readings = [reading for strip in mine if (reading := _read_strip(strip, block)) is not None]
        if any(strip.glued for strip in mine):
            result.doubts.append(Doubt("glued_digits", where, mine[0].label.value.text))
        elif not readings:
            cells = max((strip.cells for strip in mine), key=len)
            about = "、".join(cell.value.text or "空" for cell in cells)
            result.doubts.append(Doubt("unsure_row", where, about))
        elif any(_texts(reading) != _texts(readings[0]) for reading in readings):
            result.doubts.append(Doubt("read_twice", where))
        else:
            result.cells |= {f"{where}.{column}": token for column, token in readings[0].items()}
    return result


def _texts(reading: dict[str, Token]) -> list[str]:
    return [token.value.text for _column, token in sorted(reading.items())]


def _read_strip(strip: _Strip, block: Block) -> dict[str, Token] | None:
    """The cell of each column, or None where more than one reading is possible."""
    order = _column_order(strip, block)
    cells = _aligned(strip.cells, len(block.columns)) if order else None
    if cells is None:
        return _by_headings(strip, block)
    return dict(zip(order, cells, strict=True))


def _column_order(strip: _Strip, block: Block) -> list[str]:
    """The column keys from left to right. Empty where the headings contradict the declared order and their place is unknown."""
    declared = [column.key for column in block.columns]
    seen = [(key, token) for key, token in strip.columns if key in declared]
    keys = [key for key, _token in seen]
    if len(set(keys)) != len(keys) or len(keys) < 2:
        return declared
    if all(token.exact for _key, token in seen):
        in_place = [key for key, token in sorted(seen, key=lambda pair: pair[1].place.column or 0)]
        return in_place if len(in_place) == len(declared) else _if_in_order(in_place, declared)
    if len(keys) == len(declared) and len({token.row for _key, token in seen}) == 1:
        return keys
    # In lines of text a heading that reaches over two lines (自然人, 总计) may stand in either, so only the others tell the order.
    grouped = [column.key for column in block.columns if column.groups]
    return declared if _if_in_order([key for key in keys if key in grouped], declared) else []


def _if_in_order(keys: list[str], order: list[str]) -> list[str]:
    positions = [order.index(key) for key in keys]
    return order if positions == sorted(positions) else []


def _aligned(cells: list[Token], width: int) -> list[Token] | None:
    """Exactly `width` cells out of a row that may have lost or gained empty ones; None unless there is one way only."""
    if len(cells) == width:
        return cells
    filled = [cell for cell in cells if cell.value.kind != "blank"]
    if len(filled) == width:
        return filled
    if len(filled) == 1 and filled[0].value.number == 0 and len(cells) == 1:
        # A zero merged across the whole row is that row's zeros.
        return filled * width
    spread = [cell for cell in cells for _ in range(cell.span)]
    if len(spread) == width and all(
        cell.value.kind == "blank" or cell.value.number == 0 for cell in cells if cell.span > 1
    ):
        return spread
    if len(cells) > width:
        if not filled:
            return cells[:width]
        first, last = cells.index(filled[0]), max(cells.index(cell) for cell in filled)
        starts = [start for start in range(len(cells) - width + 1) if start <= first and last < start + width]
        if len(starts) == 1:
            return cells[starts[0] : starts[0] + width]
    return None


def _by_headings(strip: _Strip, block: Block) -> dict[str, Token] | None:
    """Where the source tells every cell's column, a value belongs to the heading it stands below."""
    headings = {token.place.column: key for key, token in strip.columns if token.exact}
    if len(headings) != len(block.columns) or not all(cell.exact for cell in strip.cells):
        return None
    found = {headings[cell.place.column]: cell for cell in strip.cells if cell.place.column in headings}
    lost = [cell for cell in strip.cells if cell.value.kind != "blank" and cell not in found.values()]
    return found if not lost and len(found) == len(block.columns) else None


def _read_line(table: Table, index: LabelIndex, tokens: Sequence[Token]) -> CellsRead:
    """Blocks side by side: all figures stand in one line below the last heading."""
    result = CellsRead()
    keys = [
        f"{table.key}.{row.key}.{column.key}"
        for block in table.blocks
        for row in block.rows
        for column in block.columns
    ]
    declared = [column.key for block in table.blocks for column in block.columns]
    headings = [
        (position, target)
        for position, token in enumerate(tokens)
        if token.is_text and (target := index.find(token.folded, False)) is not None
    ]
    columns = [target.key for _position, target in headings if target.kind == "column"]
    if len(columns) == len(declared) and columns != declared:
        result.doubts.append(Doubt("unsure_columns", table.key))
        return result
    below = list(tokens[headings[-1][0] + 1 :]) if headings else []
    cells = [token for token in below if not token.is_text]
    rows = {token.row for token in cells if token.value.kind != "blank"}
    if len(rows) == 1:
        cells = [token for token in cells if token.row in rows]
    aligned = _aligned(cells, len(keys))
    if aligned is None or any(token.value.kind == "glued" for token in aligned):
        about = "、".join(token.value.text for token in cells if token.value.text)
        result.doubts.append(Doubt("unsure_row", table.key, about))
    else:
        result.cells = dict(zip(keys, aligned, strict=True))
    return result
