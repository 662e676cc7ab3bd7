"""Spreadsheets (xlsx, xls): every sheet is a grid, merged cells included."""

from __future__ import annotations

import io

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from reports.importing.document import Cell, Document, Unreadable
from reports.importing.readers.archive import open_archive
from reports.importing.readers.limits import MAX_COLUMNS, MAX_ROWS, unpacked_workbook
from reports.importing.readers.workbook_details import Details, details_of

_MAX_PLACES = 1_000_000
Range = tuple[tuple[int, int], tuple[int, int]]


def read_spreadsheet(data: bytes) -> Document:
    """Raises Unreadable where the workbook is damaged, encrypted or far larger than a report."""
    document = Document()
    left = _MAX_PLACES
    try:
        details = details_of(unpacked_workbook(open_archive(data))) if data.startswith(b"PK") else Details()
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in _shown_sheets(workbook):
            sheet = workbook.get_sheet_by_name(name)
            if sheet.height > MAX_ROWS or sheet.width > MAX_COLUMNS:
                raise Unreadable(
                    _("工作表“%(name)s”有 %(rows)d 行 %(columns)d 列，不像年度报告。请只保留年度报告所在的工作表。")
                    % {"name": name, "rows": sheet.height, "columns": sheet.width}
                )
            ranges = sheet.merged_cell_ranges or []
            left -= sheet.height * sheet.width + sum(map(_places, ranges))
            if left < 0:
                raise Unreadable(_("工作簿中的单元格过多，不像年度报告。请只保留年度报告所在的工作表。"))
            spans, covered = _merged(ranges)
            told = details.cells.get(name, {})
            width = max((column for _row, column in told), default=0)
            rows = [
                [
                    Cell(told.get((row, column)) or details.as_it_looks(value), column, spans.get((row, column), 1))
                    for column, value in enumerate(values + [None] * (width - len(values)), 1)
                    if (row, column) not in covered
                ]
                for row, values in enumerate(sheet.to_python(skip_empty_area=False), 1)
            ]
            document.add_grid([row for row in rows if any(cell.text for cell in row)], exact=True)
    except (CalamineError, ValueError, OSError) as error:
        raise Unreadable(
            _("表格文件已损坏、有密码或不是 Excel 文件，无法打开。请用 Excel 或 WPS 重新保存后再导入。")
        ) from error
    return document


def _shown_sheets(workbook: CalamineWorkbook) -> list[str]:
    kinds = (SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible)
    return [sheet.name for sheet in workbook.sheets_metadata if (sheet.typ, sheet.visible) == kinds]


def _places(merged: Range) -> int:
    (top, left), (bottom, right) = merged
    return (min(bottom, MAX_ROWS) - top + 1) * (min(right, MAX_COLUMNS) - left + 1)


def _merged(
    ranges: list[Range],
) -> tuple[dict[tuple[int, int], int], set[tuple[int, int]]]:
    """The width of each merged cell by its place, and the places it covers."""
    spans: dict[tuple[int, int], int] = {}
    covered: set[tuple[int, int]] = set()
    for (top, left), (bottom, right) in ranges:
        bottom, right = min(bottom, MAX_ROWS), min(right, MAX_COLUMNS)
        spans[top + 1, left + 1] = right - left + 1
        covered |= {(row + 1, column + 1) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        covered.discard((top + 1, left + 1))
    return spans, covered
