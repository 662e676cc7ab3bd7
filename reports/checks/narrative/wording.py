"""Findings about the text in words. The sentence itself is quoted beside them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Protocol

from django.utils.translation import gettext as _

from reports.checks.content import Number
from reports.checks.phrases import Group, listed, numbers_of, pick, printed, quoted
from reports.standard.elements import Edition


class Told(Protocol):
    @property
    def where(self) -> Any: ...
    @property
    def cells(self) -> Any: ...
    @property
    def operands(self) -> Any: ...


def part_name(form: Edition, part: str) -> str:
    """The part of the text: 总体情况, or what stands before the chapters and around the tables."""
    if part == "preamble":
        return _("报告开头")
    if part == "notes":
        return _("表格说明")
    chapter = form.chapter(part)
    return quoted(pick(chapter.title, chapter.title_en))


def narrative_figure(finding: Told, form: Edition) -> str:
    told, actual = (Decimal(str(finding.operands[name])) for name in ("text", "sum"))
    words = {
        "part": part_name(form, finding.where),
        "told": printed(told),
        "cells": _cells(form, tuple(key for key in finding.cells if key in form.figures)),
        "actual": printed(actual),
        "difference": printed(max(told, actual) - min(told, actual)),
    }
    if told == 0:
        return _("%(part)s中说没有，%(cells)s却是 %(actual)s。请核对文字和表格。") % words
    return _("%(part)s中写的是 %(told)s，%(cells)s是 %(actual)s，相差 %(difference)s。请核对文字和表格。") % words


def _cells(form: Edition, keys: tuple[str, ...]) -> str:
    group = Group(form, keys)
    names = [quoted(group.name(key)) for key in keys]
    if len(keys) == 1:
        return f"{group}{names[0]}"
    return _("%(place)s%(cells)s之和") % {"place": group, "cells": listed(names)}


def narrative_sum(finding: Told, form: Edition) -> str:
    values = numbers_of({key: _number(value) for key, value in finding.operands.items()})
    total = values["total"]
    parts = [value for key, value in values.items() if key.startswith("part_")]
    added: Number = sum(parts)
    words = {
        "part": part_name(form, finding.where),
        "parts": " + ".join(printed(value) for value in parts),
        "sum": printed(added),
        "total": printed(total),
        "difference": printed(max(added, total) - min(added, total)),
    }
    return (
        _("%(part)s中列举的各项 %(parts)s = %(sum)s，与总数 %(total)s 相差 %(difference)s。请核对各项和总数。") % words
    )


def narrative_change(finding: Told, form: Edition) -> str:
    now, before, stated = (Decimal(str(finding.operands[name])) for name in ("now", "before", "stated"))
    percent = bool(finding.operands["unit"])
    due = round((now - before) * 100 / before, 1) if percent and before else now - before
    words = {
        "part": part_name(form, finding.where),
        "stated": _change(stated, percent),
        "now": printed(now),
        "before": printed(before),
        "due": _change(due, percent),
    }
    return _("%(part)s中说%(stated)s，而本年 %(now)s、上年 %(before)s，应为%(due)s。请重新计算。") % words


def _change(value: Decimal, percent: bool) -> str:
    if value == 0:
        return _("持平")
    words = {"number": printed(abs(value))}
    if percent:
        return (_("增长 %(number)s%%") if value > 0 else _("下降 %(number)s%%")) % words
    return (_("增加 %(number)s") if value > 0 else _("减少 %(number)s")) % words


def wrong_year(finding: Told, form: Edition) -> str:
    words = {
        "part": part_name(form, finding.where),
        "named": finding.operands["named"],
        "year": finding.operands["year"],
    }
    return _("%(part)s中写的是%(named)s年，本报告是%(year)s年度的。请核对是否沿用了往年的文字。") % words


def wrong_agency(finding: Told, form: Edition) -> str:
    words = {"part": part_name(form, finding.where), "named": finding.operands["named"]}
    return _("%(part)s中出现了“%(named)s”，不是本报告的单位。请核对是否沿用了别处的文字。") % words


def template_text(finding: Told, form: Edition) -> str:
    words = {"part": part_name(form, finding.where), "sign": finding.operands["sign"]}
    return _("%(part)s中留有没有填写的“%(sign)s”。请补全或删去。") % words


def regulations_beyond_power(finding: Told, form: Edition) -> str:
    group = Group(form, tuple(finding.cells))
    filled = [
        f"{quoted(group.name(key))} {printed(value)}"
        for key, value in numbers_of({key: _number(finding.operands[key]) for key in finding.cells}).items()
        if value
    ]
    words = {"place": group, "cells": listed(filled)}
    return _("%(place)s填有%(cells)s。县、乡级机关无权制定规章，请填 0；规范性文件填在下一行。") % words


def _number(value: Any) -> Any:
    """A stored operand is text where it has decimals."""
    if isinstance(value, str):
        try:
            return Decimal(value)
        except ArithmeticError:
            return value
    return value
