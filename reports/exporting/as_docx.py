"""A report as a Word file in the layout of official documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reports.exporting.word import (
    CELL_MARGIN,
    CONTENT_TYPE,
    HEADING_FONT,
    PAGE_WIDTH,
    box,
    framed,
    new_document,
    paragraph,
    saved,
)
from reports.sheets.layout import PlacedCell
from reports.sheets.printed import Printed, PrintedHeading, PrintedParagraph, PrintedTable, balanced

__all__ = ["CONTENT_TYPE", "as_docx"]

_SLACK = 20
_HEADINGS = frozenset({"section", "heading"})


def as_docx(printed: Printed) -> bytes:
    document = new_document(f"{printed.agency}{printed.title}", printed.agency)
    title = paragraph(document, "Title")
    title.add_run(printed.agency).add_break()
    title.add_run(printed.title)
    body = document.element.body
    for block in printed.blocks:
        if isinstance(block, PrintedTable):
            body.insert(len(body) - 1, _table(block))
            paragraph(document, "NoSpacing")
        elif isinstance(block, PrintedHeading):
            paragraph(document, "Heading1", block.text)
        else:
            assert isinstance(block, PrintedParagraph)
            paragraph(document, "BodyText", block.text)
    if printed.contact:
        paragraph(document, "NoSpacing")
        body.insert(len(body) - 1, _contact_table(printed.contact))
        paragraph(document, "NoSpacing")
    return saved(document)


def _table(table: PrintedTable) -> Any:
    layout = table.layout
    widths = [round(PAGE_WIDTH * share) for share in table.shares]
    rows = ""
    for row, places in enumerate(layout.covered):
        starts = [cell for column, cell in enumerate(places) if column == cell.column]
        # A heading within the table never ends a page.
        heads = all(cell.role in _HEADINGS for cell in starts)
        repeated = "<w:tblHeader/>" if row < layout.head_rows else ""
        cells = "".join(_cell(cell, row, table, widths, heads) for cell in starts)
        rows += f"<w:tr><w:trPr><w:cantSplit/>{repeated}<w:jc w:val='center'/></w:trPr>{cells}</w:tr>"
    return framed(rows, widths, layout.table.section)


def _contact_table(lines: Iterable[tuple[str, str]]) -> Any:
    widths = [PAGE_WIDTH // 4, PAGE_WIDTH - PAGE_WIDTH // 4]
    rows = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(box(text, width, "", "left", 21) for text, width in zip(line, widths, strict=True))
        + "</w:tr>"
        for line in lines
    )
    return framed(rows, widths, "")


def _cell(cell: PlacedCell, row: int, table: PrintedTable, widths: list[int], heads: bool) -> str:
    """The cell in one row of the table: where it reaches down from above, Word keeps an empty one that goes on."""
    text, begins = table.text(cell), cell.row == row
    merge = ('<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>") if cell.rowspan > 1 else ""
    span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
    width = sum(widths[cell.column : cell.column + cell.colspan])
    side = "left" if cell.role == "label" and cell.rowspan == 1 else "center"
    font = HEADING_FONT if cell.role in _HEADINGS else ""
    size = 18 if table.layout.width > 9 else 21
    room = width - 2 * CELL_MARGIN
    spare = room - balanced(text, room // (size * 10)) * size * 10
    aside = spare // 2 - _SLACK if side == "center" and cell.role in {"heading", "label"} else 0
    return box(text if begins else "", width, span + merge, side, size, font, max(aside, 0), heads)
