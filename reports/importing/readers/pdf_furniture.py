"""What stands on the pages of a PDF beside their text: page numbers, titles that run along the edges, footnotes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import takewhile

from reports.importing.readers.pdf_lines import Line

_PAGE_NUMBER = re.compile(r"[-—–－·]*第?\d{1,3}页?(?:(?:[，,/]{1,2}共?|共)\d{1,3}页?)?[-—–－·]*")
_FOOTNOTE = re.compile(r"[\[〔(（]?(?:\d{1,2}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}|[①-⑳*※])")
_MAX_FOOTNOTE_SIZE = 0.9  # of the text
_MAX_RUNNING_LENGTH = 160
_EDGE = 2  # lines
_FEW = 0.3
_SAME_PLACE = 6.0  # points


def furniture_of(lines: list[Line], pages: int) -> dict[int, str]:
    """What those of the lines are, by `id`, that are no text."""
    artifacts = _artifacts(lines)
    edges = [line for line in _edges(lines) if line.tag is None]
    untagged = sum(line.tag is None for line in lines)
    # What a browser prints along the edges has no tags, but all of the page has.
    running = edges if untagged <= _FEW * len(lines) else _running(edges, pages)
    found = {id(line): "running_title" for line in (*artifacts, *running)}
    for line in (*edges, *artifacts):
        if _PAGE_NUMBER.fullmatch("".join(line.text.split())):
            found[id(line)] = "page_number"
    return found


def _artifacts(lines: list[Line]) -> list[Line]:
    """Some programs call all that they print an artifact."""
    artifacts = [line for line in lines if line.is_artifact]
    return artifacts if sum(len(line.text) for line in artifacts) * 2 < sum(len(line.text) for line in lines) else []


def _edges(lines: list[Line]) -> list[Line]:
    """The lines at the upper and lower edge of each page; several may stand side by side."""
    by_page: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines:
        by_page[line.page].append(line)
    edges = []
    for on_page in by_page.values():
        heights = sorted({round(line.baseline) for line in on_page})
        outer = {*heights[:_EDGE], *heights[-_EDGE:]}
        edges += [line for line in on_page if round(line.baseline) in outer]
    return edges


def _running(edges: list[Line], pages: int) -> list[Line]:
    """What returns on most pages, but for its number. At the top of the first page it may be the title itself, unless it stands
    where it returns."""
    by_text: defaultdict[str, list[Line]] = defaultdict(list)
    for line in edges:
        if len(line.text) <= _MAX_RUNNING_LENGTH:
            by_text[re.sub(r"\d+", "0", line.text)].append(line)
    running = []
    for some in by_text.values():
        if len({line.page for line in some}) < max(2, (pages + 1) // 2):
            continue
        usual = Counter(round(line.baseline / _SAME_PLACE) for line in some if line.page > 1).most_common(1)
        running += [
            line for line in some if line.page > 1 or (usual and abs(line.baseline / _SAME_PLACE - usual[0][0]) <= 1)
        ]
    return running


def footnotes_of(lines: list[Line], furniture: dict[int, str]) -> set[int]:
    """The lines, by `id`, of the notes at the foot of each page: smaller than the text above, and the first is numbered."""
    by_page: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if id(line) not in furniture:
            by_page[line.page].append(line)
    return {id(line) for on_page in by_page.values() for line in _footnotes(on_page)}


def _footnotes(on_page: list[Line]) -> list[Line]:
    sizes = Counter[int]()
    for line in on_page:
        sizes[round(line.size)] += len(line.text)
    largest = _MAX_FOOTNOTE_SIZE * max(sizes, key=lambda size: sizes[size])
    small = [*takewhile(lambda line: line.size < largest, sorted(on_page, key=lambda line: -line.baseline))]
    numbered = [place for place, line in enumerate(small) if _FOOTNOTE.match(line.text)]
    return small[: numbered[-1] + 1] if numbered else []
