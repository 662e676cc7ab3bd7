"""A document as its reader found it: a sequence of paragraphs and grids, each with its place. Meaning comes later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""How readers keep raised digits, which number a note, apart from the number before them."""

PICTURE = "〔图〕"
"""How readers say that a picture stands where text could."""

WRAPPED = "\N{WORD JOINER}"
"""How readers mark where a number was broken, since its cell is narrower than the number."""


def beside_pictures(text: str) -> str:
    """What a cell says, its pictures being no more than ornament; but where nothing else stands there one may be the figure."""
    return text.replace(PICTURE, "").strip() or text


class Unreadable(Exception):
    """The file cannot be read at all. The message is in the user's words: what is wrong with it and what to do."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line or paragraph of text. `number` counts paragraphs from 1; `inside` names the elements of a web page that hold it,
    outermost first. Where it is what a row of a grid says, `number` is that grid's and `row` the row in it."""

    text: str
    number: int
    page: int | None = None
    inside: tuple[int, ...] = ()
    row: int | None = None


class Cell(NamedTuple):
    """A cell of a grid. `column` counts from 1; `colspan` is 1 where the source does not tell."""

    text: str
    column: int
    colspan: int = 1


@dataclass(frozen=True)
class Grid:
    """A table. Each row holds the cells that begin in it; what a merged cell covers is left out.

    `exact` says that the source tells where every cell stands (Word, HTML, spreadsheet); rows recovered from plain text may
    have lost or gained cells, and merged cells have left empty ones. `open_ended` says that an editor may have cut off empty cells
    at the ends of its rows; `filled_up` that its rows were made equally long by empty cells at their ends, which may stand for
    others that were left out. `first_row` is the number of its first row in the source.
    """

    rows: tuple[tuple[Cell, ...], ...]
    number: int
    exact: bool = False
    page: int | None = None
    first_row: int = 1
    open_ended: bool = False
    filled_up: bool = False

    @cached_property
    def placed(self) -> bool:
        """Whether the column of every cell can be relied on: also in plain text, where all rows have the same number of cells."""
        lengths = {len(row) for row in self.rows}
        equal = len(self.rows) > 2 and len(lengths) == 1 and max(lengths) > 2
        return self.exact or (equal and not self.filled_up)


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Furniture:
    """What belongs to the page and not to the report: `name` says what it is (`page_number`, `running_title`, `turned` …)."""

    name: str
    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class SourceText:
    """All that a file says, or one page of it, taken from it without regard to lines, paragraphs and cells."""

    text: str
    page: int | None = None


@dataclass
class Document:
    """`may_be_cut` says that the file does not tell where it ends, so that a download may have broken off. `source` is what blocks
    and furniture have to hold, each character once."""

    blocks: list[Block] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)
    source: list[SourceText] = field(default_factory=list)
    paragraph_count: int = 0
    grid_count: int = 0
    may_be_cut: bool = False

    def add_paragraph(self, text: str, page: int | None = None, inside: tuple[int, ...] = ()) -> None:
        if text.strip():
            self.paragraph_count += 1
            self.blocks.append(Paragraph(text.strip(), self.paragraph_count, page, inside))

    def add_grid(
        self,
        rows: list[list[Cell]],
        *,
        exact: bool,
        page: int | None = None,
        open_ended: bool = False,
        filled_up: bool = False,
    ) -> None:
        if any(cell.text.strip() for row in rows for cell in row):
            self.grid_count += 1
            lines = tuple(tuple(row) for row in rows)
            self.blocks.append(Grid(lines, self.grid_count, exact, page, open_ended=open_ended, filled_up=filled_up))

    def add_source(self, text: str, page: int | None = None) -> None:
        self.source.append(SourceText(text, page))

    def add_furniture(self, name: str, text: str, page: int | None = None) -> None:
        if text.strip():
            self.furniture.append(Furniture(name, text.strip(), page))

    def paragraphs(self) -> Iterator[Paragraph]:
        return (block for block in self.blocks if isinstance(block, Paragraph))

    def grids(self) -> Iterator[Grid]:
        return (block for block in self.blocks if isinstance(block, Grid))

    def to_json(self) -> list[dict[str, Any]]:
        """What it takes to show the document; what only recognition needs is left out."""
        return [
            {"text": block.text, "number": block.number, "page": block.page}
            if isinstance(block, Paragraph)
            else {
                "rows": [[(cell.text, cell.column, cell.colspan) for cell in row] for row in block.rows],
                "number": block.number,
                "exact": block.exact,
                "page": block.page,
                "first_row": block.first_row,
            }
            for block in self.blocks
        ]

    @classmethod
    def from_json(cls, blocks: list[dict[str, Any]]) -> Document:
        return cls(
            [
                Grid(**{**block, "rows": tuple(tuple(Cell(*cell) for cell in row) for row in block["rows"])})
                if "rows" in block
                else Paragraph(**block)
                for block in blocks
            ]
        )
