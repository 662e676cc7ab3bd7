"""The cells of a document in reading order, sorted by the standard table they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reports.importing.cell_values import Value, read_value
from reports.importing.document import Block, Grid, Paragraph
from reports.importing.labels import fold, index_of
from reports.importing.parsed import Place
from reports.standard import EDITIONS
from reports.standard.elements import Edition


@dataclass(frozen=True, slots=True)
class Token:
    """A cell (or, where a table lost its form, a line). `row` tells cells of one printed row from those of another;
    `exact` says that column and span are the source's own."""

    value: Value
    folded: str
    row: int
    place: Place
    span: int = 1
    exact: bool = False

    @property
    def is_text(self) -> bool:
        return self.value.kind == "words"


def tokens_of(blocks: Iterable[Block]) -> list[Token]:
    return list(_tokens(blocks))


def _tokens(blocks: Iterable[Block]) -> Iterator[Token]:
    row = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            row += 1
            place = Place(paragraph=block.number, page=block.page)
            yield Token(read_value(block.text), fold(block.text), row, place)
            continue
        for line, cells in enumerate(block.rows, block.first_row):
            row += 1
            for cell in cells:
                place = Place(grid=block.number, row=line, column=cell.column, page=block.page)
                yield Token(read_value(cell.text), fold(cell.text), row, place, cell.colspan, block.exact)


def labels_found(edition: Edition, table: str, blocks: Iterable[Block]) -> int:
    """How many of the labels that carry figures in that table occur in the blocks, to the letter."""
    index = index_of(edition.name, table)
    texts = {token.folded for token in tokens_of(blocks) if token.is_text}
    found = {target for text in texts for target in index.exactly(text) if target.kind != "group"}
    return len(found)


def _holds_figures_only(grid: Grid) -> bool:
    cells = [cell.text for row in grid.rows for cell in row if cell.text.strip()]
    return bool(cells) and all(read_value(text).kind != "words" for text in cells)


def sort_grids(blocks: Iterable[Block]) -> dict[str, list[Grid]]:
    """The grids of each standard table, in order, by the labels in them.

    A table split by a page break is several grids; one of figures alone goes with the grid before it. Grids with none of the
    labels are the page's own (navigation, staff lists) and belong nowhere.
    """
    grids: dict[str, list[Grid]] = {}
    last = ""
    for grid in (block for block in blocks if isinstance(block, Grid)):
        scores = {
            table.key: labels_found(edition, table.key, [grid])
            for edition in EDITIONS.values()
            for table in edition.tables
        }
        best = max(scores, key=lambda key: scores[key])
        if scores[best] >= 2:
            # One grid may hold the whole report: then it belongs to every table whose labels it has.
            belongs = [key for key, score in scores.items() if score >= 4] or [best]
        elif last and _holds_figures_only(grid):
            belongs = [last]
        else:
            last = ""
            continue
        for key in belongs:
            grids.setdefault(key, []).append(grid)
        last = belongs[-1]
    return grids
