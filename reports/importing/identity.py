"""Whose report a document is, for which year, and whom to ask about it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from reports.importing.boilerplate import is_boilerplate, is_date
from reports.importing.document import Block, Grid
from reports.importing.labels import TRADITIONAL, without_spaces

_MAX_TITLE_LENGTH = 90
_MAX_NAME_LENGTH = 40
_MAX_TITLE_LINES = 3
_YEAR = r"(?P<year>20\d\d|二[〇○零0][一二三四五六七八九〇○零]{2})年?度?"
_SUBJECT = r"(?:政府|政务)信息公开"
# Some titles are misspelt (工作告年度报); others name the form of a report, or a notice about reports.
_ITSELF = r"(?!告|格式|编制|编写|有关|的通知|表)"
_REPORT = rf"[^，。；]{{0,8}}?(?:报告|年报|年度报){_ITSELF}"
# Bounded: each place of a year would else be tried with each place of the subject.
_WORDS = ".{0,200}?"
_DATED = re.compile(
    rf"^(?:关于)?(?P<before>{_WORDS})(?:关于)?[(\[〔]?{_YEAR}[)\]〕]?(?P<after>{_WORDS}){_SUBJECT}{_REPORT}"
)
# 重庆 prints the year below the subject: X政府信息公开工作2024年度报告.
_YEAR_INSIDE = re.compile(
    rf"^(?:关于)?(?P<before>{_WORDS}){_SUBJECT}(?:工作)?[(\[〔]?{_YEAR}[)\]〕]?(?P<after>){_REPORT}"
)
_UNDATED = re.compile(rf"^(?P<before>.*?){_SUBJECT}(?:工作)?(?:年度报告|年报){_ITSELF}")
_YEAR_AFTER = re.compile(rf"[(\[〔]{_YEAR}[)\]〕]")
_QUOTED = re.compile(r"《([^《》]{6,80})》")
_NAMED = (
    re.compile(rf"(?:公布|予以公开|现公开|编制|发布|现将)(?P<name>[^，。、；(]{{3,40}}?)20\d\d年度?{_SUBJECT}"),
    re.compile(rf"(?:公布|予以公开|现公开|编制|发布|现将)20\d\d年度?(?P<name>[^，。、；(]{{3,40}}?){_SUBJECT}"),
    re.compile(r"由(?P<name>[^，。、；(由]{3,40}?)(?:综合[^，。；]{0,10}|负责|统一)?(?:编制|编写|汇总)"),
    re.compile(
        r"请(?:直接)?(?:与|同|联系)(?P<name>[^，。、；(]{3,40}?)(?:党政(?:综合|和人大)?办公室|党政办|综合办公室|办公室)?(?:联系|\()"
    ),
)
_PERIOD = re.compile(r"(20\d\d)年?1月1日(?:起|始|开始)?(?:至|到|—|-|－|~|～)+(?:\1年?)?12月31日?")
_REPORTED = (
    re.compile(rf"(20\d\d)年度?{_SUBJECT}[^，。；]{{0,10}}(?:报告|汇报)如下"),
    re.compile(rf"(?:公布|公开|发布|编制|现将)[^，。；0-9]{{0,40}}?(20\d\d)年度?{_SUBJECT}[^，。；]{{0,10}}报告"),
)
_MAX_ENDING = 9  # lines
_OFFICE_OF_TOWN = re.compile(r"((?:镇|乡|街道|苏木)(?:人民政府|办事处)?)(?:党政)?(?:综合)?办公室$")
ORGANISATION = re.compile(
    r"(?:政府|街道|办事处|委员会|管委会|局|厅|委|办公室|中心|部|处|署|院|镇|乡|苏木|公司|所|站|队)$"
)
_PLACE = re.compile(r"[省市县区旗州盟]$")
_HALF = re.compile(r"(?:人民政府|政府|街道办事处|办事处|办公室|管理委员会|管委会)+$")
# 本机关, 我镇: whose report it is, for those who know it already.
_OURS = re.compile(r"^(?:[本我该全各]|以上)")
_OF_REPORTS = re.compile(r"信息公开|年报")
_TRAIL = re.compile(r"[>›»]")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


@dataclass(frozen=True)
class Title:
    """`line` is the number of the line that was taken for the title, from 0; `dated` says that it names the year itself,
    which else stands in the words of the text that are given as `evidence`."""

    agency: str
    year: int | None
    line: int | None = None
    dated: bool = False
    evidence: str = ""


def read_title(lines: list[str], signature: str) -> Title:
    """The agency as printed, without spaces, and the report year, from the title, else from the preamble or the signature.

    The name stands before or after the year in the title or on the lines above it. Nothing is guessed: what is not printed
    is empty.
    """
    plain = [without_spaces(line) for line in lines]
    titles = list(_titles(plain))
    # The rubric of a page may be called 政府信息公开年报, too, but without a year.
    title = next((each for each in titles if each.dated), titles[0] if titles else Title("", None))
    text = "".join(plain)
    agency = title.agency or next((each.agency for each in titles if each.agency), "") or _agency_in_text(text)
    if not agency and ORGANISATION.search(signature):
        agency = signature
    if title.year is not None:
        return Title(agency, title.year, title.line, dated=True)
    year, evidence = _year_in_text(text)
    return Title(agency, year, title.line, evidence=evidence)


def is_title(line: str) -> bool:
    """Whether a line can be a title, or its last part, and not a sentence that happens to end with 编制本报告."""
    compact = without_spaces(line).translate(TRADITIONAL)
    return len(compact) <= _MAX_TITLE_LENGTH and compact.rstrip('》)”"*#').endswith("报告") and not _is_prose(compact)


def says(line: str, text: str) -> bool:
    """Whether a line of the document says something that was read from it without spaces."""
    return bool(text) and text in without_spaces(line)


def _titles(lines: list[str]) -> Iterator[Title]:
    """What can be the title, the likeliest first: the path of a web page repeats it, with the names of the rubrics before."""
    for position, line in enumerate(lines):
        if len(line) > _MAX_TITLE_LENGTH or _TRAIL.search(line):
            continue
        found = _title(line) or _broken_title(lines[position : position + _MAX_TITLE_LINES])
        if found is None:
            continue
        agency, year = found
        named = _with_the_lines_above(agency, lines[:position])
        if named or year:
            yield Title(named, year, position, dated=year is not None)
    for position, line in enumerate(lines):
        found = _title(_TRAIL.split(line)[-1]) if _TRAIL.search(line) else None
        if found and found[0] and found[1]:
            yield Title(found[0], found[1], position, dated=True)


def _title(line: str) -> tuple[str, int | None] | None:
    """The name and the year in a title; None where a line is none, or a sentence."""
    if _is_prose(line) or line.endswith(":"):
        return None
    simplified = line.translate(TRADITIONAL)
    if found := _DATED.search(simplified) or _YEAR_INSIDE.search(simplified):
        name = _name(_printed(line, found, "before") or _printed(line, found, "after"))
        return None if name is None else (name, int(found["year"].translate(_DIGITS)))
    if found := _UNDATED.search(simplified):
        name = _name(_printed(line, found, "before"))
        dated = _YEAR_AFTER.match(simplified, found.end())
        return None if name is None else (name, int(dated["year"].translate(_DIGITS)) if dated else None)
    return None


def _broken_title(lines: list[str]) -> tuple[str, int | None] | None:
    """What a title says that is broken into several lines, none of which is one itself."""
    for end in range(2, len(lines) + 1):
        last = lines[end - 1]
        if len(last) > _MAX_NAME_LENGTH or is_boilerplate(last) or is_date(last) or any(_title(last) or ()):
            return None
        joined = "".join(lines[:end])
        if len(joined) <= _MAX_TITLE_LENGTH and (found := _title(joined)):
            return found
    return None


def _printed(line: str, found: re.Match[str], group: str) -> str:
    """The name in a line. 青山镇人民政府信息公开 says 政府 once where it means it twice."""
    start, end = found.span(group)
    return line[start : end + 2] if line[start:end].endswith("人民") else line[start:end]


def _name(text: str) -> str | None:
    """What is printed in the place of a name, less the label of a field; None for a piece of a sentence."""
    name = re.split(r"[:@]", text)[-1].strip("《》“”\"'#* ·—-[]【】")
    return None if _is_prose(name) or re.search(r"[《》]", name) or len(name) > _MAX_NAME_LENGTH else name


def _is_prose(text: str) -> bool:
    return re.search(r"[,;!?，。；！？]", text) is not None


def _with_the_lines_above(agency: str, above: list[str]) -> str:
    """A name that does not end as names of agencies do stands on several lines, or wholly above the title."""
    name = agency
    for line in reversed(above):
        if _is_complete(name) or not _may_be_name(line):
            break
        name = line + name
    return name if _is_complete(name) else agency


def _is_complete(name: str) -> bool:
    simplified = name.translate(TRADITIONAL)
    return bool(ORGANISATION.search(simplified) or _PLACE.search(simplified)) and not _HALF.match(simplified)


def _may_be_name(line: str) -> bool:
    return (
        0 < len(line) <= _MAX_NAME_LENGTH
        and not re.search(r"[，。；：:,;!！?？/>]|\d{2}", line)
        and not _OF_REPORTS.search(line)
        and not is_boilerplate(line)
    )


def _agency_in_text(text: str) -> str:
    quoted = (_title(each) for each in _QUOTED.findall(text))
    named = (found["name"] for pattern in _NAMED for found in pattern.finditer(text.translate(TRADITIONAL)))
    for name in (*(found[0] for found in quoted if found), *named):
        cleaned = _name(name)
        if cleaned and _is_complete(cleaned) and not _OURS.search(cleaned):
            return cleaned
    return ""


def _year_in_text(text: str) -> tuple[int | None, str]:
    """The year of which the text says that it reports, and the words that say so."""
    if period := _PERIOD.search(text):
        return int(period[1]), period[0]
    for quoted in _QUOTED.findall(text):
        found = _title(quoted)
        if found and found[1]:
            return found[1], quoted
    for pattern in _REPORTED:
        if reported := pattern.search(text.translate(TRADITIONAL)):
            return int(reported[1]), text[reported.start() : reported.end()]
    return None, ""


def read_signature(lines: list[str]) -> str:
    """The agency that signed at the end, above the date; empty where nobody did. A town has its office sign for it."""
    tail = [without_spaces(line) for line in lines[-_MAX_ENDING:]]
    for line, following in pairwise(tail):
        if is_date(following) and ORGANISATION.search(line) and len(line) <= 40:
            return _OFFICE_OF_TOWN.sub(r"\1", line)
    return ""


_ADDRESS = re.compile(r"地\s*址(?:\s*+[:：])?\s*([^,，;；。)）\n]{4,80})")
_POSTCODE = re.compile(r"(?:邮\s*编|邮政编码)\s*+[:：]?\s*+(\d{6})(?!\d)")
_PHONE = re.compile(r"(?:电\s*话|联系方式)\s*+[:：]?\s*+([\d(][\d\-—()、/ ]{5,40}\d)")
_WEBSITE = re.compile(r"((?:https?://|www\.)[A-Za-z0-9./?=&_%#~:\-]+)")
_LABELS = {
    "联系地址": "address",
    "地址": "address",
    "邮政编码": "postcode",
    "邮编": "postcode",
    "联系电话": "phone",
    "电话": "phone",
    "电子版网址": "website",
    "网址": "website",
}


def read_contact(text: str) -> dict[str, str]:
    """Address, postcode, phone and the web site that carries the report, each empty where not printed."""
    plain = unicodedata.normalize("NFKC", text)

    def first(pattern: re.Pattern[str]) -> str:
        found = pattern.search(plain)
        return found[1].strip() if found else ""

    return {
        "address": first(_ADDRESS),
        "postcode": first(_POSTCODE),
        "phone": first(_PHONE),
        "website": first(_WEBSITE).rstrip("."),
    }


def read_contact_lines(content: Iterable[Block]) -> dict[str, str]:
    """The same where a table has a line for each: its label in one cell, what it is in the next."""
    found: dict[str, str] = {}
    for grid in (block for block in content if isinstance(block, Grid)):
        for row in grid.rows:
            filled = [cell.text for cell in row if cell.text.strip()]
            if len(filled) == 2 and (name := _LABELS.get(without_spaces(filled[0]).rstrip(":"))):
                found.setdefault(name, "".join(line.strip() for line in filled[1].split("\n")))
    return found
