"""The cells of a standard table in reading order, cut at the labels of its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from reports.importing.alignment import Headings
from reports.importing.labels import LabelIndex, Target
from reports.importing.tokens import Token


@dataclass
class LabelledRow:
    """A row label and the cells that follow it, with the column headings above them (an empty key for one that is none of the
    declared ones) and the titles above some of these. `target` is None for a label that the form does not have. `row` is the
    printed row they may stand in; `strays` are values that came after the row without a label of their own; `is_after_values`
    says that values stand before the first label of the table, so that each row may stand above its label; `beside_unknown` that
    the row before or after has figures for which there is no label, or a label that nobody knows."""

    target: Target | None
    label: Token
    headings: Headings
    titles: Headings
    row: int
    sure: bool = True
    glued: bool = False
    is_after_values: bool = False
    beside_unknown: bool = False
    cells: list[Token] = field(default_factory=list)
    strays: list[Token] = field(default_factory=list)

    @property
    def is_filled(self) -> bool:
        return any(not cell.is_blank for cell in self.cells)

    @property
    def may_have_lost_its_figures(self) -> bool:
        """Whether it is empty, and its figures may be those beside the rest of its label, which a page break cut."""
        if self.strays and any(cell.is_blank for cell in self.cells):
            return True
        return not self.is_filled and (not self.sure or self.is_after_values or self.beside_unknown)

    def ends_before(self, token: Token) -> bool:
        """Cells beside their label end with its row, cells in a row below it with that row; only where each cell is a row of its
        own they go on until the next text."""
        if token.row == self.row or not self.cells:
            return False
        rows = {cell.row for cell in self.cells}
        return self.row in rows or (token.row not in rows and len(rows) < len(self.cells))


def labelled_rows(index: LabelIndex, tokens: Sequence[Token]) -> list[LabelledRow]:
    """What stands above the row labels are column headings."""
    rows: list[LabelledRow] = []
    current: LabelledRow | None = None
    # The row that may go on: no other text came after its label.
    last: LabelledRow | None = None
    headings: list[tuple[str, Token]] = []
    titles: list[tuple[str, Token]] = []
    in_headings = True
    early = 0
    for token in tokens:
        if current and current.ends_before(token):
            current = None
        if not token.is_text:
            if current:
                current.cells.append(token)
            elif rows and not token.is_blank:
                rows[-1].strays.append(token)
            elif headings and not token.is_blank:
                early += 1
            continue
        if last and token.row != last.row and (whole := index.row(last.label.folded + token.folded)):
            # A label of which the beginning stands in one row and the rest in another.
            last.target, last.sure = whole, True
            current = None if last.is_filled else last
            if current:
                current.cells, current.row = [], token.row
            last = None
            continue
        target = index.find(token.folded, not in_headings)
        glued = index.glued(token.folded) if target is None else None
        if target is None and not glued and in_headings:
            current = last = None
            headings.append(("", token))
        elif target is None and not glued and current and token.row == current.row:
            current.cells.append(token)
        elif target is None or target.kind == "row":
            sure = bool(target) and target in index.exactly(token.folded)
            current = last = LabelledRow(
                target or glued, token, list(headings), list(titles), token.row, sure, glued=bool(glued)
            )
            current.is_after_values = early > 1
            rows.append(current)
            in_headings = in_headings and glued is not None
        else:
            current = last = None
            if target.kind != "group" and not in_headings:
                headings, titles = [], []
            if target.kind == "column":
                headings.append((target.key, token))
            elif target.kind == "title" and target.key:
                titles.append((target.key, token))
            in_headings = target.kind != "group"
    _look_around(rows)
    return [row for row in rows if row.target]


def _look_around(rows: list[LabelledRow]) -> None:
    """Tells each row whether a label that nobody knows stands between it and the next one known, with figures."""
    for order in (rows, rows[::-1]):
        lost = False
        for row in order:
            if row.target:
                row.beside_unknown |= lost
                lost = False
            lost |= row.is_filled and not row.target
    # A heading or remark repeated on the next page stands between no more than the page break does.
    for row, following in pairwise(row for row in rows if row.target or row.is_filled or row.strays):
        following.beside_unknown |= bool(row.strays)
