"""Tables in plain text, in the shapes that Word, PDF tools and pages copied out of a browser leave of them.

A cell per line: a tab before each (Word), a tab after each, a pipe before or after each, on its line or on one of its own.
A row per line, with tabs or pipes between the cells; or a whole table in one line.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from reports.importing.document import Cell
from reports.importing.readers.page_numbers import doubtful

Rows = list[list[Cell]]
_RULE = frozenset(" \t|:-—=+─━═┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛")
_FILLER = re.compile(r"\s*\|(?:\s*\|)+\s*")
_FILLED_UP = re.compile(r"[^|]*[^|\s]\s*\|(?:\s*\|)+\s*")
_SECTION = re.compile(r"[#*\s]*第?[一二三四五六七八九十](?:部分|[、.．])\s*\S.{4,40}情\s*况\s*")
"""A numbered heading; no label of a cell is one, though many are numbered."""
_MAX_CELL_LENGTH = 60
_MAX_VALUE_LENGTH = 16
_MIN_LINES = 6


def table_at(lines: list[str], position: int) -> tuple[Rows, int] | None:
    """The table that begins with that line, and the line after its end; None where none begins."""
    line = lines[position]
    if "\t" not in line and "|" not in line and not _lone_pipe_follows(lines, position):
        return None
    shapes: tuple[Callable[[list[str], int], tuple[Rows, int] | None], ...] = (
        _cells_then_tab,
        _tab_then_cells,
        _piped_cells,
        _rows_on_lines,
    )
    return next((found for shape in shapes if (found := shape(lines, position))), None)


def _cells(texts: list[str]) -> list[Cell]:
    return [Cell(text.strip(), column) for column, text in enumerate(texts, 1)]


def _is_detached_number(in_cell: str, on_own_line: str) -> bool:
    """Whether there is nothing where a cell should stand, but a number on a line of its own."""
    return not in_cell.strip() and on_own_line.strip().isdecimal()


def _with_detached_numbers_doubted(texts: list[str], detached: list[bool]) -> list[str]:
    """A number detached from its cell may be that of the page which ends there, unless its neighbours stand like this, too;
    no page has the number 0."""
    neighbours = zip([False, *detached], [*detached[1:], False], strict=False)
    return [
        doubtful(text) if is_detached and not any(around) and text.strip("0 \n") else text
        for text, is_detached, around in zip(texts, detached, neighbours, strict=True)
    ]


def _is_lone_cell(line: str) -> bool:
    return line.startswith("\t") and line.count("\t") == 1


def _is_row(line: str) -> bool:
    return ("\t" in line and not _is_lone_cell(line)) or line.count("|") >= 2


def _rows_on_lines(lines: list[str], start: int) -> tuple[Rows, int] | None:
    """The rows go on over empty lines, since a page break leaves one in the middle of a table."""
    if not _is_row(lines[start]):
        return None
    end = position = start
    while position < len(lines):
        line = lines[position]
        if _is_row(line) or _is_lone_cell(line):
            end = position + 1
        elif line.strip():
            break
        position += 1
    rows = [_split_row(row) for row in lines[start:end] if row.strip() and not is_rule(row)]
    return rows, end


def is_rule(line: str) -> bool:
    """The line that Markdown draws below the headings."""
    return ("--" in line or "──" in line or "━━" in line) and _RULE.issuperset(line)


def _split_row(line: str) -> list[Cell]:
    if "\t" in line:
        return _cells(line.split("\t"))
    texts = line.strip().split("|")
    # The pipes at both ends are the frame, not cells; where there is none at the left, an empty cell stands there.
    framed = line.startswith("|")
    texts = texts[1:] if framed and not texts[0].strip() else texts
    return _cells(texts[:-1] if texts and not texts[-1].strip() else texts)


def _cells_then_tab(lines: list[str], start: int) -> tuple[Rows, int] | None:
    def ends(line: str) -> bool:
        return line.endswith("\t") and line.count("\t") == 1

    if not ends(lines[start]) or not lines[start].strip():
        return None
    rows: list[list[str]] = [[]]
    begun: list[str] = []
    detached: list[bool] = []
    position = end = start
    while position < len(lines):
        line = lines[position]
        if ends(line):
            rows[-1].append("\n".join([*begun, line]))
            detached.append(_is_detached_number(line, "\n".join(begun)))
            begun, end = [], position + 1
        elif "\t" in line or len(begun) > 1:
            break
        elif line.strip():
            begun.append(line)
        elif not begun:
            rows.append([])
        position += 1
    if len(detached) < _MIN_LINES:
        return None
    texts = iter(_with_detached_numbers_doubted([text for row in rows for text in row], detached))
    return [_cells([next(texts) for _ in row]) for row in rows if row], end


def _lone_pipe_follows(lines: list[str], position: int) -> bool:
    line = lines[position].strip()
    follows = position + 1 < len(lines) and lines[position + 1].strip() == "|"
    return follows and len(line) <= _MAX_CELL_LENGTH


def _piped_cells(lines: list[str], start: int) -> tuple[Rows, int] | None:
    """Every line holds one cell at most, and its pipe stands before or after it; a line of pipes only ends a row, and so do
    those behind its last cell."""
    end = position = start
    pipes = between = 0
    while position < len(lines):
        line = lines[position].strip()
        if _FILLER.fullmatch(line) or _FILLED_UP.fullmatch(line) or _is_piped_cell(line):
            pipes += 1
            end, between = position + 1, 0
        elif "|" in line or "\t" in line or len(line) > _MAX_CELL_LENGTH or between > 5:
            break
        elif line:
            between += 1
        position += 1
    if pipes < _MIN_LINES or not any(_is_piped_cell(line.strip()) for line in lines[start:end]):
        return None
    if lines[end - 1].strip() == "|" and end < len(lines) and 0 < len(lines[end].strip()) <= _MAX_VALUE_LENGTH:
        # The pipe stands before each cell, so the last cell follows the last pipe.
        end += 1
    filled = [line for line in _with_isolated_numbers_doubted(lines[start:end]) if line.strip()]
    shared = _share_lines_with_pipes(filled)
    rows: list[list[str]] = [[]]
    for line in _with_stray_numbers_doubted(filled) if shared else filled:
        if _FILLER.fullmatch(line) or (shared and line.strip() == "|" and _begins_or_ends_rows(filled)):
            rows.append([])
        elif _FILLED_UP.fullmatch(line):
            rows[-1].append(line[: line.index("|") + 1])
            rows.append([])
        else:
            rows[-1].append(line)
    return [_cells(_between_pipes(row)) for row in rows if any(line.strip() for line in row)], end


def _is_piped_cell(line: str) -> bool:
    return line.count("|") == 1 and (line.startswith("|") or line.endswith("|"))


def _share_lines_with_pipes(lines: list[str]) -> bool:
    """Whether cells share their lines with the pipes."""
    piped = [line.strip() for line in lines if "|" in line]
    return sum(line == "|" for line in piped) <= len(piped) / 2


def _begins_or_ends_rows(lines: list[str]) -> bool:
    """Whether a lone pipe is what begins or fills up a row, and no empty cell: then rows were filled up by other numbers, too."""
    return len({line.count("|") for line in lines if _FILLER.fullmatch(line) or _FILLED_UP.fullmatch(line)}) > 1


def _with_stray_numbers_doubted(lines: list[str]) -> list[str]:
    """A number alone beside the pipe of an empty cell may be that of a page."""
    around = zip(["", *lines], lines, [*lines[1:], ""], strict=False)
    return [
        doubtful(line) if line.strip().isdecimal() and "|" in (above.strip(), below.strip()) else line
        for above, line, below in around
    ]


def _with_isolated_numbers_doubted(lines: list[str]) -> list[str]:
    """A number between empty lines, as others are not, may be that of a page which ends in an empty cell."""
    around = zip(["|", *lines], lines, [*lines[1:], "|"], strict=False)
    numbers = [line.strip().isdecimal() for line in lines]
    isolated = [line.strip().isdecimal() and not above.strip() and not below.strip() for above, line, below in around]
    if sum(isolated) > sum(numbers) / 2:
        return lines
    return [
        doubtful(line) if is_isolated and line.strip("0 ") else line
        for line, is_isolated in zip(lines, isolated, strict=True)
    ]


def _between_pipes(lines: list[str]) -> list[str]:
    texts = "\n".join(lines).split("|")
    texts = texts[1:] if not texts[0].strip() and lines[0].strip().startswith("|") else texts
    return texts[:-1] if not texts[-1].strip() and lines[-1].strip().endswith("|") else texts


def _tab_then_cells(lines: list[str], start: int) -> tuple[Rows, int] | None:
    if not _is_lone_cell(lines[start]):
        return None
    end = _end_of_cells(lines, start)
    return (_rows_of_cells(lines[start:end]), end) if end - start > 1 else None


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
        elif closed or _SECTION.fullmatch(line) or (not has_text and not _cell_follows(lines, position)):
            break
        else:
            has_text = True
        position += 1
    while position > start and not lines[position - 1].strip() and not lines[position - 1].startswith("\t"):
        position -= 1
    return position


def _cell_follows(lines: list[str], position: int) -> bool:
    """Whether text below a still empty cell belongs to it: a number does, and that which the next cell, or the end of its row,
    follows at once."""
    return lines[position].strip().isdecimal() or any(
        line.startswith("\t") for line in lines[position + 1 : position + 4]
    )


def _rows_of_cells(lines: list[str]) -> Rows:
    rows: Rows = [[]]
    chunks = ("\n" + "\n".join(lines) + "\n\n").split("\n\t")[1:]
    parts = (chunk.partition("\n") for chunk in chunks)
    detached = [_is_detached_number(in_cell, below) for in_cell, _break, below in parts]
    for chunk, text in zip(
        chunks, _with_detached_numbers_doubted([chunk.strip() for chunk in chunks], detached), strict=True
    ):
        rows[-1].append(Cell(text, len(rows[-1]) + 1))
        # An empty line before the next cell ends the row, unless the cell is only beginning with it.
        if chunk.endswith("\n"):
            rows.append([])
    return [row for row in rows if row]
