"""Plain text as people hand it in: a table's cells on a line each (Word), or its rows with tabs between (PDF tools)."""

from __future__ import annotations

from collections.abc import Callable

from samples.contents import Sample
from samples.making.printed import SampleHeading, SampleTable, printed_blocks


def cells_on_lines(sample: Sample) -> bytes:
    """What Word makes of a document saved as text: a tab before each cell, an empty line after each row.

    A cell reaching down from above leaves an empty one, a cell reaching right leaves nothing.
    """

    def table(grid: SampleTable) -> str:
        rows = []
        for line, places in enumerate(grid.covered()):
            starts = [cell for column, cell in enumerate(places) if column == cell.column]
            rows.append("".join(f"\t{cell.text if cell.line == line else ''}\n" for cell in starts))
        return "\n".join(rows) + "\n"

    return _text(sample, table)


def rows_on_lines(sample: Sample) -> bytes:
    """Every place of the table keeps its tab; what a merged cell covers is empty."""

    def table(grid: SampleTable) -> str:
        rows = []
        for line, places in enumerate(grid.covered()):
            begins = [cell.line == line and cell.column == column for column, cell in enumerate(places)]
            rows.append("\t".join(cell.text if here else "" for cell, here in zip(places, begins, strict=True)))
        return "\n".join(rows) + "\n\n"

    return _text(sample, table)


def _text(sample: Sample, table: Callable[[SampleTable], str]) -> bytes:
    parts = [sample.title, "\n\n"]
    for block in printed_blocks(sample):
        if isinstance(block, SampleTable):
            parts.append(table(block))
        else:
            parts.append(block.text + ("\n" if isinstance(block, SampleHeading) else "\n\n"))
    return "".join(parts).encode(sample.encoding)
