"""Findings in words: what, where and by how much, then what to do. Every name in a sentence is a declared one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Protocol

from django.utils.translation import gettext as _

from reports.checks.content import Number, plain
from reports.checks.narrative.wording import (
    narrative_change,
    narrative_figure,
    narrative_sum,
    regulations_beyond_power,
    template_text,
    wrong_agency,
    wrong_year,
)
from reports.checks.phrases import MOST_TERMS, Group, listed, numbers_of, pick, printed, quoted
from reports.standard import CURRENT, EDITIONS, edition_for
from reports.standard.elements import Edition, Equation

_NUMERAL = re.compile(r"-?\d+(\.\d+)?")


class Said(Protocol):
    """What a finding says, be it fresh from a rule or stored."""

    @property
    def rule(self) -> Any: ...
    @property
    def where(self) -> Any: ...
    @property
    def cells(self) -> Any: ...
    @property
    def operands(self) -> Any: ...
    @property
    def culprit(self) -> Any: ...


def message(finding: Said, edition_name: str) -> str:
    """The finding in the reader's language. `edition_name` is the one of the report's tables, empty where it has none.

    Raises KeyError for a rule that has no check yet, since no finding can be of it.
    """
    sentence = _WORDINGS[finding.rule](finding, EDITIONS.get(edition_name, CURRENT))
    return sentence[:1].upper() + sentence[1:]


def _equation(finding: Said, form: Edition) -> str:
    equation = form.equation(finding.rule, finding.where)
    group, numbers = Group(form, equation.cells), numbers_of(finding.operands)
    sums = _sums(equation, numbers)
    left, right = (_terms(side, group, numbers) for side in (equation.left, equation.right))
    words = {"place": group, "left": left, "right": right, "difference": printed(max(sums) - min(sums))}
    if all(key in numbers for key in equation.cells):
        sentence = _("%(place)s不平：%(left)s ≠ %(right)s，相差 %(difference)s。") % words
    else:
        more, less = (left, right) if sums[0] > sums[1] else (right, left)
        words |= {"more": more, "less": less}
        sentence = _("%(place)s不平：已填的%(more)s 已超过%(less)s，至少多 %(difference)s。") % words
    return sentence + _advice(finding, equation, group, numbers)


def _sums(equation: Equation, numbers: Mapping[str, Number]) -> tuple[Number, Number]:
    left, right = (sum(numbers.get(key, 0) for key in side) for side in (equation.left, equation.right))
    return left, right


def _terms(side: tuple[str, ...], group: Group, numbers: Mapping[str, Number]) -> str:
    """One side of an equation: in full where it is short, else what is not zero, else its sum."""
    terms = [key for key in side if key in numbers and (len(side) <= 2 or numbers[key])]
    if not terms or len(terms) > MOST_TERMS:
        return _("各项之和 %(sum)s") % {"sum": printed(sum(numbers[key] for key in terms))}
    return " + ".join(f"{group.name(key)} {printed(numbers[key])}" for key in terms)


def _advice(finding: Said, equation: Equation, group: Group, numbers: Mapping[str, Number]) -> str:
    if finding.culprit in equation.cells:
        sums = _sums(equation, numbers)
        difference = sums[1] - sums[0] if finding.culprit in equation.left else sums[0] - sums[1]
        value = printed(numbers[finding.culprit] + difference)
        return _("请核对“%(cell)s”：若为 %(value)s，各处相符。") % {"cell": group.name(finding.culprit), "value": value}
    if group.is_block:
        return _("请核对这一栏。")
    return _("请核对这一行。") if group.is_row else _("请核对这一列。")


def _undecided(finding: Said, form: Edition) -> str:
    if rule := finding.operands.get("equation"):
        group = Group(form, form.equation(rule, finding.where).cells)
        unread = [key for key in finding.cells if key not in numbers_of(finding.operands)]
        words = {"place": group, "cells": listed([quoted(group.name(key)) for key in unread])}
        return _("%(place)s是否相符还不能判断：%(cells)s没有读出。请对照原件补上。") % words
    group = Group(form, tuple(finding.cells))
    marks = {key: finding.operands[key] for key in finding.cells}
    row = [key for key, figure in form.figures.items() if figure.row_key == finding.where]
    if len(row) > 1 and len(marks) == len(row) and not any(marks.values()):
        return _("%(place)s整行没有填。没有发生的请填 0。") % {"place": group}
    cells = [
        _("“%(cell)s”只有“%(mark)s”") % {"cell": group.name(key), "mark": mark} if mark else quoted(group.name(key))
        for key, mark in marks.items()
    ]
    words = {"place": group, "count": len(cells), "cells": listed(cells)}
    return _("%(place)s有 %(count)s 格没有数字：%(cells)s。没有发生的请填 0。") % words


def _not_a_count(finding: Said, form: Edition) -> str:
    column = form.figures[finding.where].column
    group = Group(form, (finding.where,))
    entry = plain(finding.operands[finding.where]) or ""
    words = {"place": group, "cell": group.name(finding.where), "entry": entry}
    if not _NUMERAL.fullmatch(entry):
        return _("%(place)s“%(cell)s”填的是“%(entry)s”，不是数字。请填实际的数，没有的填 0。") % words
    value = Decimal(entry)
    words["entry"] = printed(value)
    if value < 0 and not column.signed:
        return _("%(place)s“%(cell)s”是 %(entry)s，不能小于 0。请核对。") % words
    if value != int(value) and not column.decimal:
        return _("%(place)s“%(cell)s”是 %(entry)s，不是整数。请核对。") % words
    return _("%(place)s“%(cell)s”是 %(entry)s，位数过多。请核对是否把几个数连在了一起。") % words


def _missing_table(finding: Said, form: Edition) -> str:
    chapter = form.chapter(finding.where)
    heading = pick(chapter.heading, chapter.title_en)
    return _("报告中没有“%(heading)s”的表格。没有发生的也要列表填 0，请补上。") % {"heading": heading}


def _wrong_edition(finding: Said, form: Edition) -> str:
    year = int(finding.operands["year"])
    due = edition_for(year)
    words = {"year": year, "found": form.document, "due": due.document if due else ""}
    if due is None:
        return _("%(year)s年度还没有统一的格式，表格却是%(found)s规定的格式。请核对年度。") % words
    return _("%(year)s年度报告应当用%(due)s规定的表格，现在用的是%(found)s的表格。请换用本年度的表格。") % words


def _across_years(finding: Said, form: Edition) -> str:
    equation = form.year_equation(finding.rule, finding.where)
    numbers = numbers_of(finding.operands)
    group = Group(form, (equation.before, *equation.cells))
    before = numbers[f"last_year.{equation.before}"]
    actual = numbers[equation.after]
    expected = before + sum(numbers[key] for key in equation.plus) - sum(numbers[key] for key in equation.minus)
    left = _("上年%(name)s %(number)s") % {"name": group.name(equation.before), "number": printed(before)}
    for sign, keys in (("+", equation.plus), ("\N{MINUS SIGN}", equation.minus)):
        left += "".join(f" {sign} {group.name(key)} {printed(numbers[key])}" for key in keys)
    words = {
        "place": group,
        "left": left,
        "right": _("本年%(name)s %(number)s") % {"name": group.name(equation.after), "number": printed(actual)},
        "difference": printed(max(expected, actual) - min(expected, actual)),
    }
    return (
        _("%(place)s与上年不接：%(left)s ≠ %(right)s，相差 %(difference)s。请核对两年的报告，属实的请说明原因。")
        % words
    )


_WORDINGS: dict[str, Callable[[Said, Edition], str]] = {
    "row_total": _equation,
    "results_total": _equation,
    "flow_balance": _equation,
    "proceedings_total": _equation,
    "undecided": _undecided,
    "not_a_count": _not_a_count,
    "missing_table": _missing_table,
    "wrong_edition": _wrong_edition,
    "carry_over": _across_years,
    "documents_roll_forward": _across_years,
    "narrative_figure": narrative_figure,
    "narrative_sum": narrative_sum,
    "narrative_change": narrative_change,
    "wrong_year": wrong_year,
    "wrong_agency": wrong_agency,
    "template_text": template_text,
    "regulations_beyond_power": regulations_beyond_power,
}
