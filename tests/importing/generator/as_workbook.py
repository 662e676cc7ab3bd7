"""Workbooks with the whole report in one sheet, or a sheet for each chapter."""

from __future__ import annotations

import io
import random
from decimal import Decimal

import xlsxwriter
import xlwt  # type: ignore[import-untyped]

from samples.making.printed import Block, SampleCell, SampleHeading, SampleTable
from tests.importing.generator.pages import Page

_WIDTH = 10


def xlsx_of(page: Page, chance: random.Random) -> bytes:
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for name, blocks in _sheets(page, chance.random() < 0.4):
        sheet = workbook.add_worksheet(name)
        row = chance.choice([0, 2])
        left = chance.choice([0, 1])
        for text in page.title if name.startswith("1") else ():
            sheet.merge_range(row, left, row, left + _WIDTH - 1, text)
            row += 1
        for block in blocks:
            if isinstance(block, SampleTable):
                for cell in block.cells:
                    _write(sheet, cell, row, left, as_text=chance.random() < 0.3)
                row += block.height + chance.choice([0, 1])
            else:
                sheet.merge_range(row, left, row, left + _WIDTH - 1, block.text)
                row += 1
    workbook.close()
    return buffer.getvalue()


def xls_of(page: Page, chance: random.Random) -> bytes:
    """The format of Excel 97."""
    workbook = xlwt.Workbook(encoding="utf-8")
    for name, blocks in _sheets(page, chance.random() < 0.4):
        sheet = workbook.add_sheet(name)
        row = 0
        for text in page.title if name.startswith("1") else ():
            sheet.write_merge(row, row, 0, _WIDTH - 1, text)
            row += 1
        for block in blocks:
            if isinstance(block, SampleTable):
                for cell in block.cells:
                    top, left = row + cell.line, cell.column
                    value = _number(cell) if chance.random() < 0.7 else cell.text
                    sheet.write_merge(top, top + cell.rowspan - 1, left, left + cell.colspan - 1, value)
                row += block.height
            else:
                sheet.write_merge(row, row, 0, _WIDTH - 1, block.text)
                row += 1
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _sheets(page: Page, several: bool) -> list[tuple[str, list[Block]]]:
    if not several:
        return [("1", page.blocks)]
    sheets: list[tuple[str, list[Block]]] = [("1", [])]
    for block in page.blocks:
        if isinstance(block, SampleHeading):
            sheets.append((f"{len(sheets) + 1}", []))
        sheets[-1][1].append(block)
    return sheets


def _write(sheet: xlsxwriter.worksheet.Worksheet, cell: SampleCell, row: int, left: int, *, as_text: bool) -> None:
    value = cell.text if as_text else _number(cell)
    top, start = row + cell.line, left + cell.column
    if cell.colspan == cell.rowspan == 1:
        sheet.write(top, start, value)
    else:
        sheet.merge_range(top, start, top + cell.rowspan - 1, start + cell.colspan - 1, value)


def _number(cell: SampleCell) -> str | float:
    """What Excel makes of a typed cell."""
    plain = cell.text.replace(",", "").removeprefix("+")
    digits = plain.removeprefix("-").replace(".", "", 1)
    is_number = cell.role == "figure" and digits.isascii() and digits.isdecimal() and not digits.startswith("00")
    return float(Decimal(plain)) if is_number else cell.text
