"""Workbooks with the whole report in one sheet, or a sheet for each chapter."""

from __future__ import annotations

import io
import random
from decimal import Decimal

import xlsxwriter

from samples.making.printed import Block, Cell, Grid, Heading
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
            if isinstance(block, Grid):
                for cell in block.cells:
                    _write(sheet, cell, row, left, as_text=chance.random() < 0.3)
                row += block.height + chance.choice([0, 1])
            else:
                sheet.merge_range(row, left, row, left + _WIDTH - 1, block.text)
                row += 1
    workbook.close()
    return buffer.getvalue()


def _sheets(page: Page, several: bool) -> list[tuple[str, list[Block]]]:
    if not several:
        return [("1", page.blocks)]
    sheets: list[tuple[str, list[Block]]] = [("1", [])]
    for block in page.blocks:
        if isinstance(block, Heading):
            sheets.append((f"{len(sheets) + 1}", []))
        sheets[-1][1].append(block)
    return sheets


def _write(sheet: xlsxwriter.worksheet.Worksheet, cell: Cell, row: int, left: int, *, as_text: bool) -> None:
    value: str | float = cell.text
    if cell.role == "figure" and not as_text and cell.text.replace(".", "", 1).isascii():
        plain = cell.text.replace(",", "").removeprefix("+")
        if plain.replace(".", "", 1).removeprefix("-").isdecimal() and not (len(plain) > 1 and plain.startswith("00")):
            value = float(Decimal(plain))
    top, start = row + cell.line, left + cell.column
    if cell.colspan == cell.rowspan == 1:
        sheet.write(top, start, value)
    else:
        sheet.merge_range(top, start, top + cell.rowspan - 1, start + cell.colspan - 1, value)
