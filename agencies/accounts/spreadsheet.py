"""Reads a spreadsheet of accounts into its rows. What they mean is decided by `planning`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from agencies.accounts.cells import UnreadableSpreadsheet, cells_of
from agencies.formula_escaping import unescape_formula
from agencies.models import Role
from agencies.naming import normalised
from config.sandbox import Limits, SandboxFailed, run_sandboxed

MAX_ROWS = 5000
MAX_FILE = 5 * 1024 * 1024
MAX_HEADING_ROWS = 10
LIMITS = Limits(wall_seconds=10, cpu_seconds=10, memory=1 << 30, answer=32 << 20)
MAX_WAIT_FOR_A_PLACE = 5
"""Seconds; a web thread has others to answer."""

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
ROLES = {"填报员": Role.CLERK, "审核员": Role.REVIEWER, "主管部门": Role.SUPERVISOR}
ROLE_NAMES = {role: name for name, role in ROLES.items()}


@dataclass(frozen=True)
class AccountRow:
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
    def names_somebody(self) -> bool:
        """The tables to fill in come with lines that nobody has filled in."""
        return bool(self.person or self.email or self.phone)

    @property
    def is_blank(self) -> bool:
        return not any(self.as_list()[1:])

    def as_list(self) -> list[Any]:
        """As it is carried from the preview to the confirmation."""
        return list(asdict(self).values())


@dataclass(frozen=True)
class AccountRows:
    """The lines that name somebody, and how many others name an agency only."""

    rows: list[AccountRow]
    unnamed: int


def read_rows(data: bytes) -> AccountRows:
    """The lines of an Excel or CSV file. Raises Unreadable."""
    if len(data) > MAX_FILE:
        raise UnreadableSpreadsheet(_("文件超过 5 MB，不像账号表。"))
    table = _cells(data)
    start, fields = _heading(table)
    rows = [
        AccountRow(
            number,
            **{name: unescape_formula(line[at].strip()) if at < len(line) else "" for name, at in fields.items()},
        )
        for number, line in enumerate(table[start:], start + 1)
    ]
    named = [row for row in rows if row.names_somebody]
    if not named:
        raise UnreadableSpreadsheet(_("表里没有填写任何人。请在“姓名”一列填上名字再上传。"))
    if len(named) > MAX_ROWS:
        words = {"most": MAX_ROWS, "count": len(named)}
        raise UnreadableSpreadsheet(_("一次最多 %(most)d 人，这张表有 %(count)d 人，请分几次。") % words)
    return AccountRows(named, sum(not row.names_somebody and not row.is_blank for row in rows))


def _cells(data: bytes) -> list[list[str]]:
    try:
        answer = run_sandboxed(cells_of, data, limits=LIMITS, slot_timeout=MAX_WAIT_FOR_A_PLACE)
        if "unreadable" in answer:
            raise UnreadableSpreadsheet(str(answer["unreadable"]))
        return [[str(cell) for cell in line] for line in answer["lines"]]
    except SandboxFailed as failed:
        if failed.reason == "busy":
            raise UnreadableSpreadsheet(_("现在有别的文件正在读取，请过一会儿再上传。")) from failed
        raise UnreadableSpreadsheet(
            _("这个文件读不完，已停止：它过大或已损坏。请只保留账号表，重新保存后再上传。")
        ) from failed
    except (KeyError, TypeError) as error:
        raise UnreadableSpreadsheet(
            _("这个文件读不完，已停止：它过大或已损坏。请只保留账号表，重新保存后再上传。")
        ) from error


def _heading(table: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """How many lines stand above the first person, and in which column each field is."""
    known = {title: name for name, title in COLUMNS.items()} | OTHER_HEADINGS
    for start, line in enumerate(table[:MAX_HEADING_ROWS], 1):
        fields: dict[str, int] = {}
        for at, title in enumerate(line):
            name = known.get(normalised(title).partition("（")[0])
            if name:
                fields.setdefault(name, at)
        if {"person", "role"} <= fields.keys() and fields.keys() & {"code", "agency"}:
            return start, fields
    raise UnreadableSpreadsheet(_("没有找到表头。第一行应有“机构代码”或“机构全称”、“姓名”、“角色”。请下载模板填写。"))
