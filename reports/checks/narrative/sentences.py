"""The prose of a report, sentence by sentence, in one spelling."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from reports.checks.content import Content

LONGEST = 600
"""A sentence longer than this is cut at the next comma; nobody writes, and no pattern should have to read, a longer one."""

MOST = 4000
"""What follows so many sentences of one part is no report any more."""

_END = re.compile(rf"[^。！？!?\n]{{1,{LONGEST}}}(?:[。！？!?]+|(?=\n)|$)|[^。！？!?\n]{{1,{LONGEST}}}[,，;；、]?")
_BRACKETED = re.compile(r"【(\d+)】")
_TITLES = re.compile(r"《[^《》]{0,80}》")


@dataclass(frozen=True)
class Sentence:
    """`quote` is as printed; `text` has half-width digits and punctuation, no spaces, and 《》 for the titles of documents.

    `before` is what precedes it in its paragraph, `whole` the text with the titles.
    """

    part: str
    quote: str
    text: str
    whole: str
    before: str


def sentences_of(content: Content) -> list[Sentence]:
    return [sentence for part, text in content.narrative.items() for sentence in _split(part, text or "")]


@lru_cache(maxsize=16)
def _split(part: str, text: str) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    for paragraph in text.split("\n"):
        before = ""
        if len(found) >= MOST:
            break
        for piece in _END.finditer(paragraph):
            for quote in _cut(piece[0].strip()):
                if len(found) >= MOST:
                    break
                whole = in_one_spelling(quote)
                plain = _BRACKETED.sub(r"\1", _TITLES.sub("《》", whole)).rstrip("。!?")
                found.append(Sentence(part, quote, plain, whole, before))
                before = (before + plain + "。")[-200:]
    return tuple(found)


def _cut(quote: str) -> list[str]:
    """A sentence in pieces that are no longer than that in the one spelling, in which ㈠ becomes three characters."""
    if len(quote) > 1 and len(in_one_spelling(quote)) > LONGEST:
        middle = len(quote) // 2
        return [*_cut(quote[:middle]), *_cut(quote[middle:])]
    return [quote] if quote else []


def in_one_spelling(text: str) -> str:
    """Half-width letters, digits and punctuation; no spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())
