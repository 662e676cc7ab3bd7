"""The circular (通报) on a year's reports: who made theirs public, as tables. Figures only; the words are the office's."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from docx.enum.text import WD_ALIGN_PARAGRAPH

from reports.exporting import plain_table, word
from reports.review.progress import Counts, FilingStatus, ProgressRow

CellText = str | int | None
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"


@dataclass(frozen=True)
class CircularTable:
    """`widths` are the shares of the columns; `last_is_total` sets the last line apart."""

    title: str
    header: Sequence[str]
    lines: Sequence[Sequence[CellText]]
    widths: Sequence[int]
    last_is_total: bool = False


@dataclass(frozen=True)
class Circular:
    title: str
    place: str
    date: str
    tables: Sequence[CircularTable]


def circular(
    place: str, year: int, found: Sequence[ProgressRow], total: ProgressRow, units: Iterable[Any], today: datetime.date
) -> Circular:
    """The tables on a year: the numbers of each part of the place, then each unit that was not in time."""
    summary = [_numbers(row.name, row.counts) for row in found] + [_numbers(_("合计"), total.counts)]
    late = [
        [number, *_unit(unit, today)]
        for number, unit in enumerate((unit for unit in units if _is_late(unit, today)), start=1)
    ]
    title = _("关于%(year)s年度政府信息公开工作年度报告编制发布情况的通报") % {"year": year}
    until = _("统计截至%(day)s") % {"day": date_format(today, "DATE_FORMAT")}
    header = [_("单位"), _("应编制"), _("已报送"), *(str(one.label) for one in FilingStatus), _("报送率")]
    tables = [CircularTable(_("表一　编制发布情况"), header, summary, (24, 9, 9, 10, 10, 9, 9, 9, 11), True)]
    if late:
        header = [_("序号"), _("单位"), _("公开期限"), _("状态"), _("报送日期"), _("逾期天数")]
        tables.append(CircularTable(_("表二　未按期报送的单位"), header, late, (7, 31, 20, 13, 20, 9)))
    return Circular(title, place, until, tables)


def _numbers(name: str, counts: Counts) -> list[CellText]:
    share = counts.filed_share
    percent = "—" if share is None else f"{share:.1f}%"
    return [name, counts.owing, counts.filed, *(counts.by[one] for one in FilingStatus), percent]


def days_late(unit: Any, today: datetime.date) -> int:
    """By how many days a unit filed after its day, or has let it pass; not positive where it has not."""
    return int(((unit.filed_on or today) - unit.due).days)


def _is_late(unit: Any, today: datetime.date) -> bool:
    return unit.standing != FilingStatus.ON_TIME and days_late(unit, today) > 0


def _unit(unit: Any, today: datetime.date) -> list[CellText]:
    filed = date_format(unit.filed_on, "DATE_FORMAT") if unit.filed_on else "—"
    due = date_format(unit.due, "DATE_FORMAT")
    return [unit.name, due, str(FilingStatus(unit.standing).label), filed, days_late(unit, today)]


def as_csv(year: int, units: Iterable[Any], today: datetime.date) -> bytes:
    """Every unit that owes a report, for programs: what is counted in the circular, line by line."""
    header = ["code", "name", "year", "due", "filed_on", "standing", "days_late"]
    return plain_table.as_csv(
        header,
        (
            [
                unit.code,
                unit.name,
                year,
                unit.due.isoformat(),
                unit.filed_on.isoformat() if unit.filed_on else "",
                unit.standing,
                max(days_late(unit, today), 0),
            ]
            for unit in units
        ),
    )


def as_docx(text: Circular) -> bytes:
    document = word.new_document(text.title, text.place)
    word.paragraph(document, "Title", text.title)
    body = document.element.body
    for line in (text.place, text.date):
        word.paragraph(document, "Normal", line).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for table in text.tables:
        word.paragraph(document, "Heading1", table.title)
        body.insert(len(body) - 1, _word_table(table))
    word.paragraph(document, "NoSpacing")
    return word.saved(document)


def _word_table(table: CircularTable) -> Any:
    whole = sum(table.widths)
    widths = [word.PAGE_WIDTH * share // whole for share in table.widths]
    rows = _word_row(table.header, widths, word.HEADING_FONT, "<w:tblHeader/>")
    for number, line in enumerate(table.lines, start=1):
        total = table.last_is_total and number == len(table.lines)
        rows += _word_row(line, widths, word.HEADING_FONT if total else "")
    return word.framed(rows, widths, table.title)


def _word_row(line: Sequence[CellText], widths: Sequence[int], font: str = "", mark: str = "") -> str:
    cells = "".join(
        word.box("" if value is None else str(value), width, "", "center", 21, font)
        for value, width in zip(line, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{mark}<w:jc w:val='center'/></w:trPr>{cells}</w:tr>"


def as_xlsx(text: Circular) -> bytes:
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(buffer, options)
    workbook.set_properties({"title": text.title[:255], "author": text.place[:255]})
    base = {"font_name": "仿宋", "font_size": 11, "valign": "vcenter", "align": "center", "text_wrap": True}
    title = workbook.add_format(base | {"font_name": "宋体", "font_size": 16, "bold": True})
    plain = workbook.add_format(base)
    cell = workbook.add_format(base | {"border": 1})
    head = workbook.add_format(base | {"border": 1, "font_name": "黑体", "bg_color": "#EEF1F5"})
    for table in text.tables:
        sheet = workbook.add_worksheet(table.title.split("　")[-1][:31])
        last = len(table.header) - 1
        sheet.merge_range(0, 0, 0, last, text.title, title)
        sheet.set_row(0, 44)
        sheet.merge_range(1, 0, 1, last, f"{text.place}　{text.date}", plain)
        sheet.merge_range(2, 0, 2, last, table.title, plain)
        for column, (name, share) in enumerate(zip(table.header, table.widths, strict=True)):
            sheet.set_column(column, column, max(share * 0.9, 8))
            sheet.write_string(3, column, name, head)
        for number, line in enumerate(table.lines, start=1):
            look = head if table.last_is_total and number == len(table.lines) else cell
            for column, value in enumerate(line):
                if isinstance(value, int):
                    sheet.write_number(3 + number, column, value, look)
                else:
                    sheet.write_string(3 + number, column, value or "", look)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(3)
        sheet.freeze_panes(4, 0)
    workbook.close()
    return buffer.getvalue()
