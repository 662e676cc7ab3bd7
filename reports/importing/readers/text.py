"""Plain text: UTF-8 or GB18030; what stands between tabs or pipes is a table, everything else are paragraphs."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from reports.importing.document import Document, Unreadable
from reports.importing.readers.page_numbers import left_out, without_page_numbers
from reports.importing.readers.text_tables import Rows, is_rule, table_at

_BOOKMARK = re.compile(r"\[bookmark:[^\]\[\n]{0,200}\]")
# Lines drawn with characters, line breaks of Word; page breaks and what nobody sees.
_SPELT = str.maketrans("｜│┃\v", "|||\n", "\f\ufeff\u200b\u200c\u200d\u2060\xad")
_MAX_CHARACTERS = 2_000_000
_MAX_LINES = 100_000
_FEW_GAPS = 2


def decode(data: bytes) -> str:
    """UTF-8, then GB18030. Guessing by statistics takes GB18030 for UTF-16, so only a byte-order mark tells UTF-16.

    A character cut off at the end, as downloads leave it, is let go. Raises Unreadable where neither fits.
    """
    encodings = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(data)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise Unreadable(_("无法识别文件的文字编码。请用记事本打开后另存为 UTF-8 编码的文本文件，再重新导入。"))


def read_text(data: bytes) -> Document:
    text = decode(data)
    if len(text) > _MAX_CHARACTERS or text.count("\n") > _MAX_LINES:
        words = {"lines": text.count("\n") + 1, "characters": len(text)}
        raise Unreadable(
            _("文本有 %(lines)d 行、%(characters)d 个字符，不像年度报告。请只保留年度报告的内容。") % words
        )
    document = Document(may_be_cut=True)
    for bookmark in _BOOKMARK.findall(text):
        document.add_furniture("bookmark", bookmark)
    spelt = text.translate(_SPELT).split("\n")
    document.add_source("\n".join(line for line in spelt if not is_rule(line)))
    every = [_BOOKMARK.sub("", line) for line in spelt]
    lines = without_page_numbers(every)
    for number in left_out(every, lines):
        document.add_furniture("page_number", number)
    parts = list(_parts(lines))
    in_place = sum(_gaps(part) for part in parts if isinstance(part, _Table)) > _FEW_GAPS
    for part in parts:
        if isinstance(part, str):
            if not is_rule(part):
                document.add_paragraph(part)
            continue
        filled_up = not part.tabbed and not in_place and len(part.rows) > 1
        document.add_grid(part.rows, exact=False, open_ended=part.open_ended, filled_up=filled_up)
    return document


class _Table(NamedTuple):
    rows: Rows
    tabbed: bool
    open_ended: bool


def _parts(lines: list[str]) -> Iterator[str | _Table]:
    position = 0
    while position < len(lines):
        if found := table_at(lines, position):
            rows, end = found
            tabbed = [line for line in lines[position:end] if "\t" in line]
            open_ended = bool(tabbed) and not any(line.endswith("\t") for line in tabbed)
            yield _Table(rows, bool(tabbed), open_ended)
            position = end
        else:
            yield lines[position]
            position += 1


def _gaps(table: _Table) -> int:
    """In how many rows an empty cell stands before others, as what a merged cell covers leaves it. Where there is none, rows
    between pipes were made equally long at their ends, and empty cells may have gone the same way."""
    if table.tabbed:
        return 0
    rows = ["".join("x" if cell.text else " " for cell in row).rstrip() for row in table.rows]
    return sum(" " in row for row in rows)
