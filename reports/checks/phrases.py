"""The names of tables and cells and the numbers, as every sentence about a finding writes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from config.language import pick, pick_lazy
from reports.checks.content import Number, Operand, plain
from reports.standard import CURRENT
from reports.standard.elements import Column, Edition, Figure, Row
from reports.standard.equations import Evaluation, Term

MAX_TERMS = 4


def printed(value: Number) -> str:
    """A number as the pages show it: thin spaces from five digits, a true minus sign, no empty decimals."""
    whole, point, fraction = str(plain(value)).lstrip("-").partition(".")
    grouped = f"{int(whole):,}".replace(",", "\N{THIN SPACE}") if len(whole) > 4 else whole
    return ("\N{MINUS SIGN}" if value < 0 else "") + grouped + point + fraction


def table_name(form: Edition, key: str) -> str:
    """What people call a table: 表三 is the one of the third chapter."""
    chapter = form.chapter(key)
    return _("表%(number)s") % {"number": pick(chapter.numeral, str(form.chapters.index(chapter) + 1))}


def table_number(figure: str) -> str:
    """The number, lazily, of the table in which the edition in force has a figure."""
    chapter = CURRENT.chapter(CURRENT.figures[figure].table)
    return pick_lazy(chapter.numeral, str(CURRENT.chapters.index(chapter) + 1))


def part_name(form: Edition, part: str) -> str:
    """The part of the text: 总体情况, or what stands before the chapters and around the tables."""
    if part == "preamble":
        return _("报告开头")
    if part == "notes":
        return _("表格说明")
    chapter = form.chapter(part)
    return quoted(pick(chapter.title, chapter.title_en))


class Group:
    """Cells that lie in one row or one column: what they have in common names the place, what differs each cell."""

    def __init__(self, form: Edition, keys: tuple[str, ...]) -> None:
        self.figures: dict[str, Figure] = {key: form.figures[key] for key in keys}
        self.first = next(iter(self.figures.values()))
        self.is_row = all(figure.row_key == self.first.row_key for figure in self.figures.values())
        self.is_block = self.is_row and form.table(self.first.table).shape == "side_by_side"
        self.table = table_name(form, self.first.table)

    def __str__(self) -> str:
        row, column = self.first.row, self.first.column
        if self.is_block:
            return _("%(table)s“%(row)s”栏") % {"table": self.table, "row": pick(row.name, row.name_en)}
        if self.is_row:
            return _("%(table)s“%(row)s”行") % {"table": self.table, "row": pick(row.name, row.name_en)}
        return _("%(table)s“%(column)s”列") % {"table": self.table, "column": pick(column.label, column.label_en)}

    def name(self, key: str) -> str:
        """What tells one cell from the others of the group."""
        row, column = self.figures[key].row, self.figures[key].column
        return pick(column.label, column.label_en) if self.is_row else pick(row.name, row.name_en)


def numbers_of(operands: Mapping[str, Operand]) -> dict[str, Number]:
    return {key: value for key, value in operands.items() if value is not None and not isinstance(value, str)}


def quoted(name: str) -> str:
    return _("“%(cell)s”") % {"cell": name}


def _labels(parts: Iterable[Row | Column]) -> str:
    return _("、").join(pick(part.label, part.label_en) for part in parts)


labels = lazy(_labels, str)
"""The labels of these rows or columns as a sentence lists them, for what is said later, in the language of its reader."""


def listed(items: list[str]) -> str:
    if len(items) > MAX_TERMS:
        return _("%(items)s等 %(count)s 格") % {"items": _("、").join(items[:MAX_TERMS]), "count": len(items)}
    return _("、").join(items)


def number_of(value: Any) -> Any:
    """An operand as a number where it is one: what has decimals is stored as text."""
    if isinstance(value, str):
        try:
            return Decimal(value)
        except ArithmeticError:
            return value
    return value


def sides(found: Evaluation, group: Group) -> tuple[str, str]:
    """Both sides of an equation in words."""
    return _side(found.left_terms, found.left, group), _side(found.right_terms, found.right, group)


def _side(terms: tuple[Term, ...], total: Number, group: Group) -> str:
    """One side of an equation: in full where it is short, else what is not zero, else its sum."""
    known = [(term.key, term.number) for term in terms if term.number is not None]
    shown = [(key, number) for key, number in known if len(terms) <= 2 or number]
    if not shown or len(shown) > MAX_TERMS:
        return _("各项之和 %(sum)s") % {"sum": printed(total)}
    return " + ".join(f"{group.name(key)} {printed(number)}" for key, number in shown)
