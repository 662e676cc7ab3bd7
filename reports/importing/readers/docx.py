"""Word documents (OOXML), read from the XML itself: merged cells are resolved there and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from reports.importing.document import PICTURE, RAISED, Cell, Document, beside_pictures
from reports.importing.readers.archive import open_archive, parse_xml, read_member
from reports.importing.readers.docx_numbering import Numbering, read_numbering
from reports.importing.readers.docx_parts import Notes, headers_and_footers, shown_text

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LOOKED_THROUGH = frozenset(_W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml"))
_RUN, _PARAGRAPH, _TEXT, _CELL, _PROPERTIES = _W + "r", _W + "p", _W + "t", _W + "tc", _W + "tcPr"
_TABLE, _VALUE, _RUN_PROPERTIES = _W + "tbl", _W + "val", _W + "rPr"
_SPAN, _ACROSS, _DOWN = _W + "gridSpan", _W + "hMerge", _W + "vMerge"
_HIDDEN, _STRUCK = _W + "vanish", {_W + "strike", _W + "dstrike"}
_LOOKS = (_HIDDEN, *_STRUCK, _W + "vertAlign")
_TEXT_BOX = _W + "txbxContent"
_PICTURES = {_W + "drawing", _W + "pict", _W + "object"}
_SHOWN = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_MATHS, _MATHS_RUN, _MATHS_TEXT = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}" + name for name in ("oMath", "r", "t")
)
_UNKNOWN_SIGN = "□"
_SIGNS = {
    _W + name: sign
    for sign, names in {
        "\n": ("br", "cr"),
        " ": ("tab", "ptab"),
        "-": ("noBreakHyphen",),
        # Signs of another font, and fields that show what somebody chose.
        _UNKNOWN_SIGN: ("sym", "ddList", "checkBox"),
    }.items()
    for name in names
}
# Word can save by the letter of the standard, which has other names for the same.
_STRICT = (
    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
)
_UNSEEN = {_FALLBACK, *(_W + name for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "rt"))}
_MAX_CELLS_IN_A_CELL = 4


def read_docx(data: bytes) -> Document:
    """Raises Unreadable where the archive or what is in it is damaged."""
    with open_archive(data) as archive:
        content = read_member(archive, "word/document.xml")
        numbering = read_numbering(archive) if b"numPr" in content or b"pStyle" in content else Numbering()
        notes = Notes(archive) if b"noteReference" in content else Notes()
        edges = [*headers_and_footers(archive)]
    root = parse_xml(content.replace(*_STRICT))
    document = Document()
    for name, text in edges:
        document.add_furniture(name, text)
        document.add_source(text)
    body = root.find(_W + "body")
    if body is not None:
        _read_blocks(body, document, numbering, notes)
        document.add_source(shown_text(body))
        document.add_source("".join(numbering.printed))
    return document


def _children(element: etree._Element) -> Iterator[etree._Element]:
    """The visible children; content controls and tracked insertions are looked through."""
    for child in element:
        tag = child.tag
        if tag in _LOOKED_THROUGH:
            yield from _children(child)
        elif tag not in _UNSEEN and isinstance(tag, str):
            yield child


def _read_blocks(parent: etree._Element, document: Document, numbering: Numbering, notes: Notes | None = None) -> None:
    """With `notes`, each follows the paragraph or table that refers to it."""
    for element in _children(parent):
        if element.tag == _PARAGRAPH:
            text = _text(element).replace(PICTURE, "")
            numeral = numbering.numeral(element) if text.strip() else ""
            for line in f"{numeral}{text}".split("\n"):
                document.add_paragraph(line)
            for box in _boxes_of(element):
                _read_blocks(box, document, numbering)
        elif element.tag == _TABLE:
            _read_table(element, document, numbering)
        for note in notes.of(element) if notes else ():
            document.add_paragraph(note)
            document.add_source(note)


def _text(element: etree._Element) -> str:
    """The text of a paragraph or cell; line breaks kept, deleted text and field codes left out."""
    parts: list[str] = []
    for child in _children(element):
        tag = child.tag
        if tag == _TEXT:
            parts.append(child.text or "")
        elif tag == _RUN:
            parts.append(_run_text(child))
        elif tag in _SIGNS:
            parts.append(_SIGNS[tag])
        elif tag == _PARAGRAPH:
            parts.append(("\n" if parts else "") + _text(child))
        elif tag in _PICTURES:
            parts.append(_picture(child))
        elif tag == _MATHS:
            parts.append(_maths(child))
        else:
            parts.append(_text(child))
    return "".join(parts)


def _run_text(run: etree._Element) -> str:
    """Hidden text is left out. Struck and raised text is marked as such: 5 struck out beside 3 is not 53, nor is 3² 32."""
    text = _text(run)
    if not text:
        return text
    looks = {
        look.tag for each in run.iterchildren(_RUN_PROPERTIES) for look in each.iterchildren(*_LOOKS) if _is_on(look)
    }
    if _HIDDEN in looks:
        return ""
    if looks & _STRUCK:
        return f"~~{text}~~"
    return text.translate(RAISED) if looks else text


def _picture(element: etree._Element) -> str:
    """Text boxes are read by themselves; what else is drawn may show a figure, which nobody can read here."""
    if any(True for _box in element.iter(_TEXT_BOX)):
        return ""
    return PICTURE if any(True for _shown in element.iter(*_SHOWN)) else ""


def _maths(element: etree._Element) -> str:
    """A number may have been typed as a formula; one with powers or fractions is more than a number."""
    text = "".join(each.text or "" for each in element.iter(_MATHS_TEXT))
    return text.translate(RAISED) if any(child.tag != _MATHS_RUN for child in element) else text


def _boxes_of(element: etree._Element) -> Iterator[etree._Element]:
    """The text boxes of a paragraph; not those inside of them, which are found when they are read."""
    if next(element.iterdescendants(_TEXT_BOX), None) is None:
        return
    waiting = list(reversed(element))
    while waiting:
        child = waiting.pop()
        if child.tag == _TEXT_BOX:
            yield child
        elif child.tag != _FALLBACK:
            waiting += reversed(child)


def _is_on(look: etree._Element) -> bool:
    return look.get(_VALUE) not in ("0", "false", "off", "baseline")


def _first(element: etree._Element, tag: str) -> etree._Element | None:
    """Like `find`, which takes four times as long for each of the many cells."""
    return next(element.iterchildren(tag), None)


def _read_table(table: etree._Element, document: Document, numbering: Numbering) -> None:
    rows = []
    for line in _children(table):
        if line.tag != _W + "tr":
            continue
        properties = _first(line, _W + "trPr")
        column = 1 + (0 if properties is None else _number(properties, _W + "gridBefore"))
        cells: list[Cell] = []
        for tc in _children(line):
            if tc.tag != _CELL:
                continue
            if next(tc.iterdescendants(_TABLE), None) is not None and not _is_small(tc):
                # A table inside a cell: the outer one is only there for the layout.
                _read_blocks(tc, document, numbering)
                text = ""
            else:
                text = _cell_text(tc, numbering)
            properties = _first(tc, _PROPERTIES)
            span = 1 if properties is None else _number(properties, _SPAN) or 1
            if _goes_on(properties, _ACROSS) and cells:
                # The old way to merge cells; Word and WPS still write it.
                cells[-1] = cells[-1]._replace(colspan=cells[-1].colspan + span)
            elif not _goes_on(properties, _DOWN):
                cells.append(Cell(text, column, span))
            column += span
        rows.append(cells)
    document.add_grid(rows, exact=True)


def _goes_on(properties: etree._Element | None, tag: str) -> bool:
    """Whether a cell only goes on with the one above it, or at its left."""
    merge = None if properties is None else _first(properties, tag)
    return merge is not None and merge.get(_VALUE) != "restart"


def _cell_text(cell: etree._Element, numbering: Numbering) -> str:
    """Also what stands in text boxes and small tables inside of it."""
    lines = []
    for block in _children(cell):
        if block.tag == _PARAGRAPH:
            text = _text(block)
            numeral = numbering.numeral(block) if text.strip() else ""
            # 1. before 0 is not 1.0.
            if numeral and text.strip().isdecimal():
                numeral = numbering.bracketed(numeral)
            lines.append(numeral + text)
            lines += [_cell_text(box, numbering) for box in _boxes_of(block)]
        elif block.tag == _TABLE and _is_small(cell):
            lines += [_cell_text(inner, numbering) for inner in block.iter(_CELL)]
    return beside_pictures("\n".join(lines).strip())


def _is_small(cell: etree._Element) -> bool:
    """Whether the tables in a cell are no more than another frame around its text."""
    return sum(1 for _inner in cell.iterdescendants(_CELL)) <= _MAX_CELLS_IN_A_CELL


def _number(properties: etree._Element, tag: str) -> int:
    found = _first(properties, tag)
    value = found.get(_VALUE, "") if found is not None else ""
    return int(value) if value.isdecimal() and len(value) < 5 else 0
