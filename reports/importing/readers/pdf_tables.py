"""The ruled tables of a PDF page. A row that a page break cuts has no closing line; a narrow column breaks numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import groupby
from typing import Any

from reports.importing.document import WRAPPED

_NEAR = 2.0  # points: lines at this distance are one
_FEWEST_LINES = 3
_MOST_PADDING = 6.0  # points between the line and the text of a cell, as Word and LibreOffice leave them
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
    level = [edge["top"] for edge in page.edges if edge["orientation"] == "h"]
    ends = Counter(round(edge[end]) for edge in upright for end in ("top", "bottom"))
    if not ends:
        return []
    outer = (min(ends), max(ends))
    open_ends = [
        place for place in outer if ends[place] >= _FEWEST_LINES and all(abs(place - each) > _NEAR for each in level)
    ]
    found: list[Any] = page.find_tables({"explicit_horizontal_lines": open_ends} if open_ends else None)
    return found


def texts_of(table: Any) -> list[list[str | None]]:
    """The text of each cell; None for what a merged cell covers. A number that was too wide for its column is one again."""
    texts: list[list[str | None]] = table.extract()
    by_line: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for row, line in zip(table.rows, texts, strict=True):
        for column, (box, text) in enumerate(zip(row.cells, line, strict=True)):
            if text and "\n" in text and "".join(text.split()).replace(",", "").isdecimal() and box:
                if not by_line:
                    for each in table.page.chars:
                        by_line[int(each["top"]) // 10].append(each)
                inside = [each for tens in range(int(box[1]) // 10, int(box[3]) // 10 + 1) for each in by_line[tens]]
                line[column] = text.replace("\n", WRAPPED) if _is_wrapped(inside, box) else text
    return texts


def _is_wrapped(characters: list[dict[str, Any]], box: Box) -> bool:
    """Whether each line but the last is so long that no other character would have found room."""
    inside = [
        each
        for each in characters
        if box[0] <= (each["x0"] + each["x1"]) / 2 <= box[2] and box[1] <= (each["top"] + each["bottom"]) / 2 <= box[3]
    ]
    inside.sort(key=lambda each: each["top"])
    lines = [list(line) for _top, line in groupby(inside, key=lambda each: round(each["top"]))]
    return all(
        (box[2] - box[0]) - (max(each["x1"] for each in line) - min(each["x0"] for each in line))
        < 2 * _MOST_PADDING + max(each["x1"] - each["x0"] for each in line)
        for line in lines[:-1]
    )
