"""What became of the files of a batch, as a workbook to hand on to those who sent them."""

from __future__ import annotations

import io
from collections.abc import Iterable

import xlsxwriter
from django.utils.translation import gettext as _

from agencies.formula_escaping import escape_formula
from reports.models import BatchFile


def batch_sheet(files: Iterable[BatchFile]) -> bytes:
    """One line a file. Names and reasons stay text, whatever they begin with."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(buffer, options)
    sheet = workbook.add_worksheet(_("导入结果"))
    heading = workbook.add_format({"bold": True, "bg_color": "#EEF1F5", "border": 1})
    plain = workbook.add_format({"text_wrap": True, "valign": "top"})
    columns = [
        (_("序号"), 6),
        (_("文件"), 48),
        (_("结果"), 16),
        (_("原因"), 60),
        (_("没有读准"), 10),
        (_("机构"), 36),
        (_("年度"), 8),
        ("SHA-256", 66),
    ]
    for column, (title, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, heading)
    line = 0
    for line, file in enumerate(files, 1):
        report = file.version.report if file.version else None
        sheet.write_number(line, 0, file.position, plain)
        sheet.write_string(line, 1, escape_formula(file.name), plain)
        sheet.write_string(line, 2, file.get_status_display(), plain)
        sheet.write_string(line, 3, escape_formula(file.message), plain)
        sheet.write_number(line, 4, file.doubts, plain)
        sheet.write_string(line, 5, escape_formula(report.agency.full_name) if report else "", plain)
        sheet.write_string(line, 6, str(report.year) if report else "", plain)
        sheet.write_string(line, 7, file.sha256, plain)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, line, len(columns) - 1)
    workbook.close()
    return buffer.getvalue()
