"""How large a file may grow when it is unpacked. Nothing here is ever near to these bounds in a real report."""

from __future__ import annotations

import re
import zipfile
import zlib

from django.utils.translation import gettext as _

from reports.importing.document import Document, Grid, Unreadable
from reports.importing.readers.archive import read_member

MOST_ROWS = 5_000
MOST_COLUMNS = 200
_MOST_CELLS = 100_000
_LARGEST_STREAMS = 150 * 1024 * 1024
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_STREAM = re.compile(rb"FlateDecode.{0,400}?stream\r?\n", re.DOTALL)


def refuse_large_document(document: Document) -> None:
    """Raises Unreadable where the tables are so large that no report can be in them."""
    rows = cells = 0
    for block in document.blocks:
        if isinstance(block, Grid):
            rows += len(block.rows)
            cells += sum(len(row) for row in block.rows)
    if rows > MOST_ROWS or cells > _MOST_CELLS or len(document.blocks) > 4 * MOST_ROWS:
        raise Unreadable(
            _("文件有 %(rows)d 行表格、%(blocks)d 个段落，不像年度报告。请只保留年度报告的内容。")
            % {"rows": rows, "blocks": len(document.blocks)}
        )


def refuse_large_workbook(archive: zipfile.ZipFile) -> None:
    """Raises Unreadable where the sheets unpack to too much, or a single cell far away makes one of them too large."""
    left = _LARGEST_STREAMS
    for name in archive.namelist():
        content = read_member(archive, name)
        left -= len(content)
        if left < 0:
            raise Unreadable(_("文件解压后过大，已停止读取。正常的年度报告不会这么大，请检查文件。"))
        if name.startswith("xl/worksheets/"):
            for column, row in _CELL.findall(content):
                if len(column) > 2 or int(row) > MOST_ROWS:
                    raise Unreadable(
                        _("工作表大到 %(cell)s 单元格，不像年度报告。请只保留年度报告的内容。")
                        % {"cell": (column + row).decode()}
                    )


def refuse_large_streams(data: bytes) -> None:
    """Raises Unreadable where the compressed streams of a PDF unpack to too much."""
    if re.search(rb"/FlateDecode\s*/FlateDecode", data):
        raise Unreadable(_("PDF 中有反复压缩的内容，已拒绝读取。请重新导出 PDF 后再导入。"))
    left = _LARGEST_STREAMS
    for found in _STREAM.finditer(data):
        unpacking = zlib.decompressobj()
        try:
            left -= len(unpacking.decompress(memoryview(data)[found.end() :], left + 1))
        except zlib.error:
            continue
        if left < 0:
            raise Unreadable(_("PDF 解压后过大，已停止读取。正常的年度报告不会这么大，请检查文件。"))
