"""The file of divisions (CSV): read, and every line validated. Nothing is stored here."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import lzma
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agencies.codes import level_of, validate_division_code
from agencies.models import Kind, Level
from agencies.naming import normalised

COLUMNS = ("code", "name", "level", "kind", "owes_report")
LEVELS = {str(level.value): level for level in Level}
# A placeholder has no kind.
KINDS: dict[str, Kind | None] = {"": None} | {kind.value: kind for kind in Kind}
# By the first bytes and not by the ending: what people rename still opens.
COMPRESSIONS = {b"\xfd7zXZ\x00": lzma.decompress, b"\x1f\x8b": gzip.decompress, b"BZh": bz2.decompress}
MAX_SHOWN_PROBLEMS = 20


class DivisionsFileError(ValueError):
    """The file cannot be loaded. `problems` are sentences that name file, line and value."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        shown = problems[:MAX_SHOWN_PROBLEMS]
        if len(problems) > len(shown):
            shown.append(_("……另有 %(count)d 处。") % {"count": len(problems) - len(shown)})
        super().__init__("\n".join(shown))


class DivisionLine(NamedTuple):
    """One division as the file gives it, with the number of its line. Without `kind` nobody governs it."""

    code: str
    name: str
    level: Level
    kind: Kind | None
    owes_report: bool
    number: int


def read_divisions(path: Path) -> list[DivisionLine]:
    """All lines of a CSV, plain or compressed (.xz, .gz, .bz2), in UTF-8 or GB18030; superiors come first.

    Raises Unloadable, naming every bad line, so that a file is mended in one go.
    """
    rows = csv.reader(io.StringIO(_text_of(path), newline=""))
    try:
        header = [cell.strip() for cell in next(rows, [])]
        _require_columns(path, header)
        lines, problems = _validate(header, rows)
    except csv.Error as error:
        number, text = rows.line_num, _("不是 CSV 表格（%(error)s）。") % {"error": error}
        lines, problems = {}, [(number, text)]
    if problems:
        raise DivisionsFileError([at_line(path, number, problem) for number, problem in problems])
    return sorted(lines.values(), key=lambda line: (line.level, line.code))


def at_line(path: Path, number: int, problem: str) -> str:
    return _("“%(file)s”第 %(number)d 行：%(problem)s") % {"file": path, "number": number, "problem": problem}


def _text_of(path: Path) -> str:
    try:
        data = path.read_bytes()
        for magic, decompress in COMPRESSIONS.items():
            if data.startswith(magic):
                data = decompress(data)
                break
    except FileNotFoundError as error:
        raise DivisionsFileError([_("没有文件“%(file)s”，请核对路径。") % {"file": path}]) from error
    except (OSError, EOFError, lzma.LZMAError, zlib.error) as error:
        raise DivisionsFileError([_("读不出文件“%(file)s”：%(error)s。") % {"file": path, "error": error}]) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DivisionsFileError(
        [_("“%(file)s”不是 UTF-8 或 GB18030 编码的文本，请另存为 CSV（UTF-8）。") % {"file": path}]
    )


def _require_columns(path: Path, header: list[str]) -> None:
    if missing := [column for column in COLUMNS if column not in header]:
        problem = _("应为列名，缺少 %(missing)s。列名依次为 %(columns)s。")
        words = {"missing": "、".join(missing), "columns": ",".join(COLUMNS)}
        raise DivisionsFileError([at_line(path, 1, problem % words)])


def _validate(header: list[str], rows: Iterator[list[str]]) -> tuple[dict[str, DivisionLine], list[tuple[int, str]]]:
    problems: list[tuple[int, str]] = []
    lines: dict[str, DivisionLine] = {}
    for number, cells in enumerate(rows, start=2):
        row = dict(zip(header, map(normalised, cells), strict=False))
        if not any(row.values()):
            continue
        found = list(_problems_of(row))
        if earlier := lines.get(row.get("code", "")):
            words = {"code": earlier.code, "number": earlier.number}
            found.append(_("代码“%(code)s”与第 %(number)d 行重复。") % words)
        problems += [(number, problem) for problem in found]
        if not found:
            level, kind = LEVELS[row["level"]], KINDS[row["kind"]]
            lines[row["code"]] = DivisionLine(row["code"], row["name"], level, kind, row["owes_report"] == "1", number)
    return lines, problems


def _problems_of(row: dict[str, str]) -> Iterator[str]:
    if missing := [column for column in COLUMNS if column not in row]:
        yield _("缺少 %(missing)s 列的值。") % {"missing": "、".join(missing)}
        return
    level = row["level"]
    try:
        validate_division_code(row["code"])
    except ValidationError as error:
        yield error.messages[0]
    else:
        if level in LEVELS and level_of(row["code"]) > LEVELS[level]:
            yield _("代码“%(code)s”的级别低于所写的级别“%(level)s”。") % row
    if not 0 < len(row["name"]) <= 60:
        yield _("名称“%(name)s”应为 1 至 60 字。") % row
    if level not in LEVELS:
        yield _("级别“%(level)s”应为 1（省）、2（市）、3（县）或 4（乡）。") % row
    if row["kind"] not in KINDS:
        yield _("类别“%(kind)s”应为 %(kinds)s 之一，或留空。") % {**row, "kinds": "、".join(Kind.values)}
    if row["owes_report"] not in {"0", "1"}:
        yield _("应否编制年报“%(owes_report)s”应为 1 或 0。") % row
