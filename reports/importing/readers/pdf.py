"""PDF files with a text layer: tables by their ruling lines, paragraphs of the lines around them, furniture of the pages."""

from __future__ import annotations

import io
import re
import struct
import unicodedata
import zlib
from bisect import bisect
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pdfplumber
from django.utils.translation import gettext as _
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import PdfminerException

from reports.importing.document import Cell, Document, Unreadable
from reports.importing.labels import RADICALS
from reports.importing.readers.limits import refuse_large_streams
from reports.importing.readers.pdf_columns import Character
from reports.importing.readers.pdf_furniture import footnotes_of, furniture_of
from reports.importing.readers.pdf_lines import Line, lines_of
from reports.importing.readers.pdf_paragraphs import goes_on, joined, layout_of
from reports.importing.readers.pdf_tables import RuledTable, tables_of, with_heading, without_doubles
from reports.importing.readers.pdf_tags import Tags, read_marks, read_tags

_MAX_PAGES = 200
# Chromium and some versions of WPS map a glyph to the radical that looks like the character (⺠ for 民).
_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | RADICALS
_PRINTED = _RADICALS | {0xA0: " "}
_NUMBER_OF_CHARACTER = re.compile(r"〔U\+([0-9A-F]{4,6})〕")


def read_pdf(data: bytes) -> Document:
    """Raises Unreadable for encrypted, damaged, overlong and scanned files; the last have no text layer."""
    refuse_large_streams(data)
    document = Document()
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > _MAX_PAGES:
                raise Unreadable(
                    _("PDF 有 %(pages)d 页，不像年度报告。请只保留年度报告的页面。") % {"pages": len(pdf.pages)}
                )
            tags = read_tags(pdf)
            pages = []
            for number, page in enumerate(pdf.pages, 1):
                _refuse_what_is_typed_on_top(page)
                pages.append(_read_page(page, number, tags))
                page.close()
            _add_blocks(document, pages)
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise Unreadable(_("PDF 有密码，无法读取。请去掉密码后再导入。")) from error
        raise Unreadable(_("PDF 已损坏或不完整，无法读取。请重新下载或重新导出后再导入。")) from error
    except (
        PSException,
        struct.error,
        zlib.error,
        AssertionError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        OverflowError,
        RecursionError,
    ) as error:
        # pdfminer lets errors of these kinds through for damaged object tables.
        raise Unreadable(_("PDF 已损坏或不完整，无法读取。请重新下载或重新导出后再导入。")) from error
    if not document.blocks:
        raise Unreadable(_("PDF 中没有文字（可能是扫描件），无法读取数据。请导入 Word 文件或由 Word 导出的 PDF。"))
    return document


def _refuse_what_is_typed_on_top(page: Any) -> None:
    """Raises Unreadable where figures stand in form fields or notes, which are no part of the page's text."""
    for note in page.annots:
        subtype, value = (str(note["data"].get(name, "")) for name in ("Subtype", "V"))
        if ("Widget" in subtype and re.search(r"\d", value)) or ("FreeText" in subtype and note.get("contents")):
            raise Unreadable(_("PDF 的数据填在表单域或批注里，无法读取。请用“打印为 PDF”重新导出后再导入。"))


@dataclass(frozen=True)
class _Box:
    """A text box beside the text."""

    top: float
    characters: list[Character]
    text: str


_Part = Line | RuledTable | _Box


@dataclass
class _Page:
    """What stands on a page, in the order of reading; `text` is all of it, in the order of the file."""

    number: int
    parts: list[_Part]
    turned: str
    text: str


def _read_page(page: Any, number: int, tags: Tags) -> _Page:
    read_marks(page)
    page = without_doubles(page)
    tables, boxes, around = tables_of(page)
    lines = lines_of([each for each in around if each["upright"]], number, tags)
    placed: list[RuledTable | _Box] = [*tables, *(_box(each, number) for each in boxes)]
    parts: list[_Part] = [*lines]
    places = [(_place_of(part, lines, number, tags), order) for order, part in enumerate(placed)]
    for place, order in sorted(places, reverse=True):
        parts.insert(place, placed[order])
    turned = "".join(each["text"] for each in around if not each["upright"])
    return _Page(number, parts, turned, "".join(each["text"] for each in page.chars))


def _box(characters: list[Character], page: int) -> _Box:
    lines = lines_of(characters, page)
    return _Box(min(each["top"] for each in characters), characters, joined(lines))


def _place_of(table: RuledTable | _Box, lines: list[Line], page: int, tags: Tags) -> int:
    """Before which of the lines a table or box stands."""
    tagged = [tags[page, each["mcid"]].order for each in table.characters if (page, each.get("mcid")) in tags]
    if tagged:
        below = (place for place, line in enumerate(lines) if line.tag and line.tag.order > min(tagged))
    else:
        below = (place for place, line in enumerate(lines) if line.baseline > table.top)
    return next(below, len(lines))


def _add_blocks(document: Document, pages: list[_Page]) -> None:
    """Notes at the foot of a page and text boxes follow the paragraph that they stand in."""
    lines = [part for page in pages for part in page.parts if isinstance(part, Line)]
    furniture = furniture_of(lines, len(pages))
    _join_headings(pages, furniture)
    footnotes = footnotes_of(lines, furniture)
    layout = layout_of([line for line in lines if id(line) not in furniture])
    paragraph: list[Line] = []
    aside: list[tuple[str, int]] = []

    def close() -> None:
        if paragraph:
            document.add_paragraph(_plain(joined(paragraph)), paragraph[0].page)
        for text, number in aside:
            document.add_paragraph(_plain(text), number)
        paragraph.clear()
        aside.clear()

    for page in pages:
        document.add_source(_plain(page.text), page.number)
        if page.turned.strip():
            document.add_furniture("turned", _plain(page.turned), page.number)
        for part in page.parts:
            if isinstance(part, RuledTable):
                close()
                document.add_grid(_rows(part), exact=True, page=page.number)
            elif isinstance(part, _Box):
                aside.append((part.text, page.number))
            elif name := furniture.get(id(part)):
                document.add_furniture(name, _plain(part.text), page.number)
            elif id(part) in footnotes:
                aside.append((part.text, page.number))
            else:
                if paragraph and not goes_on(paragraph[-1], part, layout):
                    close()
                paragraph.append(part)
    close()


def _join_headings(pages: list[_Page], furniture: dict[int, str]) -> None:
    """Puts a heading of a table that stands alone at the end of a page to the rows on the next one."""
    for page, following in pairwise(pages):
        above = next((part for part in reversed(page.parts) if id(part) not in furniture), None)
        below = next((part for part in following.parts if id(part) not in furniture), None)
        if isinstance(above, RuledTable) and isinstance(below, RuledTable) and (whole := with_heading(above, below)):
            page.parts = [part for part in page.parts if part is not above]
            following.parts = [whole if part is below else part for part in following.parts]


def _plain(text: str) -> str:
    """Our own files give a character that their font lacks by its number: 〔U+20BB7〕."""
    return _NUMBER_OF_CHARACTER.sub(lambda found: chr(min(int(found[1], 16), 0x10FFFF)), text.translate(_PRINTED))


def _rows(table: RuledTable) -> list[list[Cell]]:
    """Cells with the column they begin in; the columns that begin within a cell are its span."""
    starts = [start - 1 for start in table.starts()]
    rows = []
    for row in table.rows:
        first = [bisect(starts, cell.x0) for cell in row]
        spans = [max(1, bisect(starts, cell.x1 - 2) - column + 1) for column, cell in zip(first, row, strict=True)]
        rows.append([Cell(_plain(cell.text), *place) for cell, *place in zip(row, first, spans, strict=True)])
    return rows
