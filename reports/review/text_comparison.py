"""Two narratives side by side, with the differences marked. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from reports.lifecycle.differences import aligned
from reports.standard import PROSE_CHAPTERS

MarkedText = tuple[bool, str]
"""Whether it differs, and the text."""

MAX_PRODUCT = 2_000_000
"""Two passages whose lengths multiply to more are not compared character by character: nobody wrote them by hand."""

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]?")
_WORD = re.compile(r"\d+(?:[.,]\d+)*%?|[A-Za-z]+|.", re.DOTALL)


@dataclass(frozen=True)
class Pair:
    """One part of both texts."""

    part: str
    left: list[MarkedText]
    right: list[MarkedText]


def pairs(left: Mapping[str, str], right: Mapping[str, str]) -> list[Pair]:
    """Every part that either has, in the order of the report; the prescribed ones are no matter of comparison."""
    return [
        Pair(part, *compared(left.get(part, ""), right.get(part, "")))
        for part in PROSE_CHAPTERS
        if left.get(part) or right.get(part)
    ]


def compared(left: str, right: str) -> tuple[list[MarkedText], list[MarkedText]]:
    """Both texts in pieces; joined, they are the texts again."""
    ours, theirs = _SENTENCE.findall(left), _SENTENCE.findall(right)
    one: list[MarkedText] = []
    other: list[MarkedText] = []
    for same, a, b in _aligned(ours, theirs):
        if same or len(a) * len(b) > MAX_PRODUCT or not (a and b):
            one.append((not same, a))
            other.append((not same, b))
            continue
        for alike, x, y in _aligned(_WORD.findall(a), _WORD.findall(b)):
            one.append((not alike, x))
            other.append((not alike, y))
    return _joined(one), _joined(other)


def _aligned(left: Sequence[str], right: Sequence[str]) -> list[tuple[bool, str, str]]:
    return [(tag == "equal", "".join(left[a:b]), "".join(right[c:d])) for tag, a, b, c, d in aligned(left, right)]


def _joined(pieces: Sequence[MarkedText]) -> list[MarkedText]:
    told = [piece for piece in pieces if piece[1]]
    return [
        (differs, "".join(text for _look, text in run)) for differs, run in groupby(told, key=lambda piece: piece[0])
    ]
