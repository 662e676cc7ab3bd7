"""PDF files with a text layer. Tables come from their ruling lines, paragraphs from the lines between them."""

from __future__ import annotations

import io
import re
import struct
import unicodedata
import zlib
from collections import Counter
from collections.abc import Mapping
from itertools import groupby
from typing import Any

import pdfplumber
from django.utils.translation import gettext as _
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import PdfminerException

from reports.importing.document import Block, Cell, Document, Paragraph, Unreadable
from reports.importing.labels import RADICALS
from reports.importing.readers.limits import refuse_large_streams
from reports.importing.readers.pdf_tables import tables_of, texts_of, without_doubles

_MAX_PAGES = 200
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]")
# Chromium and some versions of WPS map a glyph to the radical that looks like the character (⺠ for 民).
_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | RADICALS
_PRINTED = _RADICALS | {0xA0: " "}
_MAX_WORD_LENGTH = 30
_MAX_TITLE_LENGTH = 80
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
            tags = tagged_paragraphs(pdf)
            lines = _Lines(document)
            for number, page in enumerate(pdf.pages, 1):
                _refuse_what_is_typed_on_top(page)
                _read_page(page, number, lines, tags)
                page.close()
            lines.flush()
            document.blocks = _without_running_titles(document.blocks, len(pdf.pages), lines.tagged)
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


def _without_running_titles(blocks: list[Block], pages: int, tagged: set[int]) -> list[Block]:
    """The first or last line of a page that returns on most pages, but for its number, is no text of the report. At the top of
    the first page it may be the title itself; and what tags call a paragraph is one, however often it returns."""
    edges: dict[int, str] = {}
    on_pages: Counter[str] = Counter()
    for page, group in groupby(blocks, key=lambda block: block.page):
        on_page = list(group)
        ends = [
            block for block in (on_page[0], on_page[-1]) if isinstance(block, Paragraph) and block.number not in tagged
        ]
        masked = {id(block): re.sub(r"\d+", "0", block.text) for block in ends if len(block.text) <= _MAX_TITLE_LENGTH}
        on_pages.update(set(masked.values()))
        edges |= {key: text for key, text in masked.items() if page != 1 or key != id(on_page[0])}
    return [block for block in blocks if on_pages[edges.get(id(block), "")] < max(2, (pages + 1) // 2)]


class _Lines:
    """Collects the lines of a paragraph until it ends, on the next page if need be."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = ""
        self.last: dict[str, Any] | None = None
        self.paragraph: int | None = None
        self.page = 1
        self.tagged: set[int] = set()

    def flush(self) -> None:
        self.document.add_paragraph(_by_number(self.text), self.page)
        if self.paragraph is not None:
            self.tagged.add(self.document.paragraph_count)
        self.text, self.last, self.paragraph = "", None, None

    def add(self, line: dict[str, Any], page: int, paragraph: int | None, right: float) -> None:
        if self.last is not None and not self._goes_on(line, page, paragraph, right):
            self.flush()
        self.page = page if not self.text else self.page
        # Glyphs that overlap look like two words to pdfplumber, so where tags are the characters count.
        text = _characters(line) if paragraph else line["text"]
        self.text = _joined(self.text, text.translate(_PRINTED))
        self.last, self.paragraph = line, paragraph

    def _goes_on(self, line: dict[str, Any], page: int, paragraph: int | None, right: float) -> bool:
        assert self.last is not None
        if paragraph is not None and self.paragraph is not None:
            # Within a paragraph no line is indented, but for the half of a bracket that begins the line before.
            return paragraph == self.paragraph and line["x0"] < self.last["x0"] + 1.2 * self.last["chars"][-1]["size"]
        return page == self.page and _goes_on(self.last, line, right)


def _refuse_what_is_typed_on_top(page: Any) -> None:
    """Raises Unreadable where figures stand in form fields or notes, which are no part of the page's text."""
    for note in page.annots:
        subtype, value = (str(note["data"].get(name, "")) for name in ("Subtype", "V"))
        if ("Widget" in subtype and re.search(r"\d", value)) or ("FreeText" in subtype and note.get("contents")):
            raise Unreadable(_("PDF 的数据填在表单域或批注里，无法读取。请用“打印为 PDF”重新导出后再导入。"))


def _read_page(page: Any, number: int, lines: _Lines, tags: Paragraphs) -> None:
    page = without_doubles(page)
    tables = tables_of(page)
    # A tagged file holds its text in the order of reading, spaces included; in others place and gap have to do.
    flow = {"keep_blank_chars": True, "x_tolerance": 40, "use_text_flow": True} if tags else {}
    words = page.extract_text_lines(strip=True, return_chars=True, **flow)
    parts: list[tuple[float, Any]] = [(table.bbox[1], table) for table in tables]
    right = max((line["x1"] for line in words), default=0)
    parts += [(line["top"], line) for line in words if not any(_inside(line, table.bbox) for table in tables)]
    for _top, part in sorted(parts, key=lambda pair: pair[0]):
        if not isinstance(part, dict):
            lines.flush()
            lines.document.add_grid(_rows(part), exact=True, page=number)
            continue
        paragraph = paragraph_of(part, number, tags)
        if tags and is_artifact(part):
            continue
        if paragraph is None and re.fullmatch(r"[-—–\s]*\d{1,3}[-—–\s]*", part["text"]):
            continue  # a page number
        lines.add(part, number, paragraph, right)
    if lines.paragraph is None:
        lines.flush()


def _characters(line: dict[str, Any]) -> str:
    """A glyph for several characters (——) is listed once for each."""
    return "".join(next(same)["text"] for _glyph, same in groupby(line["chars"], key=id)).strip()


def _by_number(text: str) -> str:
    """Our own files give a character that their font lacks by its number: 〔U+20BB7〕."""
    return _NUMBER_OF_CHARACTER.sub(lambda found: chr(min(int(found[1], 16), 0x10FFFF)), text)


def _joined(text: str, line: str) -> str:
    """The line put to the text before it. Between Latin words the break stands for a space, inside an address for nothing."""
    word = re.search(r"(?<![!-~])[!-~]+$", text[-_MAX_WORD_LENGTH - 1 :])
    apart = word and word[0].isalnum() and len(word[0]) <= _MAX_WORD_LENGTH and re.match(r"[0-9A-Za-z]", line)
    return f"{text} {line}" if apart else text + line


def _inside(line: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    middle = (line["top"] + line["bottom"]) / 2
    return bool(box[1] <= middle <= box[3] and line["x0"] >= box[0] - 2 and line["x1"] <= box[2] + 2)


def _goes_on(line: dict[str, Any], following: dict[str, Any], right: float) -> bool:
    """A line that reaches the right margin, with the next one not indented and in the same type, goes on there."""
    last, first = line["chars"][-1], following["chars"][0]
    if _NUMBERED.match(following["text"].translate(_RADICALS)):
        return False
    if last["fontname"] != first["fontname"] or abs(last["size"] - first["size"]) > 0.5:
        return False
    reaches = line["x1"] > right - 2.5 * last["size"]
    return bool(reaches and following["x0"] < line["x0"] + 0.5 * last["size"])


def _rows(table: Any) -> list[list[Cell]]:
    """pdfplumber gives None for what a merged cell covers; the columns to its right that are covered too are its span."""
    rows = []
    for texts in texts_of(table):
        cells: list[Cell] = []
        for column, text in enumerate(texts, 1):
            if text is not None:
                cells.append(Cell(_by_number(text.strip().translate(_RADICALS)), column))
            elif cells and cells[-1].column + cells[-1].colspan == column:
                cells[-1] = Cell(cells[-1].text, cells[-1].column, cells[-1].colspan + 1)
        rows.append(cells)
    return rows


# What stands inside a paragraph and makes none of its own.
_INLINE = frozenset({"Span", "NonStruct", "Strong", "Em", "Link", "Quote", "Code", "Annot", "Ruby", "Reference", "Lbl"})

Paragraphs = Mapping[tuple[int, int], int]


def tagged_paragraphs(pdf: Any) -> Paragraphs:
    """The number of the paragraph by page and marked content; nothing for a file without tags."""
    found: dict[tuple[int, int], int] = {}
    count = 0
    waiting = [(element, 0, 0) for element in reversed(pdf.structure_tree)]
    while waiting:
        element, paragraph, page = waiting.pop()
        page = element.get("page_number") or page
        if element.get("type") not in _INLINE or not paragraph:
            count += 1
            paragraph = count
        for content in element.get("mcids", ()):
            found[page, content] = paragraph
        waiting += [(child, paragraph, page) for child in reversed(element.get("children", ()))]
    return found


def paragraph_of(line: Mapping[str, Any], page: int, paragraphs: Paragraphs) -> int | None:
    """The paragraph that a line belongs to, as far as tags say so."""
    return paragraphs.get((page, line["chars"][0].get("mcid")))


def is_artifact(line: Mapping[str, Any]) -> bool:
    """A page number or running title."""
    return bool(line["chars"][0].get("tag") == "Artifact")
