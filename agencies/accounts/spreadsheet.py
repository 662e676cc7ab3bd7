"""Accounts as people keep them: a spreadsheet in, a spreadsheet to fill in, and one with the one-time passwords out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from agencies.models import Agency, Role
from agencies.naming import normalised

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 5000
LARGEST_FILE = 5 * 1024 * 1024

COLUMNS = {
    "code": "机构代码",
    "agency": "机构全称",
    "person": "姓名",
    "role": "角色",
    "email": "电子邮箱",
    "phone": "电话",
    "replaces": "接替的账号",
}
"""The columns as they are headed in the file, which is Chinese whatever the language of the pages."""
OTHER_HEADINGS = {
    "机构编码": "code", "代码": "code", "机构": "agency", "机构名称": "agency", "单位": "agency", "单位名称": "agency",
    "人员": "person", "联系人": "person", "邮箱": "email", "电子邮件": "email", "联系电话": "phone", "手机": "phone",
    "接替": "replaces", "原账号": "replaces",
}  # fmt: skip
ROLES = {"填报员": Role.CLERK, "审核员": Role.REVIEWER, "主管部门": Role.SUPERVISOR} | {
    role.value: role for role in Role
}


class Unreadable(ValueError):
    """The file cannot be read as a table of accounts. Its text says so in the user's words."""


@dataclass(frozen=True)
class Row:
    """One line as it was typed, with the number that the spreadsheet shows beside it."""

    number: int
    code: str = ""
    agency: str = ""
    person: str = ""
    role: str = ""
    email: str = ""
    phone: str = ""
    replaces: str = ""

    @property
    def filled(self) -> bool:
        """Whether anybody is named; the template comes with lines that nobody has filled in."""
        return bool(self.person or self.email or self.phone or self.replaces)

    def as_list(self) -> list[Any]:
        """As it is carried from the preview to the confirmation."""
        return list(asdict(self).values())


def read_rows(data: bytes) -> list[Row]:
    """The lines that name somebody. Raises Unreadable."""
    if len(data) > LARGEST_FILE:
        raise Unreadable(_("文件超过 5 MB，不像账号表。"))
    table = _workbook(data) if data[:2] == b"PK" or data[:4] == b"\xd0\xcf\x11\xe0" else _text(data)
    start, fields = _heading(table)
    rows = [
        Row(number, **{name: line[at].strip() if at < len(line) else "" for name, at in fields.items()})
        for number, line in enumerate(table[start:], start + 1)
    ]
    filled = [row for row in rows if row.filled]
    if not filled:
        raise Unreadable(_("表里没有填写任何人。请在“姓名”一列填上名字再上传。"))
    if len(filled) > MOST_ROWS:
        raise Unreadable(
            _("一次最多 %(most)d 人，这张表有 %(count)d 人，请分几次。") % {"most": MOST_ROWS, "count": len(filled)}
        )
    return filled


def _workbook(data: bytes) -> list[list[str]]:
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        if sheet.height > 4 * MOST_ROWS or sheet.width > 100:
            raise Unreadable(_("表格太大，不像账号表。请把账号放在第一张工作表里。"))
        return [[_cell(value) for value in line] for line in sheet.to_python(skip_empty_area=False)]
    except (CalamineError, ValueError, OSError, IndexError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(_("文件已损坏、有密码或不是 Excel 文件，打不开。请用 Excel 或 WPS 重新保存。")) from error


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
        raise Unreadable(_("文件不是 Excel，也不是 UTF-8 或 GB18030 的文本。请另存为 xlsx 或 csv。"))
    delimiter = "\t" if "\t" in text.partition("\n")[0] else ","
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise Unreadable(_("这个 csv 文件读不通。请用 Excel 或 WPS 打开后另存为 xlsx。")) from error


def _heading(table: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """How many lines stand above the first person, and in which column each field is."""
    known = {title: name for name, title in COLUMNS.items()} | OTHER_HEADINGS
    for start, line in enumerate(table[:10], 1):
        fields: dict[str, int] = {}
        for at, title in enumerate(line):
            name = known.get(normalised(title).partition("（")[0])
            if name:
                fields.setdefault(name, at)
        if {"person", "role"} <= fields.keys() and fields.keys() & {"code", "agency"}:
            return start, fields
    raise Unreadable(_("没有找到表头。第一行应有“机构代码”或“机构全称”、“姓名”、“角色”。请下载模板填写。"))


def template(agencies: Iterable[Agency]) -> bytes:
    """A table to fill in: the agencies that have nobody yet, one line each."""
    lines = [[agency.code, agency.full_name, "", str(Role.CLERK.label), "", "", ""] for agency in agencies]
    headings = list(COLUMNS.values())
    buffer = io.BytesIO()
    workbook, sheet = _sheet(buffer, "账号", headings, [18, 40, 12, 12, 28, 18, 18], lines)
    role = headings.index(COLUMNS["role"])
    choices = {"validate": "list", "source": [str(label) for label in list(ROLES)[:3]]}
    sheet.data_validation(1, role, max(len(lines), 1) + 500, role, choices)
    notes = workbook.add_worksheet("说明")
    notes.set_column(0, 0, 90)
    for number, note in enumerate(NOTES):
        notes.write_string(number, 0, note)
    workbook.close()
    return buffer.getvalue()


NOTES = (
    "一行一人。机构代码和机构全称填一个即可，两个都填的以代码为准并核对名称。",
    "角色：填报员、审核员，或者下级的主管部门。",
    "电子邮箱用于催报提醒，可以不填；电话可以不填。",
    "接替的账号：有人离任、由这个人接手时，填离任者的用户名；草稿和报告都留在机构里。",
    "没有填姓名的行不处理。同一机构可以有几行。",
)


def handout(issued: Sequence[Sequence[str]]) -> bytes:
    """The accounts with their one-time passwords, to be cut apart and handed out: agency, person, role, name, password."""
    headings = ["机构", "姓名", "角色", "用户名", "一次性密码（首次登录后须修改）"]
    buffer = io.BytesIO()
    workbook, _unused = _sheet(buffer, "一次性密码", headings, [40, 12, 12, 22, 32], [[*line] for line in issued])
    workbook.close()
    return buffer.getvalue()


def _sheet(
    buffer: io.BytesIO, name: str, headings: Sequence[str], widths: Sequence[int], lines: Iterable[Sequence[str]]
) -> tuple[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet]:
    # Text stays text: a name that begins with = is no formula, a code keeps its digits.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(buffer, options)
    sheet = workbook.add_worksheet(name)
    bold = workbook.add_format({"bold": True, "bg_color": "#f1f4f8", "bottom": 1})
    for column, (heading, width) in enumerate(zip(headings, widths, strict=True)):
        sheet.write_string(0, column, heading, bold)
        sheet.set_column(column, column, width)
    for number, line in enumerate(lines, 1):
        for column, text in enumerate(line):
            sheet.write_string(number, column, str(text))
    sheet.freeze_panes(1, 0)
    return workbook, sheet
