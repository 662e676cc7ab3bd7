"""The prose of a report, sentence by sentence, in one spelling."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from reports.checks.content import Content

MAX_SENTENCE = 600
"""A sentence longer than this is cut at the next comma; nobody writes, and no pattern should have to read, a longer one."""

MAX_SENTENCES = 4000
"""What follows so many sentences of one part is no report any more. It is not read, which `unread` says."""

_END = re.compile(
    rf"[^。！？!?\n]{{1,{MAX_SENTENCE}}}(?:[。！？!?]+|(?=\n)|$)|[^。！？!?\n]{{1,{MAX_SENTENCE}}}[,，;；、]?"
)
_BETWEEN = re.compile(r"[\s。！？!?]+")
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


def unread(content: Content) -> dict[str, int]:
    """By part, how many characters stand beyond the last sentence that is read; only parts that are not read whole."""
    left = {}
    for part, text in content.narrative.items():
        read = _split(part, text or "")
        if len(read) >= MAX_SENTENCES and (rest := _letters(text) - sum(_letters(each.quote) for each in read)):
            left[part] = rest
    return left


def _letters(text: str) -> int:
    """Characters that stand in one sentence or another: between two there may be blanks and further full stops."""
    return len(_BETWEEN.sub("", text))


@lru_cache(maxsize=16)
def _split(part: str, text: str) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    for paragraph in text.split("\n"):
        before = ""
        if len(found) >= MAX_SENTENCES:
            break
        for piece in _END.finditer(paragraph):
            for quote in _cut(piece[0].strip()):
                if len(found) >= MAX_SENTENCES:
                    break
                whole = in_one_spelling(quote)
                plain = _BRACKETED.sub(r"\1", _TITLES.sub("《》", whole)).rstrip("。!?")
                found.append(Sentence(part, quote, plain, whole, before))
                before = (before + plain + "。")[-200:]
    return tuple(found)


def _cut(quote: str) -> list[str]:
    """A sentence in pieces that are no longer than that in the one spelling, in which ㈠ becomes three characters."""
    if len(quote) > 1 and len(in_one_spelling(quote)) > MAX_SENTENCE:
        middle = len(quote) // 2
        return [*_cut(quote[:middle]), *_cut(quote[middle:])]
    return [quote] if quote else []


def in_one_spelling(text: str) -> str:
    """Half-width letters, digits and punctuation; no spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())
