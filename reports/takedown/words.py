"""Words found whatever they are written like, and taken out of a text. Pure.

Compared are characters in one form (NFKC, small letters) without what people put between them: spaces, dashes, middle dots,
marks without width. What is taken out are the characters as they stood.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

TAKEN_OUT = "[已隐去]"
MIN_LENGTH, MAX_LENGTH = 2, 200
FIGURES = "figures"
"""The key under which parsed reports and changes hold figures: numbers, also as text, that a redaction leaves alone."""

_BETWEEN = frozenset("·•・‧∙⋅")
_IGNORED = ("Z", "C", "Pd")
MIN_DIGITS = 7
"""A number of so many digits may be that of a telephone; shorter ones are counts and places."""

_NAME = re.compile(r"[a-z_]+(\.[a-z0-9_]+)*")  # of a cell or a column
_DECIMAL = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True)
class Words:
    """What is looked for: so many characters, as they are compared, of which `are_here` tells whether these are they."""

    length: int
    are_here: Callable[[str], bool]


def plain_words(text: str) -> Words:
    wanted = compared(text)
    return Words(len(wanted), wanted.__eq__)


def compared(text: str) -> str:
    """The form in which texts are compared."""
    return "".join(map(_shape, text))


@lru_cache(maxsize=10_000)
def _shape(character: str) -> str:
    if character in _BETWEEN or unicodedata.category(character).startswith(_IGNORED):
        return ""
    return "".join(each for each in unicodedata.normalize("NFKC", character).casefold() if not each.isspace())


def occurrences(text: str, words: Words) -> list[tuple[int, int]]:
    """Where the words stand, from the first character to the one after the last. A number or a word in Latin letters is not
    found within a longer one."""
    pieces = [_shape(character) for character in text]
    shape, places = "".join(pieces), [place for place, piece in enumerate(pieces) for _each in piece]
    found, end = [], 0
    for start in range(len(shape) - words.length + 1):
        if start < end or not words.are_here(shape[start : start + words.length]):
            continue
        first, last = places[start], places[start + words.length - 1]
        if not (_goes_on(text, first, -1) or _goes_on(text, last, 1)):
            found.append((first, last + 1))
            end = start + words.length
    return found


def _goes_on(text: str, at: int, step: int) -> bool:
    """Whether the number or Latin word at this character goes on beside it."""
    beside = at + step
    if not 0 <= beside < len(text):
        return False
    here, there = text[at], text[beside]
    if here.isdecimal() and there.isdecimal():
        return True
    return all(shape.isascii() and shape.isalpha() for shape in (_shape(here), _shape(there)))


def without(text: str, words: Words) -> str:
    """The text with a mark where the words stood."""
    kept, here = [], 0
    for start, end in occurrences(text, words):
        kept += [text[here:start], TAKEN_OUT]
        here = end
    return "".join([*kept, text[here:]])


def rewritten(value: Any, change: Callable[[str], str], within: str = "") -> Any:
    """What a JSON column holds with every text in it changed, names included; `within` is the name under which it stands."""
    if isinstance(value, str):
        is_ours = _NAME.fullmatch(value) or (within == FIGURES and _DECIMAL.fullmatch(value))
        return value if is_ours else change(value)
    if isinstance(value, Mapping):
        inner = FIGURES if within == FIGURES else ""
        return {
            name if _NAME.fullmatch(name) else change(name): rewritten(each, change, inner or name)
            for name, each in value.items()
        }
    if isinstance(value, list | tuple):
        return [rewritten(each, change, within) for each in value]
    if isinstance(value, int) and len(digits := str(value)) >= MIN_DIGITS and within != FIGURES:
        # A rule took it for a number.
        return value if change(digits) == digits else None
    return value


def texts_in(value: Any, within: str = "") -> Iterator[str]:
    """Every text that `rewritten` would change."""
    found: list[str] = []

    def seen(text: str) -> str:
        found.append(text)
        return text

    rewritten(value, seen, within)
    yield from found
