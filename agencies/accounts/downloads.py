"""Tables of accounts for download, as xlsx or CSV: to fill in, to correct, and with one-time passwords to hand out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import xlsxwriter

from agencies.accounts.planning import PlannedAccount
from agencies.accounts.spreadsheet import COLUMNS, ROLE_NAMES, ROLES
from agencies.formula_escaping import escape_formula
from agencies.models import Agency, Membership, Role

CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
WIDTHS = (18, 40, 12, 12, 28, 18, 18)
SPARE_ROWS = 500
"""Lines below the last one in which a role can still be chosen from the list."""

NOTES = (
    "一行一人。机构代码和机构全称填一个即可，两个都填的以代码为准并核对名称。",
    "角色：填报员、审核员，或者下级的主管部门。",
    "电子邮箱用于催报提醒，可以不填；电话可以不填。",
    "接替的账号：有人离任、由这个人接手时，填离任者的用户名；草稿和报告都留在机构里。",
    "没有填姓名的行不处理。同一机构可以有几行。",
)


@dataclass(frozen=True)
class AccountTable:
    """One table. `to_fill_in`: with the roles to choose from and a page that explains the columns."""

    title: str
    headings: Sequence[str]
    widths: Sequence[int]
    lines: Sequence[Sequence[str]]
    to_fill_in: bool = False


def for_new_clerks(agencies: Iterable[Agency]) -> AccountTable:
    """The agencies that have nobody yet, one line each; the name of a clerk is to be filled in."""
    lines = [[agency.code, agency.full_name, "", ROLE_NAMES[Role.CLERK], "", "", ""] for agency in agencies]
    return AccountTable("账号", list(COLUMNS.values()), WIDTHS, lines, to_fill_in=True)


def for_successors(memberships: Iterable[Membership]) -> AccountTable:
    """The accounts that there are; who is to take over is filled in, the other lines are passed over."""
    headings = [*COLUMNS.values(), "现在的人"]
    lines = [
        [
            one.agency.code,
            one.agency.full_name,
            "",
            ROLE_NAMES[Role(one.role)],
            "",
            "",
            one.user.username,
            one.user.get_full_name(),
        ]
        for one in memberships
    ]
    return AccountTable("移交", headings, [*WIDTHS, 14], lines, to_fill_in=True)


def for_correction(planned: Iterable[PlannedAccount]) -> AccountTable:
    """The lines with something wrong, as they were typed, and beside each what is wrong with it."""
    headings = [*COLUMNS.values(), "原来的行", "请改正"]
    lines = [
        [*map(str, one.row.as_list()[1:]), str(one.row.number), " ".join(fault.sentence for fault in one.faults)]
        for one in planned
        if one.faults
    ]
    return AccountTable("待改正", headings, [*WIDTHS, 10, 60], lines, to_fill_in=True)


def one_time_passwords(issued: Sequence[Sequence[str]]) -> AccountTable:
    """Agency, person, role, username and password; to be cut apart and handed out."""
    headings = ["机构", "姓名", "角色", "用户名", "一次性密码（首次登录后须修改）"]
    return AccountTable("一次性密码", headings, [40, 12, 12, 22, 32], issued)


def as_csv(sheet: AccountTable) -> bytes:
    """Spreadsheets know UTF-8 by its byte-order mark only."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(sheet.headings)
    writer.writerows([escape_formula(text) for text in line] for line in sheet.lines)
    return buffer.getvalue().encode("utf-8-sig")


def as_xlsx(sheet: AccountTable) -> bytes:
    """Text stays text: a name that begins with = is no formula, a code keeps its digits."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(buffer, options)
    page = workbook.add_worksheet(sheet.title)
    bold = workbook.add_format({"bold": True, "bg_color": "#F1F4F8", "bottom": 1})
    for column, (heading, width) in enumerate(zip(sheet.headings, sheet.widths, strict=True)):
        page.write_string(0, column, heading, bold)
        page.set_column(column, column, width)
    for number, line in enumerate(sheet.lines, 1):
        for column, text in enumerate(line):
            page.write_string(number, column, text)
    page.freeze_panes(1, 0)
    if sheet.to_fill_in:
        _explain(workbook, page, len(sheet.lines))
    workbook.close()
    return buffer.getvalue()


def _explain(workbook: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet, lines: int) -> None:
    role = list(COLUMNS).index("role")
    page.data_validation(1, role, lines + SPARE_ROWS, role, {"validate": "list", "source": list(ROLES)})
    notes = workbook.add_worksheet("说明")
    notes.set_column(0, 0, 90)
    for number, note in enumerate(NOTES):
        notes.write_string(number, 0, note)


WRITERS = {"xlsx": as_xlsx, "csv": as_csv}
