"""How large a file may grow when it is unpacked. Nothing here is ever near to these bounds in a real report."""

from __future__ import annotations

import re
import zipfile
import zlib

from django.utils.translation import gettext as _

from reports.importing.document import Document, Grid, Unreadable
from reports.importing.readers.archive import read_member

MAX_ROWS = 5_000
MAX_COLUMNS = 200
_MAX_CELLS = 100_000
_MAX_STREAMS = 150 * 1024 * 1024
# No further than the next tag: cells that only begin would be gone through again for each of them.
_FAR_CELL = re.compile(rb"""<(?:\w{1,20}:)?c\s[^<>]*?\br\s*=\s*["']([A-Z]{3}\d+|[A-Z]{1,3}(?:[5-9]\d{3}|\d{5,}))["']""")
_STREAM = re.compile(rb"FlateDecode.{0,400}?stream\r?\n", re.DOTALL)


def refuse_large_document(document: Document) -> None:
    """Raises Unreadable where the tables are so large that no report can be in them."""
    rows = cells = 0
    for block in document.blocks:
        if isinstance(block, Grid):
            rows += len(block.rows)
            cells += sum(len(row) for row in block.rows)
    if rows > MAX_ROWS or cells > _MAX_CELLS or len(document.blocks) > 4 * MAX_ROWS:
        raise Unreadable(
            _("文件有 %(rows)d 行表格、%(blocks)d 个段落，不像年度报告。请只保留年度报告的内容。")
            % {"rows": rows, "blocks": len(document.blocks)}
        )


def unpacked_workbook(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The parts of a workbook, pictures left out. Raises Unreadable where they unpack to too much, or a single cell far away
    makes a sheet too large."""
    left = _MAX_STREAMS
    parts = {}
    for name in archive.namelist():
        content = read_member(archive, name)
        left -= len(content)
        if left < 0:
            raise Unreadable(_("文件解压后过大，已停止读取。正常的年度报告不会这么大，请检查文件。"))
        if name.startswith("xl/worksheets/") and (far := _FAR_CELL.search(content)):
            message = _("工作表大到 %(cell)s 单元格，不像年度报告。请只保留年度报告的内容。")
            raise Unreadable(message % {"cell": far[1].decode()})
        if name.endswith((".xml", ".rels")):
            parts[name] = content
    return parts


def refuse_large_streams(data: bytes) -> None:
    """Raises Unreadable where the compressed streams of a PDF unpack to too much."""
    if re.search(rb"/FlateDecode\s*/FlateDecode", data):
        raise Unreadable(_("PDF 中有反复压缩的内容，已拒绝读取。请重新导出 PDF 后再导入。"))
    left = _MAX_STREAMS
    for found in _STREAM.finditer(data):
        unpacking = zlib.decompressobj()
        try:
            left -= len(unpacking.decompress(memoryview(data)[found.end() :], left + 1))
        except zlib.error:
            continue
        if left < 0:
            raise Unreadable(_("PDF 解压后过大，已停止读取。正常的年度报告不会这么大，请检查文件。"))
