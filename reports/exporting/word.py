"""Word files in the layout of official documents (GB/T 9704—2012): its margins, type sizes and font names."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Mm, Pt, RGBColor

TITLE_FONT, HEADING_FONT, BODY_FONT, NUMBER_FONT = "方正小标宋简体", "黑体", "仿宋_GB2312", "Times New Roman"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAGE_WIDTH = round(156 / 25.4 * 1440)  # the text is 156 mm wide, here in twentieths of a point
_BEGINNING_OF_TIME = (1980, 1, 1, 0, 0, 0)
CELL_MARGIN = 40
_SPACING = Pt(28)
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def new_document(title: str, author: str) -> Any:
    """An empty document with the page and the styles; python-docx's own."""
    document = Document()
    _drop_thumbnail(document)
    _set_page(document)
    _set_styles(document)
    document.core_properties.title = title[:255]
    document.core_properties.author = author[:255]
    document.core_properties.language = "zh-CN"
    return document


def saved(document: Any) -> bytes:
    """Its file; the same content makes the same bytes."""
    buffer = io.BytesIO()
    document.save(buffer)
    return without_dates(buffer.getvalue())


def paragraph(document: Any, style: str, text: str = "") -> Any:
    """By the style's id: python-docx looks through all styles for a name, which takes 4 ms each time."""
    paragraph = document.add_paragraph(text)
    paragraph._p.style = style
    return paragraph


def framed(rows: str, widths: list[int], title: str) -> Any:
    """A table of these rows, already marked up; `title` is for those who hear it read."""
    borders = "".join(f'<w:{side} w:val="single" w:sz="{4 if "inside" in side else 8}"/>' for side in _SIDES)
    caption = f'<w:tblCaption w:val="{escape(title)}"/>' if title else ""
    sides = "".join(f'<w:{side} w:w="{CELL_MARGIN}" w:type="dxa"/>' for side in ("left", "right"))
    margins = f"<w:tblCellMar>{sides}</w:tblCellMar>"
    look = (
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/>{margins}{caption}'
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return parse_xml(f"<w:tbl {nsdecls('w')}><w:tblPr>{look}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>")


def box(
    text: str, width: int, merged: str, side: str, size: int, font: str = "", aside: int = 0, with_next: bool = False
) -> str:
    """A cell; `with_next` keeps its row on the page of the row below."""
    fonts = f'<w:rFonts w:eastAsia="{font}"/>' if font else ""
    run = (
        f'<w:r><w:rPr>{fonts}<w:sz w:val="{size}"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
        if text
        else ""
    )
    spacing = f'<w:spacing w:before="20" w:after="20" w:line="{size * 12 + 20}" w:lineRule="exact"/>'
    spacing += f'<w:ind w:left="{aside}" w:right="{aside}"/>' if aside else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr>{"<w:keepNext/>" if with_next else ""}{spacing}<w:jc w:val="{side}"/></w:pPr>{run}</w:p></w:tc>'
    )


def _drop_thumbnail(document: Any) -> None:
    """The picture of an empty page that the template brings."""
    relations = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[key]


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    line = section.footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = '<w:fldSimple {0} w:instr=" PAGE "><w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:t>1</w:t></w:r></w:fldSimple>'
    line.add_run("— ").font.size = Pt(14)
    line._p.append(parse_xml(field.format(nsdecls("w"))))
    line.add_run(" —").font.size = Pt(14)


def _set_styles(document: Any) -> None:
    styles = document.styles
    _set_font(styles["Normal"], BODY_FONT, 16)
    _set_font(styles["Title"], TITLE_FONT, 22)
    _set_font(styles["Heading 1"], HEADING_FONT, 16)
    _set_font(styles["Body Text"], BODY_FONT, 16)
    _set_paragraph(styles["Normal"], WD_ALIGN_PARAGRAPH.JUSTIFY, _SPACING)
    _set_paragraph(styles["No Spacing"], WD_ALIGN_PARAGRAPH.JUSTIFY, Pt(10))
    _set_paragraph(styles["Title"], WD_ALIGN_PARAGRAPH.CENTER, Pt(36), after=28)
    _set_paragraph(styles["Heading 1"], WD_ALIGN_PARAGRAPH.LEFT, _SPACING, indent=32)
    _set_paragraph(styles["Body Text"], WD_ALIGN_PARAGRAPH.JUSTIFY, _SPACING, indent=32)
    # Word's own title and headings are coloured and underlined.
    for border in styles["Title"].element.pPr.findall(qn("w:pBdr")):
        styles["Title"].element.pPr.remove(border)


def _set_font(style: Any, name: str, size: int) -> None:
    style.font.name, style.font.size, style.font.bold = NUMBER_FONT, Pt(size), False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for attribute in list(fonts.attrib):
        if attribute.endswith("Theme"):
            del fonts.attrib[attribute]
    fonts.set(qn("w:eastAsia"), name)


def _set_paragraph(style: Any, alignment: Any, spacing: Length, *, indent: int = 0, after: int = 0) -> None:
    look = style.paragraph_format
    look.alignment = alignment
    look.line_spacing_rule, look.line_spacing = WD_LINE_SPACING.EXACTLY, spacing
    look.space_before, look.space_after = Pt(0), Pt(after)
    look.first_line_indent = Pt(indent)


def without_dates(data: bytes) -> bytes:
    """The same archive without the time of day in it: the same report makes the same file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            kept.writestr(zipfile.ZipInfo(name, _BEGINNING_OF_TIME), made.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
