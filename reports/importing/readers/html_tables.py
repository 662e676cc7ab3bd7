"""The tables of web pages: where each cell stands, and what somebody who looks at the page sees in it."""

from __future__ import annotations

import re

from lxml import etree

from reports.importing.document import PICTURE, RAISED, Cell, beside_pictures

BLOCKS = frozenset(
    re.findall(
        r"\w+",
        """address article aside blockquote body caption center dd details div dl dt fieldset figure footer form h1 h2 h3 h4
        h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul""",
    )
)
"""The elements that begin and end a line."""

_UNSEEN = frozenset(
    re.findall(r"\w+", "script style noscript template head svg math iframe object select textarea button title")
)
_PICTURES = frozenset({"img", "svg", "math", "canvas", "object", "embed", "iframe"})
_FIELDS = frozenset({"input", "select", "textarea"})
_TYPED = frozenset({"text", "number", "tel"})
_STRUCK, _RAISED_OR_LOWERED = frozenset({"s", "strike", "del"}), frozenset({"sup", "sub"})
_ABSENT_STYLE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item)", re.IGNORECASE)
_STRUCK_STYLE = re.compile(r"text-decoration(?:-line)?\s*:[^;:]*line-through", re.IGNORECASE)
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*su(?:per|b)\b", re.IGNORECASE)
_MAX_SPAN = 60


def is_unseen(element: etree._Element) -> bool:
    """Whether an element is no part of the text of the page."""
    return not isinstance(element.tag, str) or element.tag in _UNSEEN or _is_hidden(element, _HIDDEN_STYLE)


def shown_text(root: etree._Element) -> str:
    """All that a page shows below an element, in one piece."""
    parts: list[str] = []
    waiting: list[tuple[etree._Element | str, bool]] = [(root, False)]
    while waiting:
        element, in_table = waiting.pop()
        if isinstance(element, str):
            parts.append(element)
        elif in_table and element.tag in _FIELDS:
            parts.append("" if _is_hidden(element, _HIDDEN_STYLE) else _entered(element))
        elif not is_unseen(element):
            parts.append(element.text or "")
            for child in reversed(element):
                inside = in_table or element.tag == "table"
                waiting += [(child.tail or "", inside), (child, inside)]
    return "".join(parts)


def rows_of(table: etree._Element) -> list[list[Cell]]:
    """Cells with the column they stand in, given what earlier rows reach down over."""
    rows: list[list[Cell]] = []
    reaching: dict[int, int] = {}
    for line in table.iter("tr"):
        if _is_hidden(line, _ABSENT_STYLE):
            continue
        cells: list[Cell] = []
        column = 1
        following = {place: left - 1 for place, left in reaching.items() if left > 1}
        for cell in line:
            if cell.tag not in {"td", "th"} or _is_hidden(cell, _ABSENT_STYLE):
                continue
            while reaching.get(column):
                column += 1
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            cells.append(Cell(_text(cell), column, width))
            if height > 1:
                following |= dict.fromkeys(range(column, column + width), height - 1)
            column += width
        rows.append(cells)
        reaching = following
    return rows


def _is_hidden(element: etree._Element, by_style: re.Pattern[str]) -> bool:
    style = element.get("style")
    return (style is not None and by_style.search(style) is not None) or element.get("hidden") is not None


def _span(cell: etree._Element, name: str) -> int:
    value = cell.get(name)
    if value is None:
        return 1
    value = value.strip()
    return min(max(int(value), 1), _MAX_SPAN) if value.isdecimal() and len(value) < 5 else 1


def _text(cell: etree._Element) -> str:
    return beside_pictures(" ".join(_shown(cell).split()))


def _shown(element: etree._Element) -> str:
    """Struck, raised and lowered text is marked as such: 5 struck out beside 3 is not 53, nor is 3² 32."""
    tag = element.tag
    if tag in _PICTURES or tag in _FIELDS:
        return "" if _is_hidden(element, _HIDDEN_STYLE) else _entered(element) if tag in _FIELDS else PICTURE
    if is_unseen(element):
        return ""
    parts = [element.text or ""]
    for child in element:
        parts += (_shown(child), child.tail or "")
    text = "".join(parts)
    style = element.get("style", "")
    if tag == "br" or tag in BLOCKS or (style and _BLOCK_STYLE.search(style)):
        text = f"\n{text}\n"
    if text.isspace() or not text:
        return text
    if tag in _STRUCK or (style and _STRUCK_STYLE.search(style)):
        return f"~~{text}~~"
    return text.translate(RAISED) if tag in _RAISED_OR_LOWERED or (style and _RAISED_STYLE.search(style)) else text


def _entered(field: etree._Element) -> str:
    """What stands in a field of a form: pages that were forms once show their figures like that."""
    if field.tag == "input":
        return field.get("value", "") if field.get("type", "text").lower() in _TYPED else ""
    if field.tag == "textarea":
        return "".join(field.itertext())
    options = list(field.iter("option"))
    chosen = next((option for option in options if option.get("selected") is not None), *options[:1])
    return "".join(chosen.itertext())
