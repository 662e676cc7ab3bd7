"""The lines of a PDF as paragraphs: by the file's tags, else by margins, indents and the distance between lines; over the ends of
pages, too."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from reports.importing.readers.pdf_lines import Line

_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]")
_MAX_WORD_LENGTH = 30
_MIN_SHARE = 0.15  # of the lines of a size: so many begin at its left margin
_MAX_LEFT_FREE = 4  # characters: so much room is left where lines are broken by another program's rules
_MIN_FULL_LINE = 15  # characters
_MIN_FULL_LINES = 3


@dataclass
class Margins:
    """Where the lines of a size begin and end, and how far they lie apart."""

    left: float = 0.0
    right: float = 0.0
    pitch: float = float("inf")
    reached: int = 0
    """How many lines come near the right margin."""
    indented: bool = False
    """Whether paragraphs begin with an indent, so that a line without one goes on with the paragraph before."""


@dataclass
class Layout:
    """The margins of a document: for the lines of one size in one flow of a page, and for those of one size in such columns."""

    of_flow: dict[tuple[int, int, int], Margins] = field(default_factory=dict)
    of_column: dict[tuple[int, int], Margins] = field(default_factory=dict)
    width: float = 0.0
    """How wide the text is, titles included."""

    def around(self, line: Line) -> Margins:
        found = self.of_flow[line.page, line.flow, round(line.size)]
        return found if found.reached >= _MIN_FULL_LINES else self.of_column[line.column, round(line.size)]


def layout_of(lines: list[Line]) -> Layout:
    by_flow: defaultdict[tuple[int, int, int], list[Line]] = defaultdict(list)
    by_column: defaultdict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in lines:
        by_flow[line.page, line.flow, round(line.size)].append(line)
        by_column[line.column, round(line.size)].append(line)
    return Layout(
        {key: _margins(some) for key, some in by_flow.items()},
        {key: _margins(some) for key, some in by_column.items()},
        _usual_width(lines),
    )


def _usual_width(lines: list[Line]) -> float:
    """All but the widest tenth of the lines are within it: what surrounds the text of a web page may be wider."""
    widths = sorted(line.x1 - line.x0 for line in lines)
    return widths[len(widths) * 9 // 10] if widths else 0.0


def _margins(lines: list[Line]) -> Margins:
    begins = Counter(round(line.x0) for line in lines)
    common = [place for place, count in begins.items() if count >= _MIN_SHARE * len(lines)]
    left, right = min(common or begins), max(line.x1 for line in lines)
    indents = [line.x0 - left for line in lines]
    distances = sorted(
        other.baseline - one.baseline
        for one, other in pairwise(lines)
        if one.page == other.page and 0 < other.baseline - one.baseline < 4 * one.size
    )
    return Margins(
        left=left,
        right=right,
        pitch=distances[len(distances) // 4] if distances else float("inf"),
        reached=sum(line.x1 > right - 1.5 * line.size for line in lines),
        indented=sum(abs(indent) < 1 for indent in indents) > 1
        and sum(1.5 * lines[0].size < indent < 2.5 * lines[0].size for indent in indents) > 1,
    )


def goes_on(last: Line, line: Line, layout: Layout) -> bool:
    """Whether a line belongs to the paragraph of the line before it."""
    if last.paragraph is not None or line.paragraph is not None:
        if last.paragraph != line.paragraph:
            return False
    elif _NUMBERED.match(line.text) or not _looks_alike(last, line):
        return False
    margins = layout.around(last)
    near = last.page == line.page and last.flow == line.flow
    if near and _is_centred(last, line, margins):
        width = last.x1 - last.x0
        return width + line.unbreakable + last.size > layout.width and width > 0.6 * layout.width
    if near and line.baseline - last.baseline > 1.35 * margins.pitch and last.paragraph is None:
        return False
    if near and line.x0 > last.x0 + 0.5 * last.size:
        return False
    if last.paragraph is None and 1.5 * line.size < line.x0 - layout.around(line).left < 6 * line.size:
        return False
    return _had_to_end(last, line, margins)


def _looks_alike(last: Line, line: Line) -> bool:
    """Not a heading and the text below it. A word in bold, or a character that the font lacks, makes no other type."""
    return abs(last.size - line.size) <= 0.5 and (last.font == line.font or last.fonts[1] == line.fonts[0])


def _is_centred(last: Line, line: Line, margins: Margins) -> bool:
    """Two lines around one axis, as titles are printed; the second does not begin where paragraphs do."""
    return abs(last.x0 + last.x1 - line.x0 - line.x1) < line.size and line.x0 > margins.left + 2.5 * line.size


def _had_to_end(last: Line, line: Line, margins: Margins) -> bool:
    """Whether the beginning of the next line had no room any more in the line."""
    if margins.reached < 2 and len(last.text) < _MIN_FULL_LINE:
        return last.paragraph is not None
    is_plain = margins.indented and abs(line.x0 - margins.left) < 1
    return margins.right - last.x1 < line.unbreakable + (_MAX_LEFT_FREE if is_plain else 1) * last.size


def joined(lines: Iterable[Line]) -> str:
    text = ""
    for line in lines:
        text = _joined(text, line.text)
    return text


def _joined(text: str, line: str) -> str:
    """The line put to the text before it. Between Latin words the break stands for a space, inside an address for nothing."""
    word = re.search(r"(?<![!-~])[!-~]+$", text[-_MAX_WORD_LENGTH - 1 :])
    apart = word and word[0].isalnum() and len(word[0]) <= _MAX_WORD_LENGTH and re.match(r"[0-9A-Za-z]", line)
    return f"{text} {line}" if apart else text + line
