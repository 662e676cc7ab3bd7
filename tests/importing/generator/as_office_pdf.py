"""PDF files as office programs export them: words shaded white, figures in another font, headers and footers, footnotes, text
boxes, columns."""

from __future__ import annotations

import random
import re
from xml.sax.saxutils import escape

from samples.making.printed import SampleCell, SampleHeading, SampleTable
from tests.importing.generator.by_libreoffice import converted
from tests.importing.generator.pages import Page

_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
        "svg": "svg-compatible",
    }.items()
)
_WORDS = ("Noto Serif CJK SC", "Noto Sans CJK SC")
_FIGURES = ("Liberation Serif", "DejaVu Sans", "Liberation Sans")


def office_pdf_of(page: Page, chance: random.Random) -> bytes:
    words, figures = chance.choice(_WORDS), chance.choice(_FIGURES)
    look = {
        "shading": chance.choice(["", ' fo:background-color="#fefefe"', ' fo:background-color="#ffffff"']),
        "behind": chance.choice(["", "", ' fo:background-color="#fdfdfd"']),
        "size": chance.choice(["12pt", "14pt", "16pt"]),
        "indent": chance.choice(["2em", "2em", "0em"]),
        "pitch": chance.choice(["130%", "150%", "28pt"]),
        "align": chance.choice(["start", "justify"]),
    }
    columns = chance.random() < 0.25
    footnote, box = chance.random() < 0.4, chance.random() < 0.3
    export = chance.choice(["pdf", 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'])
    parts = [f'<text:p text:style-name="Title">{_runs(line)}</text:p>' for line in page.title]
    prose: list[str] = []

    def flush() -> None:
        if prose and columns:
            parts.append(
                f'<text:section text:style-name="Columns" text:name="s{len(parts)}">{"".join(prose)}</text:section>'
            )
        else:
            parts.extend(prose)
        prose.clear()

    for number, block in enumerate(page.blocks):
        if isinstance(block, SampleTable):
            flush()
            parts.append(_table(block, f"t{number}"))
        elif isinstance(block, SampleHeading):
            flush()
            parts.append(f'<text:p text:style-name="Heading">{_runs(block.text)}</text:p>')
        else:
            note = _note(page) if footnote and not page.furniture and len(block.text) > 40 else ""
            frame = _box(page) if box and not columns and len(page.furniture) < 2 and len(block.text) > 60 else ""
            prose.append(f'<text:p text:style-name="Body">{frame}{_runs(block.text)}{note}</text:p>')
    flush()
    header = chance.choice(["", "汐川县人民政府办公室文件", "".join(page.title)])
    footer = chance.choice(["", "— {} —", "第 {} 页", "{}"]).replace("{}", "<text:page-number>1</text:page-number>")
    return converted(_document(words, figures, look, header, footer, "".join(parts)).encode(), export, "fodt")


def _runs(text: str) -> str:
    """Figures in runs of their own, as input methods leave them; raised numbers of notes are no part of a report."""
    parts = re.split(r"([0-9A-Za-z.%]+)", text)
    return "".join(
        f'<text:span text:style-name="{"Figure" if number % 2 else "Word"}">{escape(part)}</text:span>'
        for number, part in enumerate(parts)
        if part
    )


def _note(page: Page) -> str:
    text = "数据由各科室逐月登记后汇总。"
    page.furniture.append(text)
    return (
        f'<text:note text:id="n1" text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
        f'<text:p text:style-name="Small">{text}</text:p></text:note-body></text:note>'
    )


def _box(page: Page) -> str:
    text = "渔港公开栏常年开放。"
    page.furniture.append(text)
    return (
        '<draw:frame draw:style-name="Frame" draw:name="b1" text:anchor-type="paragraph" svg:width="4cm" svg:height="1.2cm" '
        f'svg:x="12cm" svg:y="0cm"><draw:text-box><text:p text:style-name="Small">{text}</text:p></draw:text-box></draw:frame>'
    )


def _table(grid: SampleTable, name: str) -> str:
    rows = ""
    for line, places in enumerate(grid.covered()):
        cells = "".join(
            _cell(cell) if cell.line == line and cell.column == column else "<table:covered-table-cell/>"
            for column, cell in enumerate(places)
        )
        rows += f"<table:table-row>{cells}</table:table-row>"
    columns = f'<table:table-column table:number-columns-repeated="{grid.width}"/>'
    return f'<table:table table:name="{name}">{columns}{rows}</table:table>'


def _cell(cell: SampleCell) -> str:
    lines = "".join(f'<text:p text:style-name="Small">{escape(line)}</text:p>' for line in cell.text.split("\n"))
    return (
        f'<table:table-cell table:style-name="Cell" table:number-columns-spanned="{cell.colspan}" '
        f'table:number-rows-spanned="{cell.rowspan}">{lines}</table:table-cell>'
    )


def _document(words: str, figures: str, look: dict[str, str], header: str, footer: str, body: str) -> str:
    def style(name: str, paragraph: str, text: str) -> str:
        return (
            f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties {paragraph}/>'
            f'<style:text-properties style:font-name="W" style:font-name-asian="W" {text}/></style:style>'
        )

    def text_style(name: str, font: str) -> str:
        look_of_text = f'style:font-name="{font}" style:font-name-asian="{font}"{look["shading"]}'
        return f'<style:style style:name="{name}" style:family="text"><style:text-properties {look_of_text}/></style:style>'

    size = f'fo:font-size="{look["size"]}" style:font-size-asian="{look["size"]}"'
    indent = float(look["indent"][:-2]) * float(look["size"][:-2])
    begins = f'fo:text-indent="{indent}pt" fo:line-height="{look["pitch"]}"'
    bold = 'fo:font-weight="bold" style:font-weight-asian="bold"'
    edges = "".join(
        f'<style:{name}><text:p text:style-name="Small">{text}</text:p></style:{name}>'
        for name, text in (("header", escape(header)), ("footer", footer))
        if text
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {_NAMES} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="W" svg:font-family="'{words}'"/>
<style:font-face style:name="F" svg:font-family="'{figures}'"/></office:font-face-decls>
<office:automatic-styles>
{style("Title", 'fo:text-align="center"', 'fo:font-size="22pt" style:font-size-asian="22pt"')}
{style("Heading", begins, f"{size} {bold}")}
{style("Body", f'{begins} fo:text-align="{look["align"]}"{look["behind"]}', size)}
{style("Small", "", 'fo:font-size="7pt" style:font-size-asian="7pt"')}
{text_style("Word", "W")}{text_style("Figure", "F")}
{_FIXED}
</office:automatic-styles>
<office:master-styles>
<style:master-page style:name="Standard" style:page-layout-name="A4">{edges}</style:master-page>
</office:master-styles>
<office:body><office:text>{body}</office:text></office:body></office:document>"""


_FIXED = """<style:style style:name="Cell" style:family="table-cell">
<style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="1pt"/></style:style>
<style:style style:name="Columns" style:family="section"><style:section-properties>
<style:columns fo:column-count="2" fo:column-gap="0.8cm"><style:column style:rel-width="1*" fo:end-indent="0.4cm"/>
<style:column style:rel-width="1*" fo:start-indent="0.4cm"/></style:columns></style:section-properties></style:style>
<style:style style:name="Frame" style:family="graphic">
<style:graphic-properties style:wrap="left" fo:border="0.5pt solid #000000" fo:padding="2pt"/></style:style>
<style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm"/>
<style:header-style><style:header-footer-properties fo:min-height="1cm"/></style:header-style>
<style:footer-style><style:header-footer-properties fo:min-height="1cm"/></style:footer-style></style:page-layout>"""
