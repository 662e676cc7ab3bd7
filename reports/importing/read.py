"""Bytes -> ParsedReport. The format is told by the content; a name may lie."""

from __future__ import annotations

import zipfile
from collections.abc import Callable

from django.utils.translation import gettext as _

from reports.importing.document import Document, Unreadable
from reports.importing.parsed import ParsedReport
from reports.importing.readers.archive import open_archive
from reports.importing.readers.docx import read_docx
from reports.importing.readers.html import read_html
from reports.importing.readers.pdf import read_pdf
from reports.importing.readers.spreadsheet import read_spreadsheet
from reports.importing.readers.text import read_text
from reports.importing.recognise import recognise

LARGEST_FILE = 40 * 1024 * 1024


def read_report(data: bytes, name: str) -> ParsedReport:
    """One report out of one file. Raises Unreadable where the file holds none, in the user's words."""
    parsed = recognise(read_document(data, name))
    if (
        not parsed.edition
        and not parsed.year
        and not any(parsed.narrative[part] for part in ("overview", "problems", "other"))
    ):
        raise Unreadable(_("文件中没有年度报告：既没有标题和章节，也没有三张表。请确认选对了文件。"))
    return parsed


def read_document(data: bytes, name: str) -> Document:
    if not data.strip():
        raise Unreadable(_("文件是空的。请检查文件后重新导入。"))
    if len(data) > LARGEST_FILE:
        raise Unreadable(_("文件超过 40 MB，已拒绝读取。请删去附带的图片后再导入。"))
    document = _reader(data, name)(data)
    if not document.blocks:
        raise Unreadable(_("文件中没有文字。请检查文件后重新导入。"))
    return document


def _reader(data: bytes, name: str) -> Callable[[bytes], Document]:
    if data[:1024].lstrip().startswith(b"%PDF"):
        return read_pdf
    if data.startswith(b"PK"):
        return _office_reader(open_archive(data))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if name.lower().endswith((".doc", ".wps", ".dot")):
            raise Unreadable(_("暂不能直接读取旧版 Word（.doc）文件。请用 Word 或 WPS 另存为 .docx 后再导入。"))
        return read_spreadsheet
    start = data[:4096].lower()
    if b"<html" in start or b"<!doctype html" in start or b"<table" in start or b"<body" in start:
        return read_html
    if name.lower().endswith((".docx", ".xlsx", ".xls", ".pdf")):
        raise Unreadable(_("文件内容与扩展名不符或已损坏。请用 Word、WPS 或 Excel 重新保存后再导入。"))
    return read_text


def _office_reader(archive: zipfile.ZipFile) -> Callable[[bytes], Document]:
    names = set(archive.namelist())
    if "word/document.xml" in names:
        return read_docx
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names or "content.xml" in names:
        return read_spreadsheet
    raise Unreadable(_("压缩文件中没有 Word 或 Excel 文件的内容。请导入 Word、PDF、网页、Excel 或文本文件。"))
