"""What a Word file shows besides its paragraphs and tables as they are read: headers and footers, notes; and all of its text."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from reports.importing.readers.archive import parse_xml, read_member

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXTS = (_W + "t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t")
_HYPHEN, _SYMBOLS = _W + "noBreakHyphen", (_W + "sym", _W + "ddList", _W + "checkBox")
_NOT_SHOWN = {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    *(_W + name for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "rt", "sdtPr")),
}
_VALUE = _W + "val"
_OFF = ("0", "false", "off")
_EDGES = re.compile(r"word/(header|footer)\d*\.xml")
_NOTES = {"footnotes": "footnoteReference", "endnotes": "endnoteReference"}


def shown_text(root: etree._Element) -> str:
    """All that Word shows below an element, in one piece; without the numerals that it counts itself."""
    parts: list[str] = []
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag in _NOT_SHOWN or not isinstance(element.tag, str) or _is_hidden(element) or _is_covered(element):
            continue
        if element.tag in _TEXTS:
            parts.append(element.text or "")
        elif element.tag == _HYPHEN:
            parts.append("-")
        elif element.tag in _SYMBOLS:
            parts.append("□")
        waiting += reversed(element)
    return "".join(parts)


def _is_hidden(element: etree._Element) -> bool:
    look = element.find(f"{_W}rPr/{_W}vanish") if element.tag == _W + "r" else None
    return look is not None and look.get(_VALUE) not in _OFF


def _is_covered(element: etree._Element) -> bool:
    """Whether a cell is covered by the merged one above it."""
    merge = element.find(f"{_W}tcPr/{_W}vMerge") if element.tag == _W + "tc" else None
    return merge is not None and merge.get(_VALUE) != "restart"


def headers_and_footers(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """`header` or `footer`, and its text."""
    for name in archive.namelist():
        if found := _EDGES.fullmatch(name):
            yield found[1], shown_text(parse_xml(read_member(archive, name)))


class Notes:
    """The footnotes and endnotes, by the part that holds them and their number; each is handed out once."""

    def __init__(self, archive: zipfile.ZipFile | None = None) -> None:
        self._texts: dict[tuple[str, str], str] = {}
        for part, reference in _NOTES.items():
            if archive is None or f"word/{part}.xml" not in archive.namelist():
                continue
            root = parse_xml(read_member(archive, f"word/{part}.xml"))
            for note in root:
                if note.get(_W + "type") is None and isinstance(note.tag, str):
                    self._texts[_W + reference, note.get(_W + "id", "")] = shown_text(note)

    def of(self, element: etree._Element) -> Iterator[str]:
        if self._texts:
            for reference in element.iter(*(_W + name for name in _NOTES.values())):
                yield self._texts.pop((reference.tag, reference.get(_W + "id", "")), "")
