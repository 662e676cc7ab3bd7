"""Small files that once killed or froze whatever opened them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import xlsxwriter


def _workbook(sheet: str) -> bytes:
    """A workbook whose only sheet says this."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.add_worksheet("年报").write(0, 0, "a")
    changed = io.BytesIO()
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else before.read(name))
    return changed.getvalue()


def _sheet(data: str) -> str:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{main}"><sheetData>{data}</sheetData></worksheet>'


def far_cell(quote: str = "'") -> bytes:
    cells = "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"
    return _workbook(_sheet(cells.replace("'", quote)))


def many_beginnings() -> bytes:
    return _workbook(_sheet("<c " * 60_000))


def spans_without_end(count: int = 12_000) -> bytes:
    """Every row reaches down over all that follow, in sixty columns."""
    row = "<tr>" + "<td rowspan=9999 colspan=60>1" * 6
    return ("<html><table>" + row * count + "</table>").encode()


def styles_without_end() -> bytes:
    style = "text-decoration" + " " * 200_000 + "x"
    return (
        f"<html><body><div style='{style}'>1</div><p style='{'text-decoration:' * 20_000}'>2</p></body></html>".encode()
    )


def pages_in_a_circle() -> bytes:
    """A tree of pages that is its own branch, eight times over."""
    return b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R 2 0 R 2 0 R 2 0 R 2 0 R 2 0 R 2 0 R 3 0 R]/Count 9/Parent 2 0 R>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>endobj
4 0 obj<</Length 35>>stream
/X Do /X Do /X Do /X Do /X Do /X Do
endstream endobj
5 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length 35>>stream
/X Do /X Do /X Do /X Do /X Do /X Do
endstream endobj
trailer<</Root 1 0 R>>
%%EOF"""


def zip_in_zip(layers: int = 3) -> bytes:
    content = b"0" * 50_000_000
    for _layer in range(layers):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", content)
        content = packed.getvalue()
    return content


KILLERS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a cell at the end of the world": ("a.xlsx", far_cell),
    "the same, quoted otherwise": ("a.xlsx", lambda: far_cell('"')),
    "cells that only begin": ("a.xlsx", many_beginnings),
    "cells that reach down for ever": ("a.html", spans_without_end),
    "styles without end": ("a.html", styles_without_end),
    "pages in a circle": ("a.pdf", pages_in_a_circle),
    "a zip in a zip in a zip": ("a.docx", zip_in_zip),
}
