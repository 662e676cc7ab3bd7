"""Which cell of a row stands in which column. Where more than one answer is possible there is none."""

from __future__ import annotations

from collections.abc import Sequence

from reports.importing.labels import LabelIndex
from reports.importing.tokens import Token
from reports.standard.elements import Column

Headings = Sequence[tuple[str, Token]]


def cells_below_headings(
    headings: Headings, cells: Sequence[Token], declared: Sequence[str]
) -> dict[str, Token] | None:
    """Where the source tells every cell's column, a value belongs to the heading it stands below."""
    columns = {token.place.column: key for key, token in headings if key and token.placed}
    if len(set(columns.values())) != len(declared) or len(columns) != len(declared):
        return None
    if not all(cell.placed for cell in cells):
        return None
    found = {columns[cell.place.column]: cell for cell in cells if cell.place.column in columns}
    outside = [cell for cell in cells if not cell.is_blank and cell.place.column not in columns]
    reaching = [cell for cell in cells if cell.span > 1 and not cell.is_blank and len(found) < len(declared)]
    if outside or reaching or len(found) != len(declared) or not _has_no_merged_zero(list(found.values())):
        return None
    return {key: found[key] for key in declared}


def with_resembling_headings(
    headings: Headings, titles: Headings, columns: Sequence[Column], index: LabelIndex
) -> Headings:
    """Headings that were cut off or misspelt get the key of the column that they are like, the first that is left where they are
    like several, provided that all are in the declared order then. What is like a title is none; what stands before all others
    and is one too many heads the labels."""
    known = {key for key, _token in headings}
    left = [column.key for column in columns if column.key not in known]
    result: list[tuple[str, Token]] = []
    for key, token in headings:
        if not key:
            like = index.resembling(token.folded)
            if any(target.kind == "title" for target in like):
                continue
            key = next((target.key for target in like if target.key in left), "")
            left = [each for each in left if each != key]
        result.append((key, token))
    while len(result) > len(columns) and not result[0][0]:
        del result[0]
    return result if headings_in_declared_order(result, titles, columns) else headings


def headings_are_complete(headings: Headings, declared: Sequence[str], cells: Sequence[Token]) -> bool:
    """Whether every declared column has its heading; a single one may be missing where nothing else stands in its place, and no
    empty cell at either end may be another in place of that column's."""
    missing = set(declared) - {key for key, _token in headings}
    ends_empty = cells[0].is_blank or cells[-1].is_blank
    return not missing or (len(missing) == 1 and not ends_empty and not _are_foreign(headings))


def _are_foreign(headings: Headings) -> bool:
    return any(not key for key, _token in headings)


def are_equal(cells: Sequence[Token]) -> bool:
    """Whether all say the same, so that it does not matter which is which."""
    return len({(cell.value.kind, cell.value.text) for cell in cells}) == 1


def headings_in_declared_order(headings: Headings, titles: Headings, columns: Sequence[Column]) -> bool:
    """Whether nothing in the headings contradicts the declared order.

    Where a heading reaches over two lines, as the first and last do, the upper line may be read before the lower, in which
    `titles` stand above the columns between them.
    """
    declared = [column.key for column in columns]
    if len(headings) == len(declared) and len({token.row for _key, token in headings}) == 1:
        return [key for key, _token in headings] == declared or _is_upper_line_first(headings, titles, columns)
    by_column = sorted(headings, key=lambda pair: pair[1].place.column or 0)
    if _is_part_of([key for key, _token in by_column if key], declared):
        return True
    placed = all(token.placed for _key, token in headings)
    return not placed and (
        _is_part_of([key for key, _token in headings if key], declared)
        or _is_upper_line_first(headings, titles, columns)
    )


def _is_upper_line_first(headings: Headings, titles: Headings, columns: Sequence[Column]) -> bool:
    declared = [column.key for column in columns]
    upper = [column.key for column in columns if not column.groups]
    lower = [column.key for column in columns if column.groups]
    line = sorted([pair for pair in headings if pair[0] in upper] + list(titles), key=_as_read)
    in_order = _is_part_of([key for key, _token in headings if key], upper + lower)
    return bool(lower) and in_order and _is_part_of([key for key, _token in line], declared)


def _as_read(heading: tuple[str, Token]) -> tuple[int, int]:
    token = heading[1]
    return token.row, token.place.column or 0


def _is_part_of(keys: Sequence[str], order: Sequence[str]) -> bool:
    return list(keys) == [key for key in order if key in keys]


def align_cells(
    cells: Sequence[Token], width: int, *, beside: bool, padded: bool, crowded: bool = False
) -> list[Token] | None:
    """Exactly `width` cells out of a row that may have lost or gained empty ones; None unless there is one way only.

    `beside` says that the cells stand in the row of their label, so that none is lost without a trace; `padded`
    that merged cells may have left empty ones between them; `crowded` that there are more headings than columns.
    """
    exact = all(cell.exact for cell in cells)
    filled = [cell for cell in cells if not cell.is_blank]
    if filled and any(cell.filled_up for cell in cells):
        cells = cells[: max(cells.index(cell) for cell in filled) + 1]
        if len(filled) < len(cells):
            return None
    if len(cells) == width and not crowded:
        return list(cells) if exact or _has_no_merged_zero(cells) else None
    if crowded and not are_equal(cells):
        return None
    if not exact and any(cell.is_text for cell in cells):
        # Words may be the torn label of the next row, and nobody knows which of the empty cells are whose.
        return None
    if len(filled) == width and not exact and (padded or are_equal(filled) or not _has_gap(cells)):
        return filled
    if len(cells) == 1 and beside and _is_merged_zero(cells[0]):
        return filled * width
    spread = [cell for cell in cells for _ in range(cell.span)]
    if (
        exact
        and len(spread) == width
        and all(cell.is_blank or cell.value.number == 0 for cell in cells if cell.span > 1)
    ):
        return spread
    if len(cells) > width and not filled:
        return list(cells[:width])
    if len(cells) > width and not padded:
        first, last = cells.index(filled[0]), max(cells.index(cell) for cell in filled)
        starts = [start for start in range(len(cells) - width + 1) if start <= first and last < start + width]
        if len(starts) == 1:
            found = list(cells[starts[0] : starts[0] + width])
            return found if _has_no_merged_zero(found) else None
    return None


def may_have_merged_digits(cells: Sequence[Token]) -> bool:
    """Whether two figures may have become one (`00`), so that all behind them stand one column too far to the left and the
    last is missing."""
    glued = any(cell.value.kind == "glued" for cell in cells)
    return glued and any(cell.is_blank for cell in cells) and not all(cell.exact for cell in cells)


def _has_gap(cells: Sequence[Token]) -> bool:
    """Whether an empty cell stands between others: then one of those may be a number too many."""
    blanks = "".join(" " if cell.is_blank else "x" for cell in cells)
    return " " in blanks.strip()


def _is_merged_zero(cell: Token) -> bool:
    """A zero merged across the whole row is that row's zeros. Where the source tells spans it has to have one; where empty cells
    may have been left out, the zero may have been that of any column."""
    return cell.value.number == 0 and (cell.span > 1 if cell.exact else not (cell.open_ended or cell.filled_up))


def _has_no_merged_zero(cells: Sequence[Token]) -> bool:
    """False for a row that is empty but for a zero at its left, where the source does not tell spans: that zero may have been
    merged across the row."""
    if all(cell.exact for cell in cells) or len(cells) < 2:
        return True
    return not (cells[0].value.number == 0 and all(cell.is_blank for cell in cells[1:]))
