"""The characters of a PDF page as lines in the order of reading. A line is what stands on one baseline: figures often come from
another font than the words around them, with another height."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from reports.importing.document import RAISED
from reports.importing.readers.pdf_columns import MIN_COLUMN_LENGTH, MIN_COLUMN_LINES, Character, in_columns
from reports.importing.readers.pdf_tags import Tag, Tags

_SAME_LINE = 0.25  # of the size: so far baselines may lie apart
_SMALL = 0.85  # of the size of its line: what is raised or lowered
_RAISED = 0.6  # of the size of its line: so far it may be moved
_DRAWN_TOGETHER = 3  # characters: so far from one another in the file
_IDEOGRAPH = re.compile(r"[\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff]|[\U00020000-\U0003ffff]")
_UNBREAKABLE = re.compile(
    r"[“‘（《〈【〔「『([{]*(?:[!-~]+|.)[”’）》〉】〕」』)\]},.;:!?，。、；：！？…—％%]*", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Line:
    """Places in points from the upper left corner. `size` and `font` are those of most characters, `fonts` those of the first and
    the last ideograph; `unbreakable` is the width of what would have had to fit into the line before. `is_artifact` says that
    tags call it no part of the text. `flow` numbers what stands one below the other on a page, `column` is 1 or 2 where that is
    a left or right column."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    font: str
    fonts: tuple[str, str]
    unbreakable: float
    page: int
    tag: Tag | None = None
    is_artifact: bool = False
    flow: int = 0
    column: int = 0

    @property
    def paragraph(self) -> int | None:
        """The paragraph that tags give it."""
        return self.tag.order if self.tag and self.tag.is_paragraph else None


def lines_of(characters: Sequence[Character], page: int = 1, tags: Tags | None = None) -> list[Line]:
    """In the order of reading: as the tags have it, or column by column where text stands in columns, from top to bottom."""
    drawn = {id(character): number for number, character in enumerate(characters)}
    rows = _rows(characters)
    pieces = [piece for row in rows for piece in _split(row, drawn, page, tags or {})]
    if tags:
        flows = _in_columns(_in_tagged_order(pieces))
    else:
        flows = _drawn_flows(pieces) or [
            _Flow([piece for row in some for piece in _split(row, drawn, page, {})], column)
            for column, some in in_columns(rows)
        ]
    lines = (_line(piece, page, number, flow.column) for number, flow in enumerate(flows) for piece in flow.pieces)
    return [line for line in lines if line]


def baseline_of(character: Character) -> float:
    """Its distance from the top of the page; the box around a character depends on its font."""
    return float(character["top"] + character["y1"] - character["matrix"][5])


def _rows(characters: Sequence[Character]) -> list[list[Character]]:
    """The characters by baseline, each row from left to right."""
    rows: list[list[Character]] = []
    start = 0.0
    for character in sorted(characters, key=baseline_of):
        baseline = baseline_of(character)
        if rows and baseline - start <= _SAME_LINE * max(character["size"], rows[-1][0]["size"]):
            rows[-1].append(character)
        else:
            rows.append([character])
            start = baseline
    return [sorted(row, key=lambda each: each["x0"]) for row in _with_raised(rows)]


def _with_raised(rows: list[list[Character]]) -> list[list[Character]]:
    """What is raised or lowered beside larger characters is of their line."""
    sizes = [max(each["size"] for each in row) for row in rows]
    result = [list(row) for row in rows]
    for number, row in enumerate(rows):
        # Raised ones come before their line, lowered ones after it.
        for other in (number + 1, number - 1):
            if not 0 <= other < len(rows) or sizes[number] > _SMALL * sizes[other]:
                continue
            if abs(baseline_of(row[0]) - baseline_of(rows[other][0])) > _RAISED * sizes[other]:
                continue
            beside = _beside(row, rows[other], 0.5 * sizes[other])
            result[other] += beside
            moved = {id(each) for each in beside}
            result[number] = [each for each in result[number] if id(each) not in moved]
            row = result[number]
            if not row:
                break
    return [row for row in result if row]


def _beside(small: list[Character], large: list[Character], distance: float) -> list[Character]:
    """The small characters that touch the large ones or one another, but cover none of them."""
    of_size = sorted((each["x0"], each["x1"]) for each in large if not each["text"].isspace())
    found: list[Character] = []
    end = float("-inf")
    for character in sorted(small, key=lambda each: each["x0"]):
        place = bisect(of_size, (character["x0"] + 0.1, float("inf")))
        before = of_size[place - 1][1] if place else float("-inf")
        after = of_size[place][0] if place < len(of_size) else float("inf")
        covers = before > character["x1"] - 0.1 or after < character["x0"]
        if not covers and (
            min(abs(character["x0"] - before), abs(after - character["x1"])) <= distance or character["x0"] - end < 1
        ):
            found.append(character)
            end = character["x1"]
    return found


@dataclass(slots=True)
class _Piece:
    """Characters of one row that belong together; `first` and `last` are their places in the file."""

    characters: list[Character]
    tag: Tag | None
    first: int
    last: int

    @property
    def x0(self) -> float:
        return float(self.characters[0]["x0"])

    @property
    def x1(self) -> float:
        return float(max(each["x1"] for each in self.characters))


@dataclass(slots=True)
class _Flow:
    """Lines one below the other; `column` is 1 for a left, 2 for a right column."""

    pieces: list[_Piece]
    column: int = 0


def _split(row: list[Character], drawn: dict[int, int], page: int, tags: Tags) -> list[_Piece]:
    """A row where several paragraphs stand side by side: tags tell them apart, or they were drawn one after the other."""
    pieces: list[_Piece] = []
    for character in row:
        tag, place = tags.get((page, character.get("mcid"))), drawn[id(character)]
        if pieces and (character["text"].isspace() or not _stands_apart(pieces[-1], character, tag, drawn)):
            piece = pieces[-1]
            piece.characters.append(character)
            piece.first, piece.last = min(piece.first, place), max(piece.last, place)
        else:
            pieces.append(_Piece([character], tag, place, place))
    return pieces


def _stands_apart(piece: _Piece, character: Character, tag: Tag | None, drawn: dict[int, int]) -> bool:
    last = piece.characters[-1]
    if tag != piece.tag:
        return True
    # Punctuation may hang into the gutter.
    gap = character["x0"] - last["x1"] > 0.4 * character["size"]
    return gap and not 0 < drawn[id(character)] - drawn[id(last)] <= _DRAWN_TOGETHER


def _in_tagged_order(pieces: list[_Piece]) -> list[_Piece]:
    """What has no tag stays below what stands above it."""
    order: list[tuple[int, bool, int, _Piece]] = []
    last = -1
    for place, piece in enumerate(pieces):
        if piece.tag is not None:
            last = piece.tag.order
            order.append((last, False, piece.first, piece))
        else:
            order.append((last, True, place, piece))
    return [each[-1] for each in sorted(order, key=lambda each: each[:3])]


def _drawn_flows(pieces: list[_Piece]) -> list[_Flow]:
    """The flows of a page with columns, where its program drew one column after the other; none where it did not."""
    order = sorted(pieces, key=lambda piece: piece.first)
    if any(piece.first < last.last for last, piece in pairwise(order)):
        return []
    flows = _in_columns(order)
    jumps = sum(_down(last, piece) < -_size(piece) for last, piece in pairwise(order))
    right = [flow for flow in flows if flow.column == 2 and len(flow.pieces) > 1]
    return flows if right and jumps <= max(MIN_COLUMN_LINES, len(order) // 6) else []


def _in_columns(order: list[_Piece]) -> list[_Flow]:
    """The pieces in the order of reading, cut where they do not stand one below the other: a column begins above and to the right
    of the end of the one before."""
    flows: list[_Flow] = []
    last: _Piece | None = None
    for piece in order:
        if last is None:
            flows.append(_Flow([piece]))
        elif _down(last, piece) < -_size(piece) and _is_right_of(piece, last):
            flows[-1].column = flows[-1].column or 1
            flows.append(_Flow([piece], 2))
        elif _down(last, piece) < -_size(piece) or piece.x0 > last.x1 or piece.x1 < last.x0:
            flows.append(_Flow([piece]))
        else:
            flows[-1].pieces.append(piece)
        last = piece
    return flows


def _down(last: _Piece, piece: _Piece) -> float:
    return baseline_of(piece.characters[0]) - baseline_of(last.characters[0])


def _size(piece: _Piece) -> float:
    return float(piece.characters[0]["size"])


def _is_right_of(piece: _Piece, last: _Piece) -> bool:
    return piece.x0 >= last.x0 + MIN_COLUMN_LENGTH * _size(piece) and piece.x0 >= last.x1 - _size(piece)


def _line(piece: _Piece, page: int, flow: int, column: int) -> Line | None:
    printed = [each for each in piece.characters if not each["text"].isspace()]
    if not printed:
        return None
    size = _most(printed, "size")
    words = [each for each in printed if _IDEOGRAPH.match(each["text"])] or printed
    unbreakable = _UNBREAKABLE.match("".join(each["text"] for each in printed))
    first = printed[: unbreakable.end() if unbreakable else 1]
    baseline = median(baseline_of(each) for each in printed if each["size"] == size)
    return Line(
        text=_text(piece.characters, size, baseline),
        x0=printed[0]["x0"],
        x1=max(each["x1"] for each in printed),
        baseline=baseline,
        size=size,
        font=_most(words, "fontname"),
        fonts=(words[0]["fontname"], words[-1]["fontname"]),
        unbreakable=first[-1]["x1"] - first[0]["x0"],
        page=page,
        tag=piece.tag,
        is_artifact=printed[0].get("tag") == "Artifact",
        flow=flow,
        column=column,
    )


def _most(characters: list[Character], name: str) -> Any:
    count: dict[Any, int] = {}
    for each in characters:
        count[each[name]] = count.get(each[name], 0) + 1
    return max(count, key=lambda value: count[value])


def _text(characters: list[Character], size: float, baseline: float) -> str:
    """A gap between Latin words is a space; between ideographs lines are stretched to the margin. Raised digits number a note."""
    parts: list[str] = []
    last: Character | None = None
    for character in characters:
        if last is not None and not character["text"].isspace() and not last["text"].isspace():
            narrow = last["text"].isascii() and character["text"].isascii()
            if character["x0"] - last["x1"] > (0.25 if narrow else 0.8) * size:
                parts.append(" ")
        raised = character["size"] <= _SMALL * size and abs(baseline_of(character) - baseline) > 0.1 * size
        parts.append(character["text"].translate(RAISED) if raised else character["text"])
        last = character
    return "".join(parts).strip()
