"""Word documents (OOXML), read from the XML itself: merged cells are resolved there and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from reports.importing.document import Cell, Document
from reports.importing.readers.archive import open_archive, parse_xml, read_member

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_UNSEEN = {_W + "del", _W + "moveFrom", _W + "instrText", _W + "delText", _W + "pPr", _W + "rPr", _FALLBACK}


def read_docx(data: bytes) -> Document:
    with open_archive(data) as archive:
        root = parse_xml(read_member(archive, "word/document.xml"))
    document = Document()
    body = root.find(_W + "body")
    if body is not None:
        _read_blocks(body, document)
    return document


def _children(element: etree._Element) -> Iterator[etree._Element]:
    """The visible children; content controls and tracked insertions are looked through."""
    for child in element:
        if child.tag in {_W + "sdt", _W + "ins", _W + "moveTo", _W + "smartTag", _W + "customXml", _W + "sdtContent"}:
            yield from _children(child)
        elif isinstance(child.tag, str) and child.tag not in _UNSEEN:
            yield child


def _read_blocks(parent: etree._Element, document: Document) -> None:
    for element in _children(parent):
        if element.tag == _W + "p":
            for line in _text(element).split("\n"):
                document.add_paragraph(line)
        elif element.tag == _W + "tbl":
            _read_table(element, document)


def _text(element: etree._Element) -> str:
    """The text of a paragraph or cell; line breaks kept, deleted text and field codes left out."""
    parts: list[str] = []
    for child in _children(element):
        if child.tag == _W + "t":
            parts.append(child.text or "")
        elif child.tag in {_W + "br", _W + "cr"}:
            parts.append("\n")
        elif child.tag == _W + "tab":
            parts.append(" ")
        elif child.tag == _W + "noBreakHyphen":
            parts.append("-")
        elif child.tag == _W + "p":
            parts.append(("\n" if parts else "") + _text(child))
        else:
            parts.append(_text(child))
    return "".join(parts)


def _read_table(table: etree._Element, document: Document) -> None:
    rows = []
    for line in _children(table):
        if line.tag != _W + "tr":
            continue
        column = 1 + _number(line, "trPr/gridBefore")
        cells = []
        for tc in _children(line):
            if tc.tag != _W + "tc":
                continue
            if tc.find(_W + "tbl") is not None:
                # A table inside a cell: the outer one is only there for the layout.
                _read_blocks(tc, document)
            span = _number(tc, "tcPr/gridSpan") or 1
            merge = tc.find(f"{_W}tcPr/{_W}vMerge")
            if merge is None or merge.get(_W + "val") == "restart":
                cells.append(Cell(_cell_text(tc), column, span))
            column += span
        rows.append(cells)
    document.add_grid(rows, exact=True)


def _cell_text(tc: etree._Element) -> str:
    return "\n".join(_text(paragraph) for paragraph in _children(tc) if paragraph.tag == _W + "p").strip()


def _number(element: etree._Element, path: str) -> int:
    found = element.find("/".join(_W + step for step in path.split("/")))
    value = found.get(_W + "val", "") if found is not None else ""
    return int(value) if value.isdecimal() and len(value) < 5 else 0
