"""PDF files with a text layer. Tables come from their ruling lines, paragraphs from the lines between them."""

from __future__ import annotations

import io
import re
import unicodedata
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfplumber.utils.exceptions import PdfminerException

from reports.importing.document import Cell, Document, Unreadable
from reports.importing.labels import RADICALS

_MOST_PAGES = 200
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]")
# Chromium and some versions of WPS map a glyph to the radical that looks like the character (⺠ for 民).
_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | RADICALS


def read_pdf(data: bytes) -> Document:
    """Raises Unreadable for encrypted, damaged, overlong and scanned files; the last have no text layer."""
    document = Document()
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > _MOST_PAGES:
                raise Unreadable(f"PDF 有 {len(pdf.pages)} 页，不像年度报告。请只保留年度报告的页面。")
            for number, page in enumerate(pdf.pages, 1):
                _read_page(page, number, document)
                page.close()
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise Unreadable("PDF 有密码，无法读取。请去掉密码后再导入。") from error
        raise Unreadable("PDF 已损坏或不完整，无法读取。请重新下载或重新导出后再导入。") from error
    except (
        PDFException,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        OverflowError,
        RecursionError,
    ) as error:
        # pdfminer lets errors of these kinds through for damaged object tables.
        raise Unreadable("PDF 已损坏或不完整，无法读取。请重新下载或重新导出后再导入。") from error
    if not document.blocks:
        raise Unreadable("PDF 中没有文字（可能是扫描件），无法读取数据。请导入 Word 文件或由 Word 导出的 PDF。")
    return document


def _read_page(page: Any, number: int, document: Document) -> None:
    tables = page.find_tables()
    words = page.extract_text_lines(strip=True, return_chars=True)
    parts: list[tuple[float, Any]] = [(table.bbox[1], table) for table in tables]
    right = max((line["x1"] for line in words), default=0)
    lines = [line for line in words if not any(_inside(line, table.bbox) for table in tables)]
    parts += [(line["top"], line) for line in lines]
    pending: list[str] = []
    last: dict[str, Any] | None = None
    for _top, part in sorted(parts, key=lambda pair: pair[0]):
        if isinstance(part, dict):
            if re.fullmatch(r"[-—–\s]*\d{1,3}[-—–\s]*", part["text"]):
                continue  # a page number
            if last is not None and not _goes_on(last, part, right):
                document.add_paragraph("".join(pending), number)
                pending = []
            pending.append(part["text"].translate(_RADICALS))
            last = part
            continue
        document.add_paragraph("".join(pending), number)
        pending, last = [], None
        document.add_grid(_rows(part), exact=True, page=number)
    document.add_paragraph("".join(pending), number)


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
    for texts in table.extract():
        cells: list[Cell] = []
        for column, text in enumerate(texts, 1):
            if text is not None:
                cells.append(Cell(text.strip().translate(_RADICALS), column))
            elif cells and cells[-1].column + cells[-1].colspan == column:
                cells[-1] = Cell(cells[-1].text, cells[-1].column, cells[-1].colspan + 1)
        rows.append(cells)
    return rows
