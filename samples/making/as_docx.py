"""Word files with really merged cells, as a township office makes them."""

from __future__ import annotations

import io
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from reports.exporting.word import without_dates
from samples.contents import Sample
from samples.making.printed import SampleCell, SampleHeading, SampleTable, printed_blocks

_PAGE_WIDTH = 9000  # twentieths of a point


def as_docx(sample: Sample) -> bytes:
    document = Document()
    _drop_thumbnail(document)
    font = document.styles["Normal"]
    font.font.name, font.font.size = "FangSong", Pt(16)
    font.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    # People break a long title by hand.
    title.add_run(sample.printed_name).add_break()
    title.add_run(f"{sample.year}年政府信息公开工作年度报告").font.size = Pt(22)
    body = document.element.body
    for block in printed_blocks(sample):
        if isinstance(block, SampleTable):
            body.insert(len(body) - 1, _table(block))
            document.add_paragraph()
        else:
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.first_line_indent = Pt(32)
            paragraph.add_run(block.text).bold = isinstance(block, SampleHeading)
    buffer = io.BytesIO()
    document.save(buffer)
    return without_dates(buffer.getvalue())


def _table(grid: SampleTable) -> object:
    width = _PAGE_WIDTH // grid.width
    rows = ""
    for line, places in enumerate(grid.covered()):
        starts = (cell for column, cell in enumerate(places) if column == cell.column)
        rows += f"<w:tr>{''.join(_cell(cell, line, width) for cell in starts)}</w:tr>"
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in sides)
    look = f'<w:tblW w:w="{_PAGE_WIDTH}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
    columns = f'<w:gridCol w:w="{width}"/>' * grid.width
    return parse_xml(f"<w:tbl {nsdecls('w')}><w:tblPr>{look}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>")


def _cell(cell: SampleCell, line: int, width: int) -> str:
    """The cell in one line of the table: where it reaches down from above, Word keeps an empty one that goes on."""
    span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
    begins = cell.line == line
    merge = ('<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>") if cell.rowspan > 1 else ""
    size = f'<w:tcW w:w="{width * cell.colspan}" w:type="dxa"/>'
    text = escape(cell.text) if begins else ""
    run = f'<w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t>{text}</w:t></w:r>'
    return (
        f'<w:tc><w:tcPr>{size}{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{run}</w:p></w:tc>'
    )


def _drop_thumbnail(document: DocxDocument) -> None:
    """The picture of an empty page that the template brings, and the relation to it: without its target nobody can open the
    file."""
    relations = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[key]
