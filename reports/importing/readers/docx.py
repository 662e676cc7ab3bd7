"""Word documents (OOXML), read from the XML itself: merged cells are resolved there and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from reports.importing.document import RAISED, Cell, Document
from reports.importing.readers.archive import open_archive, parse_xml, read_member

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LOOKED_THROUGH = frozenset(_W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml"))
_RUN, _PARAGRAPH, _TEXT, _CELL, _PROPERTIES = _W + "r", _W + "p", _W + "t", _W + "tc", _W + "tcPr"
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
        tag = child.tag
        if tag in _LOOKED_THROUGH:
            yield from _children(child)
        elif tag not in _UNSEEN and isinstance(tag, str):
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
        if child.tag == _RUN:
            parts.append(_run_text(child))
        elif child.tag == _TEXT:
            parts.append(child.text or "")
        elif child.tag in {_W + "br", _W + "cr"}:
            parts.append("\n")
        elif child.tag == _W + "tab":
            parts.append(" ")
        elif child.tag == _W + "noBreakHyphen":
            parts.append("-")
        elif child.tag == _PARAGRAPH:
            parts.append(("\n" if parts else "") + _text(child))
        else:
            parts.append(_text(child))
    return "".join(parts)


def _run_text(run: etree._Element) -> str:
    """Hidden text is left out. Struck and raised text is marked as such: 5 struck out beside 3 is not 53, nor is 3² 32."""
    text = _text(run)
    properties = run.find(_W + "rPr")
    if properties is None or not text:
        return text
    if _is_on(properties, "vanish"):
        return ""
    if _is_on(properties, "strike") or _is_on(properties, "dstrike"):
        return f"~~{text}~~"
    raised = properties.find(_W + "vertAlign")
    return text.translate(RAISED) if raised is not None and raised.get(_W + "val") == "superscript" else text


def _is_on(properties: etree._Element, name: str) -> bool:
    found = properties.find(_W + name)
    return found is not None and found.get(_W + "val") not in ("0", "false", "off")


def _read_table(table: etree._Element, document: Document) -> None:
    rows = []
    for line in _children(table):
        if line.tag != _W + "tr":
            continue
        properties = line.find(_W + "trPr")
        column = 1 + (0 if properties is None else _number(properties, "gridBefore"))
        cells = []
        for tc in _children(line):
            if tc.tag != _CELL:
                continue
            if tc.find(_W + "tbl") is not None:
                # A table inside a cell: the outer one is only there for the layout.
                _read_blocks(tc, document)
            properties = tc.find(_PROPERTIES)
            span = 1 if properties is None else _number(properties, "gridSpan") or 1
            merge = None if properties is None else properties.find(_W + "vMerge")
            if merge is None or merge.get(_W + "val") == "restart":
                cells.append(Cell(_cell_text(tc), column, span))
            column += span
        rows.append(cells)
    document.add_grid(rows, exact=True)


def _cell_text(tc: etree._Element) -> str:
    return "\n".join(_text(paragraph) for paragraph in _children(tc) if paragraph.tag == _PARAGRAPH).strip()


def _number(properties: etree._Element, name: str) -> int:
    found = properties.find(_W + name)
    value = found.get(_W + "val", "") if found is not None else ""
    return int(value) if value.isdecimal() and len(value) < 5 else 0
