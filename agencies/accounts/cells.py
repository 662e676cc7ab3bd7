"""The cells of a spreadsheet as text. It runs in a process apart, since the file is a stranger's. Pure."""

from __future__ import annotations

import csv
import io
from itertools import islice
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from python_calamine import CalamineError, CalamineWorkbook

MAX_LINES = 20_000
MAX_COLUMNS = 100
TOO_LARGE = gettext_lazy("表格太大，不像账号表。请把账号放在第一张工作表里。")


class UnreadableSpreadsheet(ValueError):
    """The file cannot be read as a table of accounts. Its text says so in the user's words."""


def cells_of(file: BinaryIO) -> dict[str, Any]:
    """The lines of the first sheet of an Excel file, or of a CSV file, under `lines`; else why not, under `unreadable`."""
    data = file.read()
    try:
        return {"lines": _workbook(data) if data[:2] == b"PK" or data[:4] == b"\xd0\xcf\x11\xe0" else _text(data)}
    except UnreadableSpreadsheet as unreadable:
        return {"unreadable": str(unreadable)}


def _workbook(data: bytes) -> list[list[str]]:
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        if sheet.height > MAX_LINES or sheet.width > MAX_COLUMNS:
            raise UnreadableSpreadsheet(TOO_LARGE)
        return [[_cell(value) for value in line] for line in sheet.to_python(skip_empty_area=False)]
    except (CalamineError, ValueError, OSError, IndexError) as error:
        if isinstance(error, UnreadableSpreadsheet):
            raise
        raise UnreadableSpreadsheet(
            _("文件已损坏、有密码或不是 Excel 文件，打不开。请用 Excel 或 WPS 重新保存。")
        ) from error


def _cell(value: object) -> str:
    """Spreadsheets keep every number as a float; a code or a telephone number was typed as digits."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _text(data: bytes) -> list[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise UnreadableSpreadsheet(_("文件不是 Excel，也不是 UTF-8 或 GB18030 的文本。请另存为 xlsx 或 csv。"))
    delimiter = "\t" if "\t" in text.partition("\n")[0] else ","
    try:
        lines = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), MAX_LINES + 1))
    except csv.Error as error:
        raise UnreadableSpreadsheet(_("这个 csv 文件读不通。请用 Excel 或 WPS 打开后另存为 xlsx。")) from error
    if len(lines) > MAX_LINES or any(len(line) > MAX_COLUMNS for line in lines):
        raise UnreadableSpreadsheet(TOO_LARGE)
    return lines
