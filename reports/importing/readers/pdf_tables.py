"""The ruled tables of a PDF page. A row that a page break cuts has no closing line; a narrow column breaks numbers; what is
struck out or raised looks like any other digit."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from reports.importing.document import RAISED, WRAPPED
from reports.importing.readers.pdf_columns import Character
from reports.importing.readers.pdf_lines import lines_of

_NEAR = 2.0  # points: lines at this distance are one
_MIN_LINES = 3
_MAX_HEADING_ROWS = 4
_THICKEST = 6.0  # points: so thick is no line
_DARK, _NEARLY_WHITE = 0.4, 0.9  # brightness
_MAX_BOX_WIDTH = 0.6  # of the page: a wider frame is around the text itself
_OVERHANG = 20.0  # points: so far text may reach below the place where a page cuts its cell
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


class RuledCell(NamedTuple):
    text: str
    x0: float
    x1: float


@dataclass(frozen=True)
class RuledTable:
    """`rows` holds the cells that begin in each. `characters` are those of all its cells."""

    top: float
    rows: list[list[RuledCell]]
    characters: list[Character]

    def starts(self) -> list[float]:
        """Where its columns begin."""
        starts: list[float] = []
        for place in sorted(cell.x0 for row in self.rows for cell in row):
            if not starts or place - starts[-1] > _NEAR:
                starts.append(place)
        return starts


def tables_of(page: Any) -> tuple[list[RuledTable], list[list[Character]], list[Character]]:
    """The tables of a page, the text boxes beside its text, and the characters that stand in neither."""
    ruled = _ruled(page)
    characters = _Characters(page.chars)
    found = _found_in(ruled)
    open_ends = [place for place, _left, _right in _open_ends(ruled)]
    frames = [table for table in found if _is_frame(table, found)]
    tables = [_filled(table, ruled, characters, open_ends) for table in found if table not in frames]
    small = [frame for frame in frames if frame.bbox[2] - frame.bbox[0] < _MAX_BOX_WIDTH * page.width]
    boxes = [inside for frame in small if (inside := characters.take(frame.bbox))]
    return tables, boxes, characters.left()


def _ruled(page: Any) -> Any:
    """The page without the boxes that are painted behind words, lines or cells: they rule nothing. Between two words such a box
    can be as narrow as a line, but has the colour of the others."""
    boxes = [rect for rect in page.rects if rect["fill"] and not rect["stroke"]]
    colours = {
        _colour(rect)
        for rect in boxes
        if min(rect["width"], rect["height"]) > _THICKEST and _brightness(_colour(rect)) > _DARK
    }
    shading = {
        id(rect)
        for rect in boxes
        if min(rect["width"], rect["height"]) > _THICKEST
        or _colour(rect) in colours
        or _brightness(_colour(rect)) > _NEARLY_WHITE
    }
    shading |= {id(rect) for rect in page.rects if rect["fill"] and rect["stroke"] and _is_outlined_alike(rect)}
    return page.filter(lambda part: id(part) not in shading) if shading else page


def _is_outlined_alike(rect: dict[str, Any]) -> bool:
    return bool(rect["stroking_color"] == rect["non_stroking_color"] and _brightness(_colour(rect)) > _NEARLY_WHITE)


def _colour(rect: dict[str, Any]) -> tuple[float, ...]:
    colour = rect["non_stroking_color"]
    parts = colour if isinstance(colour, (tuple, list)) else (colour,)
    return tuple(part for part in parts if isinstance(part, (int, float)))


def _brightness(colour: tuple[float, ...]) -> float:
    """From 0 for black to 1 for white; no colour is black, and so is a pattern."""
    if len(colour) == 4:
        return 1 - min(1.0, max(colour[:3]) + colour[3])
    return min(colour, default=0.0)


def _is_frame(table: Any, tables: list[Any]) -> bool:
    """A box around text, or around other tables, makes no table."""
    if all(sum(cell is not None for cell in row.cells) < 2 for row in table.rows):
        return True
    return any(_holds(cell, other.bbox) for other in tables if other is not table for cell in table.cells)


def _holds(box: Box, other: Box) -> bool:
    return all(near - _NEAR <= far for near, far in zip(box[:2], other[:2], strict=True)) and all(
        near + _NEAR >= far for near, far in zip(box[2:], other[2:], strict=True)
    )


def _found_in(page: Any) -> list[Any]:
    """Also with the rows that go on over the edge of the page: where the lines between columns end there, a line closes them."""
    lines = [_level_line(*end) for end in _open_ends(page)]
    found: list[Any] = page.find_tables({"explicit_horizontal_lines": lines} if lines else None)
    return found


def _level_line(place: float, left: float, right: float) -> dict[str, Any]:
    return {
        "object_type": "line",
        "x0": left,
        "x1": right,
        "top": place,
        "bottom": place,
        "width": right - left,
        "height": 0,
    }


def _open_ends(page: Any) -> list[tuple[float, float, float]]:
    """The outermost heights where several lines between columns end and some of the columns stay open, with the first and the last
    of those lines. A frame around the text reaches further, but has two sides."""
    upright = [edge for edge in page.edges if edge["orientation"] == "v"]
    found = []
    for end in ("top", "bottom"):
        outwards = sorted(upright, key=lambda edge: edge[end], reverse=end == "bottom")
        place = 0.0
        together: list[float] = []
        for edge in outwards:
            if abs(edge[end] - place) > _NEAR:
                place, together = edge[end], []
            if all(abs(edge["x0"] - other) > _NEAR for other in together):
                together.append(edge["x0"])
            if len(together) == _MIN_LINES:
                break
        lines = [edge["x0"] for edge in upright if abs(edge[end] - place) <= _NEAR]
        if len(together) == _MIN_LINES and _drawn_across(page, place) < max(lines) - min(lines) - _THICKEST:
            found.append((place, min(lines), max(lines)))
    return found


def _drawn_across(page: Any, place: float) -> float:
    """How much is drawn across at some height. The end of an upright line drawn as a thin box is not."""
    there = [edge for edge in _level(page) if abs(place - edge["top"]) <= _NEAR and edge["width"] > _THICKEST]
    total, end = 0.0, float("-inf")
    for edge in sorted(there, key=lambda each: each["x0"]):
        total += max(0.0, edge["x1"] - max(edge["x0"], end))
        end = max(end, edge["x1"])
    return total


def _level(page: Any) -> list[dict[str, Any]]:
    return [edge for edge in page.edges if edge["orientation"] == "h"]


def _filled(table: Any, page: Any, characters: _Characters, open_ends: list[float]) -> RuledTable:
    """A number that was too wide for its column is one again; what is struck out of a number, or raised beside it, is marked as
    such. Where a page ends in the middle of a cell no line closes it, and it is found by what stands in it, or reaches below."""
    strokes = _strokes(table, page)
    starts = sorted({cell[0] for cell in table.cells})
    is_open = any(abs(table.bbox[3] - place) <= _NEAR for place in open_ends)
    everything: list[Character] = []

    def texts_in(box: Box) -> str:
        reach = _OVERHANG if is_open and abs(box[3] - table.bbox[3]) <= _NEAR else 0.0
        inside = characters.take((box[0], box[1], box[2], box[3] + reach))
        everything.extend(inside)
        text = _text(inside).strip()
        if "".join(text.split()).replace(",", "").isdecimal() and (len(text) > 1 or strokes):
            return _as_printed(text, inside, box, strokes)
        return text

    rows = [[RuledCell(texts_in(box), box[0], box[2]) for box in row.cells if box] for row in table.rows]
    for row, cells in zip(table.rows, rows, strict=True):
        for column, box in enumerate(row.cells):
            end = starts[column + 1] if column + 1 < len(starts) else table.bbox[2]
            if not box and (text := texts_in((starts[column], row.bbox[1], end, row.bbox[3]))):
                cells.append(RuledCell(text, starts[column], end))
        cells.sort(key=lambda cell: cell.x0)
    return RuledTable(table.bbox[1], rows, everything)


def _text(characters: list[Character]) -> str:
    lines = [line.text for line in lines_of([each for each in characters if each["upright"]])]
    turned = "".join(each["text"] for each in characters if not each["upright"])
    return "\n".join([*lines, turned] if turned else lines)


class _Characters:
    """Those of a page, by their height; each is taken once."""

    def __init__(self, characters: list[Character]) -> None:
        self._all = characters
        self._taken: set[int] = set()
        self._by_height: defaultdict[int, list[Character]] = defaultdict(list)
        for each in characters:
            self._by_height[int((each["top"] + each["bottom"]) / 2) // 10].append(each)

    def take(self, box: Box) -> list[Character]:
        near = [each for tens in range(int(box[1]) // 10, int(box[3]) // 10 + 1) for each in self._by_height[tens]]
        inside = [
            each
            for each in near
            if box[0] <= (each["x0"] + each["x1"]) / 2 <= box[2]
            and box[1] <= (each["top"] + each["bottom"]) / 2 <= box[3]
            and id(each) not in self._taken
        ]
        self._taken |= {id(each) for each in inside}
        return inside

    def left(self) -> list[Character]:
        return [each for each in self._all if id(each) not in self._taken]


def _strokes(table: Any, page: Any) -> list[dict[str, Any]]:
    """The level lines that are none between the rows of the table."""
    between = [height for row in table.rows for height in (row.bbox[1], row.bbox[3])]
    left, top, right, bottom = table.bbox
    level = _level(page)
    heights = {edge["top"] for edge in level if top < edge["top"] < bottom}
    apart = {height for height in heights if all(abs(height - each) > _NEAR for each in between)}
    return [edge for edge in level if edge["top"] in apart and left < edge["x0"] and edge["x1"] < right]


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


def with_heading(above: RuledTable, below: RuledTable) -> RuledTable | None:
    """One table of a heading that the end of a page cuts and the rows on the next page; None where the upper part holds numbers, or
    the parts are not as wide. The cells that go on are empty below."""
    cells = [cell for row in above.rows for cell in row]
    if len(above.rows) > _MAX_HEADING_ROWS or any(cell.text.replace(",", "").isdecimal() for cell in cells):
        return None
    if any(abs(one - other) > _NEAR for one, other in zip(_sides(above), _sides(below), strict=True)):
        return None
    first = [cell for cell in below.rows[0] if cell.text or not any(_are_level(cell, other) for other in cells)]
    return RuledTable(above.top, [*above.rows, first, *below.rows[1:]], [*above.characters, *below.characters])


def _sides(table: RuledTable) -> tuple[float, float]:
    cells = [cell for row in table.rows for cell in row]
    return min(cell.x0 for cell in cells), max(cell.x1 for cell in cells)


def _are_level(one: RuledCell, other: RuledCell) -> bool:
    return abs(one.x0 - other.x0) <= _NEAR and abs(one.x1 - other.x1) <= _NEAR
