"""The ruled tables of a PDF page. A row that a page break cuts has no closing line; a narrow column breaks numbers; what is
struck out or raised looks like any other digit."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import groupby
from typing import Any

from reports.importing.document import RAISED, WRAPPED

_NEAR = 2.0  # points: lines at this distance are one
_MIN_LINES = 3
_THICKEST = 6.0  # points: so thick is no line
_MAX_PADDING = 6.0  # points between the line and the text of a cell, as Word and LibreOffice leave them
Box = tuple[float, float, float, float]


def without_doubles(page: Any) -> Any:
    """Where a font has no bold type some programs print each character twice, a hair apart: 5 would be read as 55."""
    characters = list({id(each): each for each in page.chars}.values())
    for shift in (0, 0.5):
        places = {(each["text"], round(each["x0"] + shift), round(each["top"])) for each in characters}
        if len(places) < len(characters):
            return page.dedupe_chars(tolerance=1)
    return page


def tables_of(page: Any) -> list[Any]:
    """Also the rows that go on over the edge of the page: where the lines between columns end there, a line closes them."""
    upright = [edge for edge in page.edges if edge["orientation"] == "v"]
    ends = Counter(round(edge[end]) for edge in upright for end in ("top", "bottom"))
    if not ends:
        return []
    width = max(edge["x1"] for edge in upright) - min(edge["x0"] for edge in upright)
    outer = (min(ends), max(ends))
    open_ends = [place for place in outer if ends[place] >= _MIN_LINES and _drawn_across(page, place) < width / 2]
    found: list[Any] = page.find_tables({"explicit_horizontal_lines": open_ends} if open_ends else None)
    return found


def _drawn_across(page: Any, place: float) -> float:
    """How far the lines reach that are drawn across at some height. The end of an upright line drawn as a thin box is none."""
    there = [edge for edge in _level(page) if abs(place - edge["top"]) <= _NEAR and edge["width"] > _THICKEST]
    return max((edge["x1"] for edge in there), default=0.0) - min((edge["x0"] for edge in there), default=0.0)


def _level(page: Any) -> list[dict[str, Any]]:
    return [edge for edge in page.edges if edge["orientation"] == "h"]


def texts_of(table: Any) -> list[list[str | None]]:
    """The text of each cell; None for what a merged cell covers. A number that was too wide for its column is one again; what is
    struck out of a number, or raised beside it, is marked as such."""
    texts: list[list[str | None]] = table.extract()
    characters = _Characters(table.page.chars)
    strokes = _strokes(table)
    for row, line in zip(table.rows, texts, strict=True):
        for column, (box, text) in enumerate(zip(row.cells, line, strict=True)):
            if box and text and "".join(text.split()).replace(",", "").isdecimal() and (len(text) > 1 or strokes):
                line[column] = _as_printed(text, characters.inside(box), box, strokes)
    return texts


class _Characters:
    """Those of a page, by their height."""

    def __init__(self, characters: list[dict[str, Any]]) -> None:
        self._by_line: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
        for each in characters:
            self._by_line[int(each["top"]) // 10].append(each)

    def inside(self, box: Box) -> list[dict[str, Any]]:
        near = [each for tens in range(int(box[1]) // 10, int(box[3]) // 10 + 1) for each in self._by_line[tens]]
        return [
            each
            for each in near
            if box[0] <= (each["x0"] + each["x1"]) / 2 <= box[2]
            and box[1] <= (each["top"] + each["bottom"]) / 2 <= box[3]
        ]


def _strokes(table: Any) -> list[dict[str, Any]]:
    """The level lines that are none between the rows of the table."""
    between = [height for row in table.rows for height in (row.bbox[1], row.bbox[3])]
    left, top, right, bottom = table.bbox
    heights = {edge["top"] for edge in _level(table.page) if top < edge["top"] < bottom}
    apart = {height for height in heights if all(abs(height - each) > _NEAR for each in between)}
    return [edge for edge in _level(table.page) if edge["top"] in apart and left < edge["x0"] and edge["x1"] < right]


def _as_printed(text: str, characters: list[dict[str, Any]], box: Box, strokes: list[dict[str, Any]]) -> str:
    if any(_is_struck(each, strokes) for each in characters):
        return f"~~{text}~~"
    if "\n" in text:
        return text.replace("\n", WRAPPED) if _is_wrapped(characters, box) else text
    largest = max(characters, key=lambda each: each["size"], default=None)
    if largest is None or not any(_is_aside(each, largest) for each in characters):
        return text
    in_order = sorted(characters, key=lambda each: each["x0"])
    return "".join(each["text"].translate(RAISED) if _is_aside(each, largest) else each["text"] for each in in_order)


def _is_struck(character: dict[str, Any], strokes: list[dict[str, Any]]) -> bool:
    height = character["bottom"] - character["top"]
    upper, lower = character["top"] + 0.3 * height, character["bottom"] - 0.3 * height
    return any(
        upper < edge["top"] < lower and edge["x0"] <= character["x0"] + 1 and edge["x1"] >= character["x1"] - 1
        for edge in strokes
    )


def _is_aside(character: dict[str, Any], largest: dict[str, Any]) -> bool:
    """Whether a character is raised or lowered beside the others, as the number of a note is."""
    away = abs(character["bottom"] - largest["bottom"])
    return bool(character["size"] < 0.9 * largest["size"] or away > 0.25 * largest["size"])


def _is_wrapped(inside: list[dict[str, Any]], box: Box) -> bool:
    """Whether each line but the last is so long that no other character would have found room."""
    by_height = sorted(inside, key=lambda each: each["top"])
    lines = [list(line) for _top, line in groupby(by_height, key=lambda each: round(each["top"]))]
    return all(
        (box[2] - box[0]) - (max(each["x1"] for each in line) - min(each["x0"] for each in line))
        < 2 * _MAX_PADDING + max(each["x1"] - each["x0"] for each in line)
        for line in lines[:-1]
    )
