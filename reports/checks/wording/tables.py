"""Findings about the tables of one report in words."""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from reports.checks.content import plain
from reports.checks.phrases import (
    Group,
    Said,
    Wording,
    listed,
    number_of,
    numbers_of,
    pick,
    printed,
    quoted,
    sides,
)
from reports.standard import edition_for
from reports.standard.elements import Edition
from reports.standard.equations import Equation, Evaluation

_NUMERAL = re.compile(r"-?\d+(\.\d+)?")


def equation(finding: Said, form: Edition) -> Wording:
    declared = form.equation(finding.rule, finding.where)
    group, numbers = Group(form, declared.cells), numbers_of(finding.operands)
    found = declared.evaluate(numbers, form.signed)
    left, right = sides(found, group)
    words = {"place": group, "left": left, "right": right, "difference": printed(found.discrepancy)}
    if not found.unknown:
        sentence = _("%(place)s不平：%(left)s ≠ %(right)s，相差 %(difference)s。") % words
    else:
        more, less = (left, right) if found.difference > 0 else (right, left)
        words |= {"more": more, "less": less}
        sentence = _("%(place)s不平：已填的%(more)s 已超过%(less)s，至少多 %(difference)s。") % words
    return Wording(sentence, *_advice(finding, declared, group, found))


def _advice(finding: Said, equation: Equation, group: Group, found: Evaluation) -> tuple[str, str]:
    """What the filer may do, and what a reader may know of it."""
    corrected = found.solve(finding.culprit) if finding.culprit in equation.cells else None
    if corrected is not None:
        words = {"cell": group.name(finding.culprit), "value": printed(corrected)}
        return _("请核对“%(cell)s”：若为 %(value)s，各处相符。") % words, _(
            "“%(cell)s”若为 %(value)s，各处相符。"
        ) % words
    if group.is_block:
        return _("请核对这一栏。"), ""
    return (_("请核对这一行。") if group.is_row else _("请核对这一列。")), ""


def undecided(finding: Said, form: Edition) -> Wording:
    if rule := finding.operands.get("equation"):
        group = Group(form, form.equation(rule, finding.where).cells)
        unread = [key for key in finding.cells if key not in numbers_of(finding.operands)]
        words = {"place": group, "cells": listed([quoted(group.name(key)) for key in unread])}
        return Wording(_("%(place)s是否相符还不能判断：%(cells)s没有读出。") % words, _("请对照原件补上。"))
    group = Group(form, tuple(finding.cells))
    marks = {key: finding.operands[key] for key in finding.cells}
    row = [key for key, figure in form.figures.items() if figure.row_key == finding.where]
    if len(row) > 1 and len(marks) == len(row) and not any(marks.values()):
        return Wording(_("%(place)s整行没有填。") % {"place": group}, _("没有发生的请填 0。"))
    cells = [
        _("“%(cell)s”只有“%(mark)s”") % {"cell": group.name(key), "mark": mark} if mark else quoted(group.name(key))
        for key, mark in marks.items()
    ]
    words = {"place": group, "count": len(cells), "cells": listed(cells)}
    return Wording(_("%(place)s有 %(count)s 格没有数字：%(cells)s。") % words, _("没有发生的请填 0。"))


def not_a_count(finding: Said, form: Edition) -> Wording:
    column = form.figures[finding.where].column
    group = Group(form, (finding.where,))
    entry = plain(finding.operands[finding.where]) or ""
    words = {"place": group, "cell": group.name(finding.where), "entry": entry}
    if not _NUMERAL.fullmatch(entry):
        says = _("%(place)s“%(cell)s”填的是“%(entry)s”，不是数字。") % words
        return Wording(says, _("请填实际的数，没有的填 0。"))
    value = Decimal(entry)
    words["entry"] = printed(value)
    if value < 0 and not column.signed:
        return Wording(_("%(place)s“%(cell)s”是 %(entry)s，不能小于 0。") % words, _("请核对。"))
    if value != int(value) and not column.decimal:
        return Wording(_("%(place)s“%(cell)s”是 %(entry)s，不是整数。") % words, _("请核对。"))
    says = _("%(place)s“%(cell)s”是 %(entry)s，位数过多。") % words
    return Wording(says, _("请核对是否把几个数连在了一起。"))


def missing_table(finding: Said, form: Edition) -> Wording:
    chapter = form.chapter(finding.where)
    heading = pick(chapter.heading, chapter.title_en)
    says = _("报告中没有“%(heading)s”的表格。") % {"heading": heading}
    return Wording(says, _("没有发生的也要列表填 0，请补上。"))


def wrong_edition(finding: Said, form: Edition) -> Wording:
    year = int(finding.operands["year"])
    due = edition_for(year)
    words = {"year": year, "found": form.document, "due": due.document if due else ""}
    if due is None:
        return Wording(_("%(year)s年度还没有统一的格式，表格却是%(found)s规定的格式。") % words, _("请核对年度。"))
    says = _("%(year)s年度报告应当用%(due)s规定的表格，现在用的是%(found)s的表格。") % words
    return Wording(says, _("请换用本年度的表格。"))


def regulations_beyond_power(finding: Said, form: Edition) -> Wording:
    group = Group(form, tuple(finding.cells))
    filled = [
        f"{quoted(group.name(key))} {printed(value)}"
        for key, value in numbers_of({key: number_of(finding.operands[key]) for key in finding.cells}).items()
        if value
    ]
    words = {"place": group, "cells": listed(filled)}
    says = _("%(place)s填有%(cells)s。县、乡级机关无权制定规章。") % words
    return Wording(says, _("请填 0；规范性文件填在下一行。"))
