"""The sentence around what was found, with what was found marked. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reports.catalogue.words import IS_HAN, Phrase, folded

BEFORE, LENGTH = 24, 96
MAX_SNIPPETS = 2
LETTER = r"[^\W_\u3400-\u9fff]"


@dataclass(frozen=True)
class Snippet:
    """A piece of one part of a text: (is it what was looked for, text) in their order."""

    part: str
    pieces: tuple[tuple[bool, str], ...]

    @property
    def text(self) -> str:
        return "".join(text for _marked, text in self.pieces)


@dataclass(frozen=True)
class _Hit:
    part: str
    phrase: int
    start: int
    end: int


def snippets(parts: Mapping[str, str], looked_for: Sequence[Phrase]) -> list[Snippet]:
    """Where the parts of a text hold the phrases: the place with the most of them first, then one with what it lacks."""
    hits = [hit for part, text in parts.items() for hit in _hits(part, text, looked_for)]
    found: list[Snippet] = []
    missing = {hit.phrase for hit in hits}
    while missing and len(found) < MAX_SNIPPETS:
        best = max(hits, key=lambda hit: len(_near(hit, hits) & missing))
        missing -= _near(best, hits)
        found.append(_snippet(best, hits, parts[best.part]))
    return found


def _near(hit: _Hit, hits: Sequence[_Hit]) -> set[int]:
    """The phrases that an excerpt beginning at this place shows."""
    return {
        other.phrase
        for other in hits
        if other.part == hit.part and hit.start <= other.start and other.end <= hit.start - BEFORE + LENGTH
    } | {hit.phrase}


def _hits(part: str, text: str, looked_for: Sequence[Phrase]) -> Iterator[_Hit]:
    shape, places = _folded_with_places(text)
    for number, phrase in enumerate(looked_for):
        for match in _pattern(phrase).finditer(shape):
            yield _Hit(part, number, places[match.start()], places[match.end() - 1] + 1)


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """The text as words are compared, and for each of its characters the place where it stood."""
    pieces = [folded(character) for character in text]
    places = [place for place, piece in enumerate(pieces) for _ in piece]
    return "".join(pieces), places


def _pattern(phrase: Phrase) -> re.Pattern[str]:
    runs = [
        re.escape(run) if IS_HAN.match(run) else f"(?<!{LETTER}){re.escape(run)}(?!{LETTER})" for run in phrase.runs
    ]
    return re.compile(r"[\W_]*".join(runs))


def _snippet(at: _Hit, hits: Sequence[_Hit], text: str) -> Snippet:
    start = max(0, at.start - BEFORE)
    # An excerpt does not reach back into the paragraph before.
    start = max(start, text.rfind("\n", 0, at.start) + 1)
    end = max(at.end, min(len(text), start + LENGTH))
    pieces: list[tuple[bool, str]] = []
    here = start
    if start and text[start - 1] != "\n":
        pieces.append((False, "…"))
    for hit in sorted((hit for hit in hits if hit.part == at.part), key=lambda hit: (hit.start, -hit.end)):
        if hit.start >= here and hit.end <= end:
            pieces += [(False, text[here : hit.start]), (True, text[hit.start : hit.end])]
            here = hit.end
    pieces.append((False, text[here:end]))
    if end < len(text):
        pieces.append((False, "…"))
    return Snippet(at.part, tuple((marked, " ".join(piece.split("\n"))) for marked, piece in pieces if piece))
