"""Workbooks: the whole report in one sheet, laid out like the document, so that it reads, prints and imports as one."""

from __future__ import annotations

import datetime
import io
from typing import Any

import xlsxwriter

from reports.sheets.layout import PlacedCell
from reports.sheets.printed import Printed, PrintedHeading, PrintedTable

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTH = 10  # columns of the widest table but one; prose is merged across them
_CHARACTERS = 45  # in a line of prose
_LONGEST = 32_000
"""A cell holds no more; a longer paragraph goes on in the next row rather than being lost."""
_MAX_DIGITS = 15
"""A spreadsheet keeps numbers as binary fractions; what they cannot hold exactly is written as text."""


def as_xlsx(printed: Printed) -> bytes:
    buffer = io.BytesIO()
    # Text stays text: nothing in a report is a formula or a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(buffer, options)
    workbook.set_properties(
        {
            "title": f"{printed.agency}{printed.title}"[:255],
            "author": printed.agency[:255],
            "created": datetime.datetime(printed.year + 1, 1, 1),
        }
    )
    sheet = workbook.add_worksheet("年度报告")
    sheet.set_column(0, 14, 9)
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    looks = _looks(workbook)
    row = 0
    for text in (printed.agency, printed.title):
        _across(sheet, row, text, looks["title"], 1)
        row += 1
    for block in printed.blocks:
        if isinstance(block, PrintedTable):
            for cell in block.layout.cells:
                _write_cell(sheet, row, cell, block, looks)
            row += block.layout.height + 1
        else:
            look = looks["heading" if isinstance(block, PrintedHeading) else "prose"]
            for start in range(0, len(block.text), _LONGEST):
                text = block.text[start : start + _LONGEST]
                _across(sheet, row, text, look, 1 + len(text) // _CHARACTERS)
                row += 1
    for label, value in printed.contact:
        row += 1
        sheet.merge_range(row, 0, row, 1, "", looks["label"])
        sheet.write_string(row, 0, label, looks["label"])
        sheet.merge_range(row, 2, row, _WIDTH - 1, "", looks["label"])
        sheet.write_string(row, 2, value, looks["label"])
    workbook.close()
    return buffer.getvalue()


def _looks(workbook: Any) -> dict[str, Any]:
    base = {"font_name": "仿宋", "font_size": 11, "valign": "vcenter", "text_wrap": True}
    boxed = base | {"border": 1, "font_size": 9, "align": "center"}
    looks = {
        "title": base | {"font_name": "宋体", "bold": True, "font_size": 16, "align": "center"},
        "heading": base | {"font_name": "黑体", "font_size": 12},
        "prose": base | {"valign": "top"},
        "section": boxed | {"font_name": "黑体", "bg_color": "#EEF1F5"},
        "heading_cell": boxed | {"font_name": "黑体"},
        "label": boxed | {"align": "left"},
        "figure": boxed | {"num_format": "0"},
        "amount": boxed | {"num_format": "0.######"},
    }
    return {name: workbook.add_format(look) for name, look in looks.items()}


def _across(sheet: Any, row: int, text: str, look: Any, lines: int) -> None:
    sheet.merge_range(row, 0, row, _WIDTH - 1, "", look)
    sheet.write_string(row, 0, text, look)
    sheet.set_row(row, min(22 + 15 * (lines - 1), 400))


def _write_cell(sheet: Any, top: int, cell: PlacedCell, table: PrintedTable, looks: dict[str, Any]) -> None:
    row, column = top + cell.row, cell.column
    text, number = table.text(cell), table.number(cell)
    whole = number is None or number == int(number)
    look = looks["heading_cell" if cell.role == "heading" else cell.role if whole else "amount"]
    if cell.rowspan > 1 or cell.colspan > 1:
        sheet.merge_range(row, column, row + cell.rowspan - 1, column + cell.colspan - 1, "", look)
    if number is not None and len(text.lstrip("-").replace(".", "")) <= _MAX_DIGITS:
        sheet.write_number(row, column, float(number), look)
    elif text:
        sheet.write_string(row, column, text, look)
    else:
        sheet.write_blank(row, column, None, look)
