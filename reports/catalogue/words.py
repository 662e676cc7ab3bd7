"""Chinese is written without spaces, so every two characters that follow each other are a word of the index. Pure.

政府信息 is kept as 政府 府信 信息 息: a phrase of two characters or more is found by its pairs in their order, a single
character as the beginning of a pair. Letters and digits stand together as they do in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
RUN = re.compile(rf"[{HAN}]+|(?:(?![{HAN}])[^\W_])+")
IS_HAN = re.compile(rf"[{HAN}]")
MAX_WORD_LENGTH = 40
"""Longer strings of letters are no words but addresses; an index refuses them from some length on."""

MAX_PHRASES = 8
MAX_SEARCH_LENGTH = 100


@dataclass(frozen=True)
class Phrase:
    """Words that have to follow each other. The last one may be only the beginning of a word where `open_ended`.

    `runs` are the pieces of what was typed, between which punctuation does not count.
    """

    runs: tuple[str, ...]
    words: tuple[str, ...]
    open_ended: bool


def folded(text: str) -> str:
    """One form for what reads the same: full-width letters and digits narrow, capitals small."""
    return unicodedata.normalize("NFKC", text).casefold()


def words(text: str) -> Iterator[str]:
    """The words under which a text is kept, in their order."""
    return (word for run in RUN.findall(folded(text)) for word in _words_of(run))


def phrases(text: str) -> list[Phrase]:
    """What somebody looks for, a phrase for each piece between spaces; a text has to hold all of them."""
    found: dict[Phrase, None] = {}
    for piece in folded(text[:MAX_SEARCH_LENGTH]).split():
        if runs := tuple(RUN.findall(piece)):
            found[_phrase(runs)] = None
    return list(found)[:MAX_PHRASES]


def _phrase(runs: tuple[str, ...]) -> Phrase:
    before, last = [word for run in runs[:-1] for word in _words_of(run)], runs[-1]
    # The run that was typed may go on in the text, so its last character alone is no word of it.
    alone = len(last) == 1 and bool(IS_HAN.match(last))
    tail = [last] if alone else list(_words_of(last))
    if not alone and IS_HAN.match(last):
        tail.pop()
    return Phrase(runs, (*before, *tail), alone)


def _words_of(run: str) -> Iterable[str]:
    if not IS_HAN.match(run):
        return (run[:MAX_WORD_LENGTH],)
    return (*map("".join, pairwise(run)), run[-1])
