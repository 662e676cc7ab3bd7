"""Any table that a page shows, as a file: one header line, then its lines. Blanks stay empty."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

import xlsxwriter

from agencies.formula_escaping import escape_formula

Value = str | int | Decimal | None
Lines = Iterable[Sequence[Value]]


def as_csv(header: Sequence[str], lines: Lines) -> bytes:
    """Spreadsheets know UTF-8 by its byte-order mark only, and take no text for a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(header)
    for line in lines:
        writer.writerow([escape_formula(value) if isinstance(value, str) else value for value in line])
    return buffer.getvalue().encode("utf-8-sig")


def as_xlsx(title: str, header: Sequence[str], lines: Lines) -> bytes:
    """Numbers are numbers and text is text, whatever it begins with."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(buffer, options)
    # A sheet's name holds thirty-one characters and none of these.
    sheet = workbook.add_worksheet(title.translate(dict.fromkeys(map(ord, "[]:*?/\\'")))[:31])
    bold = workbook.add_format({"bold": True, "bg_color": "#EEF1F5", "bottom": 1})
    for column, text in enumerate(header):
        sheet.write_string(0, column, text, bold)
    for row, line in enumerate(lines, start=1):
        for column, value in enumerate(line):
            if isinstance(value, str):
                sheet.write_string(row, column, value)
            elif value is not None:
                sheet.write_number(row, column, value)
    sheet.freeze_panes(1, 2)
    sheet.autofit()
    workbook.close()
    return buffer.getvalue()
