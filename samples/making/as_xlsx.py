"""Workbooks: some offices keep the whole report in one sheet."""

from __future__ import annotations

import datetime
import io

import xlsxwriter

from samples.contents import Sample
from samples.making.printed import SampleHeading, SampleTable, printed_blocks

_WIDTH = 10  # columns of the widest table but one; prose is merged across them


def as_xlsx(sample: Sample) -> bytes:
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    workbook.set_properties({"created": datetime.datetime(2024, 1, 18)})
    sheet = workbook.add_worksheet("年度报告")
    sheet.set_column(0, 14, 9)
    title = workbook.add_format({"bold": True, "font_size": 16, "align": "center"})
    heading = workbook.add_format({"bold": True})
    prose = workbook.add_format({"text_wrap": True, "valign": "top"})
    boxed = workbook.add_format({"border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"})
    sheet.merge_range(0, 0, 0, _WIDTH - 1, sample.title, title)
    row = 1
    for block in printed_blocks(sample):
        if isinstance(block, SampleTable):
            for cell in block.cells:
                value: str | int = int(cell.text) if cell.role == "figure" and cell.text.isdecimal() else cell.text
                top, left = row + cell.line, cell.column
                bottom, right = top + cell.rowspan - 1, left + cell.colspan - 1
                if (top, left) == (bottom, right):
                    sheet.write(top, left, value, boxed)
                else:
                    sheet.merge_range(top, left, bottom, right, value, boxed)
            row += block.height + 1
        else:
            style = heading if isinstance(block, SampleHeading) else prose
            sheet.merge_range(row, 0, row, _WIDTH - 1, block.text, style)
            sheet.set_row(row, 16 * (1 + len(block.text) // 45))
            row += 1
    workbook.close()
    return buffer.getvalue()
