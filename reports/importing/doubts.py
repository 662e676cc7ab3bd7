"""Doubts about figures that were read, but which the source may not say: numbers broken or shifted, lines of a lost table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from django.utils.translation import gettext as _

from config.language import pick
from reports.importing.parsed import ParsedReport, Problem
from reports.importing.tokens import Token
from reports.standard.elements import Edition, Figure, Row, Table

_FEW_PAGES = 3
_MANY_PAGES = 30


def named(part: Row | Figure) -> str:
    """A row or figure as the person who has to look at it calls it."""
    return pick(part.label, part.label_en)


def doubt_wrapped(parsed: ParsedReport, form: Edition, cells: Mapping[str, Token]) -> None:
    """A number broken over two lines may be two; one that adds up with others is one."""
    for key, token in cells.items():
        if not token.value.wrapped:
            continue
        found = [equation.evaluate(parsed.figures, form.signed) for equation in form.equations_of[key]]
        decided = [each for each in found if not each.unknown]
        if not decided or any(each.difference for each in decided):
            words = {"figure": named(form.figures[key]), "text": token.value.text}
            message = _("“%(figure)s”的数字“%(text)s”在原文中分成两行，请对照原文核对是不是一个数。")
            parsed.problems.append(Problem("wrapped_number", key, message % words))


def doubt_empty_ends(
    parsed: ParsedReport, form: Edition, table: Table, cells: Mapping[str, Token], widths: Mapping[int, int]
) -> None:
    """A row of text that begins or ends with an empty cell, has fewer cells than most of those whose labels are as deep, and no
    sum that speaks for it, may have lost one of its figures and stand a column aside. `widths` are the cells of each printed
    row."""
    if all(token.exact or token.placed for token in cells.values()):
        return
    rows = {(len(form.figures[key].row.groups), token.row) for key, token in cells.items()}
    usual = {depth: _most_common(widths[row] for each, row in rows if each == depth) for depth, _row in rows}
    lines: dict[str, list[str]] = {}
    for figure in table.figures():
        lines.setdefault(table.key if table.shape == "side_by_side" else figure.row_key, []).append(figure.key)
    for where, keys in lines.items():
        line = [cells[key] for key in keys if key in cells]
        if len(line) < len(keys) or not (line[0].is_blank or line[-1].is_blank):
            continue
        narrow = any(widths[token.row] < usual[len(form.figures[keys[0]].row.groups)] for token in line)
        if not narrow or any(token.exact or token.placed for token in line):
            continue
        equations = [equation for equation in form.equations if set(equation.cells) <= set(keys)]
        differs = any(equation.evaluate(parsed.figures, form.signed).difference for equation in equations)
        proven = any(parsed.figures[key] for key in keys) and not differs
        if equations and not proven:
            row = form.figures[keys[0]].row
            message = _("“%(row)s”一行开头或末尾是空格，又比其他各行少一格，可能错开了一列，请对照原文核对。")
            parsed.problems.append(Problem("shifted_row", where, message % {"row": named(row)}))


def doubt_pushed(parsed: ParsedReport, form: Edition, table: Table, pushed: Collection[str]) -> None:
    """In a table that stands in one line, of the rows that begin with an empty cell too many: one whose last figure may be the
    number of a page, while all before it add up a column further to the right."""
    for where in pushed:
        keys = [figure.key for figure in table.figures() if figure.row_key == where]
        equation = next((equation for equation in form.equations if set(equation.cells) == set(keys)), None)
        last = parsed.figures[keys[-1]] or 0
        if equation is None or not 0 < last <= _MANY_PAGES:
            continue
        pushed_back = dict(zip(keys, [0, *(parsed.figures[key] for key in keys[:-1])], strict=True))
        as_read, without_last = (equation.evaluate(each, form.signed) for each in (parsed.figures, pushed_back))
        if as_read.difference and not without_last.difference:
            row = form.figures[keys[0]].row
            message = _("“%(row)s”一行没有表格线，各数又与总计不符，可能漏了空格或混入了页码，请对照原文核对。")
            parsed.problems.append(Problem("loose_row", where, message % {"row": named(row)}))


def _most_common(widths: Iterable[int]) -> int:
    """The wider one of two that are as common."""
    count = Counter(widths)
    return max(count, key=lambda width: (count[width], width))


def doubt_what_nothing_holds(parsed: ParsedReport, form: Edition, table: Table) -> None:
    """Where each cell is a line, an empty one leaves no trace and a page number looks like a figure; only its sum speaks for a
    row, and a figure that takes part in none is doubted if it may be the number of a page. Where not a single cell of the
    report is empty none was lost for a page number to take its place."""
    in_sums: set[str] = set()
    for equation in form.equations:
        numbers = [parsed.figures[key] for key in equation.cells if key in parsed.places]
        rows = {form.figures[key].row_key for key in equation.cells}
        if len(rows) > 1 or equation.cells[0].split(".")[0] != table.key or not numbers:
            continue
        in_sums |= set(equation.cells)
        differs = equation.evaluate(parsed.figures, form.signed).difference
        if differs or (None in numbers and any(numbers)):
            row = form.figures[equation.cells[0]].row
            message = _("“%(row)s”一行没有表格线，各数又与总计不符，可能漏了空格或混入了页码，请对照原文核对。")
            parsed.problems.append(Problem("loose_row", rows.pop(), message % {"row": named(row)}))
    if None not in parsed.figures.values():
        return
    for figure in table.figures():
        if figure.key not in in_sums and parsed.figures[figure.key] in range(1, _FEW_PAGES + 1):
            message = _("“%(figure)s”没有表格线，原文的“%(text)s”也可能是页码，请对照原文核对。")
            words = {"figure": named(figure), "text": parsed.figures[figure.key]}
            parsed.problems.append(Problem("loose_number", figure.key, message % words))


def doubt_last_row(parsed: ParsedReport, form: Edition) -> None:
    """Where nothing follows the tables a download may have broken off, in the middle of a number even."""
    last = next((figure for key, figure in reversed(form.figures.items()) if key in parsed.places), None)
    if last:
        message = _("文件在“%(row)s”一行之后没有内容，可能不完整，请对照原文核对。") % {"row": named(last.row)}
        parsed.problems.append(Problem("cut_off", last.row_key, message))
