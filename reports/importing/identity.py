"""Whose report a document is, for which year, whom to ask, and whom its figures cover."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from reports.importing.document import Block, Grid
from reports.importing.parsed import Scope

_YEAR = r"(?P<year>20\d\d|二[〇○零0]{1}[一二三四五六七八九〇○零]{2})\s*年?\s*度?"
_TITLE = re.compile(
    rf"^(?:关于)?(?P<before>.*?)(?:关于)?{_YEAR}\s*(?P<after>.*?)(?:政府|政务)信息公开(?:工作)?(?:情况)?(?:的)?(?:年度)?报告"
)
_UNDATED_TITLE = re.compile(r"^(?P<before>.*?)(?:政府|政务)信息公开(?:工作)?年度报告")
_PERIOD = re.compile(r"(20\d\d)年1月1日(?:起|开始)?(?:至|到|—|-|－|~|～)+(?:\1年)?12月31日")
_ORGANISATION = re.compile(
    r"(?:政府|街道|办事处|委员会|管委会|局|厅|委|办公室|中心|部|处|署|院|镇|乡|苏木|公司|所|站|队)$"
)
_IN_TEXT = (
    re.compile(r"(?:公布|编制|发布|现将)(?P<name>[^，。、；（(]{4,40}?)20\d\d年度?(?:政府|政务)信息公开"),
    re.compile(r"请(?:直接)?(?:与|同|联系)(?P<name>[^，。、；（(]{4,40}?)(?:党政办公室|党政办|办公室)?(?:联系|（|\()"),
)
_ABOUT_SCOPE = re.compile(
    r"统计范围|统计口径|汇总(?:数|表|统计)|(?:数据|数字|本表|报表).{0,15}汇总"
    r"|(?:数据|数字|本表|表中|本报告).{0,12}(?:包括|包含|涵盖|含).{0,30}(?:所属|所辖|下属|各镇|各街道|乡镇|部门)"
)
_CONTACT_LABELS = {
    "联系地址": "address",
    "地址": "address",
    "邮政编码": "postcode",
    "邮编": "postcode",
    "联系电话": "phone",
    "电话": "phone",
    "电子版网址": "website",
    "网址": "website",
}
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


@dataclass(frozen=True)
class Title:
    """`line` is the number of the line that was taken for the title, from 0; `dated` says that it names the year itself,
    which else stands in the `period` that the text gives."""

    agency: str
    year: int | None
    line: int | None = None
    dated: bool = False
    period: str = ""


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _as_year(text: str) -> int:
    return int(text.translate(_DIGITS))


def read_title(lines: list[str], signature: str) -> Title:
    """The agency as printed, without spaces, and the report year, from the title, else from the preamble or the signature.

    The name stands before the year in the title or on the lines above it. Nothing is guessed: what is not printed is empty.
    """
    plain = [_plain(line) for line in lines]
    year = None
    agency = ""
    title = None
    for position, line in enumerate(plain):
        found = _TITLE.search(line) if len(line) <= 90 else None
        undated = None if found else (_UNDATED_TITLE.search(line) if len(line) <= 60 else None)
        if not found and not undated:
            continue
        if found:
            year = _as_year(found["year"])
            agency = found["before"] or found["after"]
        elif undated:
            agency = undated["before"]
        agency = agency.strip("《》“”\"'#* ·—-")
        above = position - 1
        while not _ORGANISATION.search(agency) and above >= 0 and _may_be_name(plain[above]):
            agency = plain[above] + agency
            above -= 1
        if agency or year:
            title = position
            break
    text = "".join(plain)
    dated = year is not None
    period = None if dated else _PERIOD.search(text)
    if period:
        year = int(period[1])
    if not agency:
        agency = _agency_in_text(text) or (signature if _ORGANISATION.search(signature) else "")
    return Title(agency, year, title, dated, period[0] if period else "")


def says(line: str, text: str) -> bool:
    """Whether a line of the document says something that was read from it without spaces."""
    return bool(text) and text in _plain(line)


def _may_be_name(line: str) -> bool:
    return len(line) <= 40 and not re.search(r"[，。；：:,;!！?？/]|\d{2}", line)


def _agency_in_text(text: str) -> str:
    return next((found["name"] for pattern in _IN_TEXT if (found := pattern.search(text))), "")


def read_signature(lines: list[str]) -> str:
    """The agency that signed at the end, above the date; empty where nobody did."""
    tail = [_plain(line) for line in lines[-3:]]
    for line, following in pairwise(tail):
        if re.fullmatch(r"20\d\d年\d{1,2}月\d{1,2}日", following) and _ORGANISATION.search(line) and len(line) <= 40:
            return line
    return ""


def read_contact(text: str) -> dict[str, str]:
    """Address, postcode, phone and the web site that carries the report, each empty where not printed."""
    plain = unicodedata.normalize("NFKC", text)

    def first(pattern: str) -> str:
        found = re.search(pattern, plain)
        return found[1].strip() if found else ""

    website = first(r"((?:https?://|www\.)[A-Za-z0-9./?=&_%#~:\-]+)")
    return {
        "address": first(r"(?:地\s*址)\s*[:：]?\s*([^,，;；。)）\n]{4,80})"),
        "postcode": first(r"(?:邮\s*编|邮政编码)\s*[:：]?\s*(\d{6})(?!\d)"),
        "phone": first(r"(?:电\s*话|联系方式)\s*[:：]?\s*([\d(][\d\-—()、/ ]{5,40}\d)"),
        "website": website.rstrip("."),
    }


def read_contact_lines(content: Iterable[Block]) -> dict[str, str]:
    """The same where a table has a line for each: its label in one cell, what it is in the next."""
    found: dict[str, str] = {}
    for grid in (block for block in content if isinstance(block, Grid)):
        for row in grid.rows:
            filled = [cell.text for cell in row if cell.text.strip()]
            if len(filled) == 2 and (name := _CONTACT_LABELS.get(_plain(filled[0]).rstrip(":"))):
                found.setdefault(name, re.sub(r"\s*\n\s*", "", filled[1]).strip())
    return found


def read_scope(texts: list[str]) -> Scope:
    """Whether the figures cover the body itself or its subtree, with the sentence that says so.

    Only a sentence about the figures counts (统计范围, 汇总数, 数据包含…); that an office lists its units elsewhere says nothing.
    """
    for text in texts:
        for sentence in re.split(r"(?<=[。；\n])", text):
            compact = _plain(sentence)
            if not _ABOUT_SCOPE.search(compact):
                continue
            units = _units(compact)
            whole = re.search(r"汇总|所辖|所属|下属|各[乡镇街]|含.{0,8}(?:乡镇|街道|部门)", compact)
            own = re.search(
                r"(?:仅|只)(?:包括|包含|含|为|限)?本(?:机关|级|单位|部门|镇|街道)|不含(?:所辖|下属|所属)", compact
            )
            if own:
                return Scope("own", (), sentence.strip())
            if units or whole:
                return Scope("subtree", units, sentence.strip())
    return Scope()


def _units(sentence: str) -> tuple[str, ...]:
    found = re.search(r"(?:包括|包含|涵盖|所辖|为|:)([^。；]*(?:镇|乡|街道|办事处|局|委|政府)[^。；]*)", sentence)
    if not found:
        return ()
    listed = re.split(r"[、,，和及]", re.sub(r"[（(].*?[）)]", "", found[1]))
    names = [re.sub(r"^(?:包括|包含|所辖|下属|所属|以及|本级|:)+|等.*$|共?\d+个.*$", "", name) for name in listed]
    units = tuple(
        name for name in names if _ORGANISATION.search(name) and len(name) <= 30 and not name.startswith("各")
    )
    return units if len(units) >= 2 else ()
