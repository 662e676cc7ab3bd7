"""Every character of a file is found again exactly once in what was read of it, or a problem says how much is not."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _

from reports.importing.document import PICTURE, SourceText
from reports.importing.parsed import Problem

# Spaces, what nobody sees, and the lines of tables drawn with characters.
_NO_TEXT = re.compile(r"[\s\u200b-\u200d\u2060\ufeff\xad|│┃]+")
# What readers add: that a number may be the page's, that something is struck out, that a picture stands there.
_ADDED = re.compile(rf"~~|〔页码？〕|{PICTURE}")
_MAX_QUOTED = 30


def squeezed(text: str) -> str:
    """The characters that count, whatever their width."""
    return _NO_TEXT.sub("", unicodedata.normalize("NFKC", _NO_TEXT.sub("", text)))


def without_additions(text: str) -> str:
    return _ADDED.sub("", text)


def check_conservation(source: list[SourceText], found: Iterable[str]) -> list[Problem]:
    """The problems `text_lost` and `text_twice`; none where the reader could not tell what the file says."""
    if not source:
        return []
    pieces = [squeezed(without_additions(piece)) for piece in found]
    printed = [squeezed(without_additions(each.text)) for each in source]
    expected, read = Counter[str](), Counter[str]()
    for text in printed:
        expected.update(text)
    for text in pieces:
        read.update(text)
    problems = []
    if lost := expected - read:
        words = {"count": lost.total(), "text": _quoted(lost, printed), "place": _place(lost, source, printed)}
        problems.append(
            Problem(
                "text_lost",
                "document",
                _("原文有 %(count)d 个字没有读入（%(place)s“%(text)s”），请对照原文核对。") % words,
            )
        )
    if twice := read - expected:
        words = {"count": twice.total(), "text": _quoted(twice, pieces)}
        problems.append(
            Problem(
                "text_twice", "document", _("读入的文字比原文多 %(count)d 个字（“%(text)s”），请对照原文核对。") % words
            )
        )
    return problems


def _quoted(characters: Counter[str], texts: list[str]) -> str:
    """The first place where many of the characters stand side by side, else the characters."""
    best = ""
    for text in texts:
        for match in re.finditer(f"[{re.escape(''.join(characters))}]+", text):
            if len(match[0]) > len(best):
                best = match[0]
    return best[:_MAX_QUOTED]


def _place(characters: Counter[str], source: list[SourceText], printed: list[str]) -> str:
    """The page where most of them stand, if there are pages."""
    on_page = {
        each.page: sum(text.count(one) for one in characters) for each, text in zip(source, printed, strict=True)
    }
    page = max(on_page, key=lambda number: on_page[number])
    return "" if page is None else _("第 %(page)d 页") % {"page": page}
