"""A sample as a document, before any file format: headings, paragraphs and tables of merged cells."""

from __future__ import annotations

from dataclasses import dataclass

from reports.sheets.layout import Role, placed_table
from samples.contents import Sample

# Where a report says in words that a table would only hold zeros.
INSTEAD_OF_TABLE = "本年度无相关情况。"


@dataclass(frozen=True)
class SampleHeading:
    text: str


@dataclass(frozen=True)
class SampleParagraph:
    text: str


@dataclass(frozen=True)
class SampleCell:
    """A printed cell with the line and column, counted from 0, where its upper left corner stands."""

    text: str
    role: Role
    line: int
    column: int
    colspan: int
    rowspan: int


@dataclass(frozen=True)
class SampleTable:
    cells: tuple[SampleCell, ...]
    height: int
    width: int

    def lines(self) -> list[list[SampleCell]]:
        """The cells that begin in each line."""
        return [[cell for cell in self.cells if cell.line == line] for line in range(self.height)]

    def covered(self) -> list[list[SampleCell]]:
        """Every place of the table with the cell that covers it."""
        places: dict[tuple[int, int], SampleCell] = {}
        for cell in self.cells:
            for line in range(cell.line, cell.line + cell.rowspan):
                for column in range(cell.column, cell.column + cell.colspan):
                    places[line, column] = cell
        return [[places[line, column] for column in range(self.width)] for line in range(self.height)]


Block = SampleHeading | SampleParagraph | SampleTable


def printed_blocks(sample: Sample) -> list[Block]:
    """Everything below the title, in the order of the form."""
    blocks: list[Block] = paragraphs(sample.narrative["preamble"])
    tables = {table.key for table in sample.edition.tables}
    for chapter in sample.edition.chapters:
        blocks.append(SampleHeading(chapter.heading))
        if chapter.key not in tables:
            blocks += paragraphs(sample.narrative[chapter.key])
        elif chapter.key in sample.missing_tables:
            blocks.append(SampleParagraph(INSTEAD_OF_TABLE))
        else:
            blocks.append(printed_table(sample, chapter.key))
            if chapter.key == "applications":
                blocks += paragraphs(sample.narrative["notes"])
    return blocks


def paragraphs(text: str) -> list[Block]:
    return [SampleParagraph(line) for line in text.splitlines() if line]


def printed_table(sample: Sample, key: str) -> SampleTable:
    placed = placed_table(sample.edition.table(key))
    cells = tuple(
        SampleCell(
            sample.printed[each.figure.key] if each.figure else each.text,
            each.role,
            each.row,
            each.column,
            each.colspan,
            each.rowspan,
        )
        for each in placed.cells
    )
    return SampleTable(cells, placed.height, placed.width)
