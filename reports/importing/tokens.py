"""The cells of a document in reading order, sorted by the standard table they belong to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from reports.importing.cell_values import CellValue, read_cell_value
from reports.importing.document import Block, Grid, Paragraph
from reports.importing.labels import fold, index_of
from reports.importing.parsed import Place
from reports.standard import EDITIONS


class Token(NamedTuple):
    """A cell (or, where a table lost its form, a line). `row` tells cells of one printed row from those of another;
    `placed` says that its column can be relied on, `exact` that its span is the source's own as well, `open_ended` that empty
    cells may have been lost after it, `filled_up` that those at the end of its row may stand for others lost."""

    value: CellValue
    folded: str
    row: int
    place: Place
    span: int = 1
    exact: bool = False
    placed: bool = False
    open_ended: bool = False
    filled_up: bool = False

    @property
    def is_blank(self) -> bool:
        return self.value.kind == "blank"

    @property
    def is_text(self) -> bool:
        return self.value.kind == "words"


def tokens_of(blocks: Iterable[Block]) -> list[list[Token]]:
    """The cells of each block."""
    row = 0
    tokens: list[list[Token]] = []
    for block in blocks:
        tokens.append([])
        if isinstance(block, Paragraph):
            row += 1
            tokens[-1].append(Token(read_cell_value(block.text), fold(block.text), row, place_of(block)))
            continue
        certainty = block.exact, block.placed, block.open_ended, block.filled_up
        for line, cells in enumerate(block.rows, block.first_row):
            row += 1
            for text, column, colspan in cells:
                place = Place(grid=block.number, row=line, column=column, page=block.page)
                tokens[-1].append(Token(read_cell_value(text), fold(text), row, place, colspan, *certainty))
    return tokens


def place_of(paragraph: Paragraph) -> Place:
    """Where a paragraph stands: among the others, or in the row of a grid that says it."""
    if paragraph.row is not None:
        return Place(grid=paragraph.number, row=paragraph.row, page=paragraph.page)
    return Place(paragraph=paragraph.number, page=paragraph.page)


def labels_found(tokens: Iterable[Token]) -> Counter[tuple[str, str]]:
    """For each edition and table, how many of the labels that carry figures there occur in the cells, to the letter."""
    where = _where_labels_stand()
    texts = {token.folded for token in tokens if token.is_text}
    return Counter(each for text in texts for each in where[text])


@cache
def _where_labels_stand() -> defaultdict[str, set[tuple[str, str]]]:
    where: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for edition in EDITIONS.values():
        for table in edition.tables:
            for text in index_of(edition.name, table.key).figures():
                where[text].add((edition.name, table.key))
    return where


def sort_grids(blocks: Iterable[Block]) -> dict[str, list[Token]]:
    """The cells of each standard table, in order, by the labels in its grids.

    A table split by a page break is several grids; one that holds nothing but its figures and labels goes with the grid before it.
    Grids with none of the labels are the page's own (navigation, staff lists) and belong nowhere.
    """
    sorted_tokens: defaultdict[str, list[Token]] = defaultdict(list)
    last = ""
    for tokens in tokens_of(block for block in blocks if isinstance(block, Grid)):
        scores: dict[str, int] = {}
        for (_edition, table), score in labels_found(tokens).items():
            scores[table] = max(score, scores.get(table, 0))
        best = max(scores, key=lambda table: scores[table], default="")
        if best and scores[best] >= 2:
            # One grid may hold the whole report: then it belongs to every table whose labels it has.
            belongs = [table for table, score in scores.items() if score >= 4] or [best]
        elif last and _is_part_of(last, tokens):
            belongs = [last]
        else:
            last = ""
            continue
        for key in belongs:
            sorted_tokens[key] += tokens
        last = belongs[-1]
    return sorted_tokens


def _is_part_of(table: str, tokens: list[Token]) -> bool:
    indexes = [index_of(name, table) for name in EDITIONS]
    return all(not token.is_text or any(index.exactly(token.folded) for index in indexes) for token in tokens)
