"""Bytes -> ParsedReport. The format is told by the content; a name may lie.

What a stranger sent is read in a process apart (`apart.py`), which calls this.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from functools import partial

from django.utils.translation import gettext as _

from reports.importing.document import Document, Paragraph, Unreadable
from reports.importing.parsed import ParsedReport
from reports.importing.readers.archive import open_archive
from reports.importing.readers.docx import read_docx
from reports.importing.readers.html import is_html, read_html
from reports.importing.readers.limits import refuse_large_document
from reports.importing.readers.mhtml import is_mhtml, read_mhtml
from reports.importing.readers.native import is_own_csv, is_own_json, read_own_csv, read_own_json
from reports.importing.readers.pdf import read_pdf
from reports.importing.readers.spreadsheet import read_spreadsheet
from reports.importing.readers.text import decode, read_text
from reports.importing.readers.word_97 import is_word_97, read_word_97
from reports.importing.recognise import recognise
from reports.importing.text_length import too_long
from reports.standard import PROSE_CHAPTERS, chapter_named

MAX_FILE = 40 * 1024 * 1024
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*")
_OTHER_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_ZIP = b"PK"


def read_report(data: bytes, name: str) -> ParsedReport:
    """One report out of one file. Raises Unreadable where the file holds none, in the user's words."""
    return read_with_document(data, name)[0]


def read_with_document(data: bytes, name: str, converter: str | None = None) -> tuple[ParsedReport, Document]:
    """The report and the document as it is shown. `converter` is the LibreOffice that may be run on old Word files."""
    if _is_our_own(data):
        _refuse_size(data)
        parsed = read_own_csv(data) if is_own_csv(data) else read_own_json(data)
        document = _lines_of(data)
    else:
        document = read_document(data, name, converter)
        parsed = recognise(document)
    if not parsed.edition and not parsed.year and not any(parsed.narrative[part] for part in PROSE_CHAPTERS):
        raise Unreadable(_("文件中没有年度报告：既没有标题和章节，也没有三张表。请确认选对了文件。"))
    _refuse_long_chapters(parsed)
    return parsed, document


def _refuse_long_chapters(parsed: ParsedReport) -> None:
    for part, text in parsed.narrative.items():
        name = {"preamble": _("前言"), "notes": _("表格说明")}.get(part) or chapter_named(part).heading
        if reason := too_long(text, name):
            raise Unreadable(reason)


def read_to_show(data: bytes, name: str, converter: str | None = None) -> Document:
    return _lines_of(data) if _is_our_own(data) else read_document(data, name, converter)


def read_document(data: bytes, name: str, converter: str | None = None) -> Document:
    _refuse_size(data)
    document = _reader(data, name, converter)(data)
    if not document.blocks:
        raise Unreadable(_("文件中没有文字。请检查文件后重新导入。"))
    refuse_large_document(document)
    return document


def _is_our_own(data: bytes) -> bool:
    return is_own_csv(data) or is_own_json(data)


def _lines_of(data: bytes) -> Document:
    """What our own layouts say is found by its line."""
    lines = enumerate(decode(data).splitlines(), 1)
    return Document([Paragraph(line, number) for number, line in lines if line.strip()])


def _refuse_size(data: bytes) -> None:
    if not data.strip():
        raise Unreadable(_("文件是空的。请检查文件后重新导入。"))
    refuse_large_file(len(data))


def refuse_large_file(size: int) -> None:
    """Raises Unreadable where a file of so many bytes is too large to be read."""
    if size > MAX_FILE:
        raise Unreadable(_("文件超过 40 MB，已拒绝读取。请删去附带的图片后再导入。"))


def _reader(data: bytes, name: str, converter: str | None) -> Callable[[bytes], Document]:
    if is_word_97(data):
        return partial(read_word_97, converter=converter)
    if data[:1024].lstrip().startswith(b"%PDF"):
        return read_pdf
    if data.startswith(_ZIP):
        return _office_reader(open_archive(data))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _old_office_reader(data)
    if data.startswith(_PICTURES):
        raise Unreadable(_("这是一张图片，里面没有可以读取的文字。请导入 Word、PDF 或网页文件，或者照图填写。"))
    if data.startswith(_OTHER_ARCHIVES):
        raise Unreadable(_("不能读取 rar、7z、gz 压缩文件。请解压后选择其中的文件，或改用 zip。"))
    if is_mhtml(data):
        return read_mhtml
    if is_html(data):
        return read_html
    if name.lower().endswith((".docx", ".xlsx", ".xls", ".pdf")):
        raise Unreadable(_("文件内容与扩展名不符或已损坏。请用 Word、WPS 或 Excel 重新保存后再导入。"))
    return read_text


def _office_reader(archive: zipfile.ZipFile) -> Callable[[bytes], Document]:
    names = set(archive.namelist())
    if "word/document.xml" in names:
        return read_docx
    if "xl/workbook.xml" in names:
        return read_spreadsheet
    if "xl/workbook.bin" in names or "content.xml" in names:
        raise Unreadable(_("不能读取 .xlsb、.ods、.odt 文件。请另存为 .xlsx 或 .docx 后再导入。"))
    raise Unreadable(_("压缩文件中没有 Word 或 Excel 文件的内容。请导入 Word、PDF、网页、Excel 或文本文件。"))


def _old_office_reader(data: bytes) -> Callable[[bytes], Document]:
    """Excel and encrypted files of any version share one container with old Word files; the names of its parts tell."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable(_("文件有密码，无法读取。请去掉密码后再导入。"))
    return read_spreadsheet
