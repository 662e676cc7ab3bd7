"""Numbers of pages among the lines of a text: what was copied out of a PDF keeps them, in the middle of tables even."""

from __future__ import annotations

import re

_MARKED = re.compile(r"\s*(?:[-—–]\s*\d{1,3}\s*[-—–]|第\s*\d{1,3}\s*页(?:[，,/\s]*共\s*\d{1,3}\s*页)?)\s*")
_BARE = re.compile(r"\s*\d{1,3}\s*")
_SENTENCE = re.compile(r"[。；，]")
_MAX_PAGES = 200
_MIN_SENTENCE_LENGTH = 12
_MIN_PAGE_LENGTH, _MAX_PAGE_LENGTH = 120, 3_000  # characters


def without_page_numbers(lines: list[str]) -> list[str]:
    """The lines, less those that can only number a page: `— 3 —`, or a number alone between two sentences.

    Where such bare numbers are seen, others alone on their lines may be page numbers as well, if they fit between those: they
    are marked as doubtful.
    """
    lines = [line for line in lines if not _MARKED.fullmatch(line)]
    bare = {place: int(line) for place, line in enumerate(lines) if _BARE.fullmatch(line)}
    before = _characters_before(lines)
    certain = [
        place
        for place, number in bare.items()
        if _fits(before[place], number, [(0, 0)]) and _is_between_sentences(lines, place)
    ]
    if not 0 < len(certain) < _MAX_PAGES:
        return lines
    numbered = [(0, 0), *((before[place], bare[place]) for place in certain)]
    perhaps = {place for place, number in bare.items() if _fits(before[place], number, numbered)}
    left_out = set(certain)
    return [doubtful(line) if place in perhaps else line for place, line in enumerate(lines) if place not in left_out]


def left_out(every: list[str], lines: list[str]) -> list[str]:
    """Those of the lines that `without_page_numbers` took for numbers of pages."""
    kept = iter([*lines, ""])
    following = next(kept)
    found = []
    for line in every:
        if following in (line, doubtful(line)):
            following = next(kept, "")
        else:
            found.append(line)
    return found


def doubtful(line: str) -> str:
    """A number that may be that of the page. Like this it is no number any more, and a person sees why."""
    return f"{line.rstrip()}〔页码？〕"


def _is_between_sentences(lines: list[str], place: int) -> bool:
    """Or between one and an end of the text."""
    above = next((lines[other] for other in range(place - 1, -1, -1) if lines[other].strip()), "")
    below = next((lines[other] for other in range(place + 1, len(lines)) if lines[other].strip()), "")
    sentences = [bool(_SENTENCE.search(line)) and len(line) >= _MIN_SENTENCE_LENGTH for line in (above, below) if line]
    return bool(sentences) and all(sentences)


def _characters_before(lines: list[str]) -> list[int]:
    total, before = 0, []
    for line in lines:
        before.append(total)
        total += len(line.strip())
    return before


def _fits(position: int, number: int, numbered: list[tuple[int, int]]) -> bool:
    """Whether a page of that number may end there, given where others do."""
    return all(
        (position - other_position) * (number - other) > 0
        and _MIN_PAGE_LENGTH <= (position - other_position) / (number - other) <= _MAX_PAGE_LENGTH
        for other_position, other in numbered
    )
