"""Our own layouts (`reports/exporting/data.py`), read back. Each key says what stands there, so nothing has to be recognised.

What such a file says wrongly was changed by hand: it is refused with its line and value, never half understood.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from agencies.formula_escaping import unescape_formula
from config.language import pick
from reports.importing.document import Unreadable
from reports.importing.parsed import Number, ParsedReport, Place, Problem, Scope
from reports.importing.readers.text import decode
from reports.standard import CURRENT, EDITIONS, NARRATIVE_PARTS
from reports.standard.elements import Edition, Figure
from reports.standard.interchange import CONTACT, CSV_COLUMNS, IDENTITY, LIST_SEPARATOR, SCOPE, SCOPE_BASES, SCOPE_KINDS

_FACTS = frozenset(
    {
        *IDENTITY,
        "missing_tables",
        *(f"scope.{name}" for name in SCOPE),
        *(f"contact.{name}" for name in CONTACT),
        *(f"narrative.{part}" for part in NARRATIVE_PARTS),
    }
)
# Every string is taken whole, or an escaped quotation mark within a value would be taken for the beginning of another.
_STRING = re.compile(r'\n|"(?P<text>(?:[^"\\\n]|\\.)*+)(?:"(?P<is_key>\s*:)?)?')
_MAX_CHARACTERS = 2_000_000
_NUMERAL = re.compile(r"[+-]?\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Fact:
    """One key with what stands under it and the line where; `mark` is only given for figures."""

    line: int
    key: str
    value: str
    mark: str = ""


def is_own_csv(data: bytes) -> bool:
    start = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip().replace(b'"', b"").lower()
    return start.startswith(",".join(CSV_COLUMNS[:2]).encode())


def is_own_json(data: bytes) -> bool:
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    # Rich text begins with a brace, too.
    return start.startswith(b"{") and not start.startswith(b"{\\rtf")


def read_own_csv(data: bytes) -> ParsedReport:
    """Raises Unreadable."""
    return _parsed(list(_csv_facts(_text_of(data))))


def read_own_json(data: bytes) -> ParsedReport:
    """Raises Unreadable."""
    return _parsed(list(_json_facts(_text_of(data))))


def _text_of(data: bytes) -> str:
    text = decode(data)
    if len(text) > _MAX_CHARACTERS:
        raise Unreadable(
            _("文件有 %(characters)d 个字符，不像年度报告。请用本系统导出的文件。") % {"characters": len(text)}
        )
    return text


def _csv_facts(text: str) -> Iterator[Fact]:
    rows = csv.reader(io.StringIO(text, newline=""))
    try:
        head = [name.strip().lower() for name in next(rows)]
        if lost := [name for name in ("key", "value", "mark") if name not in head]:
            raise Unreadable(_("CSV 的第一行缺少这些列：%s。请用本系统导出的文件，不要改动第一行。") % "、".join(lost))
        columns = [head.index(name) for name in ("key", "value", "mark")]
        for row in rows:
            key, value, mark = (row[column].strip() if column < len(row) else "" for column in columns)
            if key:
                yield Fact(rows.line_num, key, unescape_formula(value), unescape_formula(mark))
            elif any(row):
                raise Unreadable(_("第 %(line)s 行没有数据项名（key）。") % {"line": rows.line_num})
    except csv.Error as error:
        raise Unreadable(_("CSV 第 %(line)s 行无法读取，文件可能已损坏。") % {"line": rows.line_num}) from error


def _json_facts(text: str) -> Iterator[Fact]:
    try:
        content = json.loads(text, parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_unrepeated)
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise Unreadable(_("JSON 第 %(line)s 行有错误，无法读取。") % {"line": line}) from error
    if not isinstance(content, dict) or not {"figures", "narrative"} <= content.keys():
        raise Unreadable(_("JSON 中没有年度报告：缺少 figures 和 narrative。请用本系统导出的文件。"))

    lines = _lines_of_keys(text)

    def line_of(key: str) -> int:
        return lines.get(key, 1)

    def part(name: str) -> dict[str, Any]:
        found = content.get(name) or {}
        if not isinstance(found, dict):
            raise Unreadable(_("第 %(line)s 行：%(key)s 的内容不对。") % {"line": line_of(name), "key": name})
        return found

    for key in IDENTITY:
        yield Fact(line_of(key), key, _text(content.get(key)))
    yield Fact(line_of("missing_tables"), "missing_tables", _listed(content.get("missing_tables")))
    for name in ("scope", "contact", "narrative"):
        for key, value in part(name).items():
            yield Fact(line_of(key), f"{name}.{key}", _listed(value) if key == "units" else _text(value))
    figures, marks = part("figures"), part("marks")
    for key in [*figures, *(marks.keys() - figures.keys())]:
        yield Fact(line_of(key), key, _text(figures.get(key)), _text(marks.get(key)))


def _lines_of_keys(text: str) -> dict[str, int]:
    """Where each key stands first."""
    lines: dict[str, int] = {}
    line = 1
    for found in _STRING.finditer(text):
        if found["text"] is None:
            line += 1
        elif found["is_key"]:
            lines.setdefault(found["text"], line)
    return lines


def _unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise Unreadable(_("JSON 中“%(key)s”出现了两次。") % {"key": key})
        found[key] = value
    return found


def _listed(value: object) -> str:
    return LIST_SEPARATOR.join(map(str, value)) if isinstance(value, list) else _text(value)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _parsed(facts: list[Fact]) -> ParsedReport:
    said = {fact.key: fact for fact in facts if not fact.key.startswith("narrative.")}
    form = _edition(said.get("edition"))
    parsed = ParsedReport(edition=form.name if form else None, year=_year(said.get("year")))
    parsed.figures = dict.fromkeys(form.figures) if form else {}
    _refuse_strangers(facts, form)
    for fact in facts:
        if fact.key in ("agency", "year") or fact.key.startswith("narrative."):
            parsed.places.setdefault(fact.key, Place(row=fact.line))
        figure = form.figures.get(fact.key) if form else None
        if figure:
            _read_figure(parsed, figure, fact)
        elif fact.key.startswith("narrative.") and fact.value:
            part = fact.key.removeprefix("narrative.")
            parsed.narrative[part] = "\n".join(filter(None, (parsed.narrative[part], fact.value)))

    def value(key: str) -> str:
        return said[key].value if key in said else ""

    def listed(key: str) -> tuple[str, ...]:
        return tuple(each for each in value(key).split(LIST_SEPARATOR) if each)

    parsed.agency = re.sub(r"\s+", "", value("agency"))
    parsed.contact = {name: value(f"contact.{name}") for name in CONTACT}
    parsed.scope = _scope(said, listed("scope.units"), value("scope.quote"))
    parsed.missing_tables = _missing_tables(listed("missing_tables"), said, form)
    parsed.problems += _doubts(parsed, said, form)
    return parsed


def _scope(said: Mapping[str, Fact], units: tuple[str, ...], quote: str) -> Scope:
    kind, by = (said[key].value if key in said else "" for key in ("scope.kind", "scope.by"))
    # Files of before 2027 knew two kinds, and not how they were known.
    kind = {"": "unknown", "subtree": "units" if units else "area"}.get(kind, kind)
    if kind not in SCOPE_KINDS:
        raise _wrong(said["scope.kind"], _("只能是 own、government、area、units 或 unknown"))
    if by not in SCOPE_BASES:
        raise _wrong(said["scope.by"], _("只能是 kind、text、sums、person 或留空"))
    return Scope(kind, units, quote, by or ("text" if quote and kind != "unknown" else ""))


def _refuse_strangers(facts: list[Fact], form: Edition | None) -> None:
    known = _FACTS | (form.figures.keys() if form else set())
    seen: dict[str, int] = {}
    for fact in facts:
        if fact.key not in known:
            other = next((name for name, edition in EDITIONS.items() if fact.key in edition.figures), "")
            words = {"line": fact.line, "key": fact.key, "other": other, "edition": form.name if form else _("未写明")}
            if other:
                raise Unreadable(
                    _(
                        "第 %(line)s 行：“%(key)s”是 %(other)s 版表格的数据项，而文件写明的格式（edition）是%(edition)s。"
                    )
                    % words
                )
            raise Unreadable(_("第 %(line)s 行：没有“%(key)s”这个数据项，请核对拼写。") % words)
        if fact.key in seen and not fact.key.startswith("narrative."):
            words = {"line": fact.line, "key": fact.key, "first": seen[fact.key]}
            raise Unreadable(_("第 %(line)s 行：“%(key)s”在第 %(first)s 行已经出现过，只能留一行。") % words)
        seen.setdefault(fact.key, fact.line)


def _wrong(fact: Fact, why: str) -> Unreadable:
    words = {"line": fact.line, "key": fact.key, "value": fact.value[:40], "why": why}
    return Unreadable(_("第 %(line)s 行：%(key)s 的值“%(value)s”不对，%(why)s。") % words)


def _edition(fact: Fact | None) -> Edition | None:
    if fact is None or not fact.value:
        return None
    if fact.value not in EDITIONS:
        raise _wrong(fact, _("格式（edition）只有 %s") % "、".join(EDITIONS))
    return EDITIONS[fact.value]


def _year(fact: Fact | None) -> int | None:
    if fact is None or not fact.value:
        return None
    if not re.fullmatch(r"20\d\d", fact.value):
        raise _wrong(fact, _("应为四位数的年份"))
    return int(fact.value)


def _read_figure(parsed: ParsedReport, figure: Figure, fact: Fact) -> None:
    if not fact.value:
        if fact.mark:
            parsed.marks[figure.key] = fact.mark
    else:
        parsed.figures[figure.key] = _number(figure, fact)
    parsed.places[figure.key] = Place(row=fact.line)


def _number(figure: Figure, fact: Fact) -> Number:
    try:
        number = Decimal(fact.value) if _NUMERAL.fullmatch(fact.value) else None
    except InvalidOperation:
        number = None
    if number is None:
        raise _wrong(fact, _("不是数字；没有数字的格子请留空"))
    if not figure.column.holds(number):
        raise _wrong(fact, _("小数过长或数字过大") if figure.column.decimal else _("应为整数，且不超过九位"))
    return number if figure.column.decimal else int(number)


def _missing_tables(named: tuple[str, ...], said: dict[str, Fact], form: Edition | None) -> tuple[str, ...]:
    tables = [table.key for table in (form or CURRENT).tables]
    if unknown := next((name for name in named if name not in tables), None):
        raise _wrong(said["missing_tables"], _("没有“%s”这张表") % unknown)
    return tuple(tables) if form is None else named


def _doubts(parsed: ParsedReport, said: dict[str, Fact], form: Edition | None) -> Iterator[Problem]:
    """Nothing that the file leaves out goes unnamed."""
    if not parsed.agency:
        yield Problem("no_agency", "agency", _("文件没有写明机构（agency），请指明是哪个机构的报告。"))
    if parsed.year is None:
        yield Problem("no_year", "year", _("文件没有写明年度（year），请指明是哪一年的报告。"))
    if form is None:
        yield Problem("no_table", "document", _("文件没有写明格式（edition），因此没有数据。"))
        return
    for key in parsed.missing_tables:
        message = _("文件注明原文没有“%(chapter)s”的表格。") % {"chapter": form.chapter(key).title}
        yield Problem("unread_table", key, message)
    for figure in form.figures.values():
        if figure.key not in said and figure.table not in parsed.missing_tables:
            message = _("文件中没有“%(figure)s”（%(key)s）这一项。") % {
                "figure": pick(figure.label, figure.label_en),
                "key": figure.key,
            }
            yield Problem("unread_cell", figure.key, message)
