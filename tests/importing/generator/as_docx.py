"""Word files written as XML, with what Word keeps in them: content controls, tracked changes, lost numbering, nested tables."""

from __future__ import annotations

import io
import random
import re
import zipfile
from xml.sax.saxutils import escape

from samples.making.printed import SampleCell, SampleHeading, SampleTable
from tests.importing.generator.pages import Page

_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""

_RELATIONS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
 Target="word/document.xml"/></Relationships>"""


def docx_of(page: Page, chance: random.Random) -> bytes:
    tracked, controls = chance.random() < 0.3, chance.random() < 0.3
    unnumbered, split, nested = chance.random() < 0.3, chance.random() < 0.4, chance.random() < 0.2
    parts = [_paragraph(line) for line in page.title]
    for block in page.blocks:
        if isinstance(block, SampleTable):
            cut = chance.randrange(2, block.height) if split and block.height > 6 else block.height
            tables = [_table(block, 0, cut, tracked, chance)]
            if cut < block.height:
                # Word splits a table when somebody inserts a page break into it.
                tables += [_paragraph(""), _table(block, cut, block.height, tracked, chance)]
            text = "".join(tables)
            if nested:
                text = f"<w:tbl><w:tr><w:tc>{text}<w:p/></w:tc></w:tr></w:tbl>"
            parts.append(f"<w:sdt><w:sdtPr/><w:sdtContent>{text}</w:sdtContent></w:sdt>" if controls else text)
        elif isinstance(block, SampleHeading) and unnumbered:
            # Word numbers the chapters itself: the numeral is not in the text.
            text = re.sub(r"^[一二三四五六]、\s*", "", block.text)
            parts.append(_paragraph(text, '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'))
        else:
            parts.append(_paragraph(block.text))
    document = f"<w:document {_NAMESPACE}><w:body>{''.join(parts)}<w:sectPr/></w:body></w:document>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", document)
    return buffer.getvalue()


def _paragraph(text: str, properties: str = "") -> str:
    """Word cuts sentences into runs wherever somebody paused."""
    half = len(text) // 2
    return f"<w:p>{properties}{_run(text[:half])}<w:bookmarkStart w:id='1' w:name='_GoBack'/>{_run(text[half:])}</w:p>"


def _run(text: str, tag: str = "t", size: int = 0) -> str:
    """`size` in half points."""
    look = f'<w:rPr><w:sz w:val="{size}"/></w:rPr>' if size else ""
    lines = [f'<w:{tag} xml:space="preserve">{escape(line)}</w:{tag}>' for line in text.split("\n")]
    return f"<w:r>{look}{'<w:br/>'.join(lines)}</w:r>"


def _table(grid: SampleTable, start: int, end: int, tracked: bool, chance: random.Random) -> str:
    rows = ""
    for line, places in enumerate(grid.covered()):
        if start <= line < end:
            starts = (cell for column, cell in enumerate(places) if column == cell.column)
            rows += (
                f"<w:tr>{''.join(_cell(cell, line, start, _width(grid), tracked, chance) for cell in starts)}</w:tr>"
            )
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in sides)
    look = f'<w:tblPr><w:tblW w:w="{grid.width * _width(grid)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
    columns = f'<w:gridCol w:w="{_width(grid)}"/>' * grid.width
    return f"<w:tbl>{look}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"


def _width(grid: SampleTable) -> int:
    """Of a column, in twentieths of a point; no number has to be broken in it."""
    return max(700, 9000 // grid.width)


def _cell(cell: SampleCell, line: int, start: int, width: int, tracked: bool, chance: random.Random) -> str:
    size = f'<w:tcW w:w="{cell.colspan * width}" w:type="dxa"/>'
    span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
    begins = cell.line == line
    restarts = begins or line == start
    merge = ('<w:vMerge w:val="restart"/>' if restarts else "<w:vMerge/>") if cell.rowspan > 1 else ""
    text = _run(cell.text, size=14) if begins and cell.text else ""
    if tracked and begins and cell.role == "figure" and chance.random() < 0.2:
        removed = f'<w:del w:id="2" w:author="x">{_run("77", "delText")}</w:del>'
        text = f'{removed}<w:ins w:id="3" w:author="x">{text}</w:ins>'
    return f"<w:tc><w:tcPr>{size}{span}{merge}</w:tcPr><w:p>{text}</w:p></w:tc>"
