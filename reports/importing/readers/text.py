"""Plain text: UTF-8 or GB18030, tables with a cell on each line or a row on each line."""

from __future__ import annotations

import re

from reports.importing.document import Cell, Document, Unreadable

_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]")


def decode(data: bytes) -> str:
    """UTF-8, then GB18030. Guessing by statistics takes GB18030 for UTF-16, so only a byte-order mark tells UTF-16.

    Raises Unreadable where neither fits.
    """
    encodings = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise Unreadable("无法识别文件的文字编码。请用记事本打开后另存为 UTF-8 编码的文本文件，再重新导入。")


def read_text(data: bytes) -> Document:
    """A cell per line, led by a tab, with an empty line after each row, is what Word tables become when saved as text;
    rows of tab- or pipe-separated cells come from PDF converters and web pages. Everything else is paragraphs."""
    lines = [_BOOKMARK.sub("", line) for line in decode(data).split("\n")]
    document = Document()
    position = 0
    while position < len(lines):
        line = lines[position]
        if _is_lone_cell(line) and (after := _end_of_cells(lines, position)) - position > 1:
            document.add_grid(_rows_of_cells(lines[position:after]), exact=False)
            position = after
        elif _is_row(line):
            after = _end_of_rows(lines, position)
            document.add_grid([_split_row(row) for row in lines[position:after] if row.strip()], exact=False)
            position = after
        else:
            document.add_paragraph(line)
            position += 1
    return document


def _is_lone_cell(line: str) -> bool:
    return line.startswith("\t") and line.count("\t") == 1


def _is_row(line: str) -> bool:
    return ("\t" in line and not _is_lone_cell(line)) or line.count("|") + line.count("｜") >= 2


def _split_row(line: str) -> list[Cell]:
    if "\t" in line:
        texts = line.split("\t")
    else:
        texts = re.split(r"[|｜]", line.strip())
        # The pipes at both ends are the frame, not cells.
        texts = texts[1:] if texts and not texts[0].strip() else texts
        texts = texts[:-1] if texts and not texts[-1].strip() else texts
    return [Cell(text.strip(), column) for column, text in enumerate(texts, 1)]


def _end_of_rows(lines: list[str], start: int) -> int:
    """The rows go on over empty lines, since a page break leaves one in the middle of a table."""
    end = position = start
    while position < len(lines):
        line = lines[position]
        if _is_row(line) or _is_lone_cell(line):
            end = position + 1
        elif line.strip():
            break
        position += 1
    return end


def _end_of_cells(lines: list[str], start: int) -> int:
    """Where a run of cells that stand on a line each is over.

    A cell may hold line breaks, even empty lines before its text; but an empty line after its text ends the row, and
    when no tab follows there, the table.
    """
    position = start
    has_text = False
    closed = False
    while position < len(lines):
        line = lines[position]
        if line.startswith("\t"):
            has_text = bool(line.strip())
            closed = False
        elif not line.strip():
            closed = has_text
        elif closed or (not has_text and not _cell_follows(lines, position)):
            break
        else:
            has_text = True
        position += 1
    while position > start and not lines[position - 1].strip() and not lines[position - 1].startswith("\t"):
        position -= 1
    return position


def _cell_follows(lines: list[str], position: int) -> bool:
    """Whether text below a still empty cell belongs to it: then the next cell, or the end of its row, comes at once."""
    return any(line.startswith("\t") for line in lines[position + 1 : position + 4])


def _rows_of_cells(lines: list[str]) -> list[list[Cell]]:
    rows: list[list[Cell]] = [[]]
    for chunk in ("\n" + "\n".join(lines) + "\n\n").split("\n\t")[1:]:
        rows[-1].append(Cell(chunk.strip(), len(rows[-1]) + 1))
        # An empty line before the next cell ends the row, unless the cell is only beginning with it.
        if chunk.endswith("\n"):
            rows.append([])
    return [row for row in rows if row]
