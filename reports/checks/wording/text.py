"""Findings about the text in words. The sentence itself is quoted beside them."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from config.language import pick
from reports.checks.content import Number
from reports.checks.phrases import Group, Said, Wording, listed, number_of, numbers_of, printed, quoted
from reports.standard.elements import Edition


def part_name(form: Edition, part: str) -> str:
    """The part of the text: 总体情况, or what stands before the chapters and around the tables."""
    if part == "preamble":
        return _("报告开头")
    if part == "notes":
        return _("表格说明")
    chapter = form.chapter(part)
    return quoted(pick(chapter.title, chapter.title_en))


def narrative_figure(finding: Said, form: Edition) -> Wording:
    told, actual = (Decimal(str(finding.operands[name])) for name in ("text", "sum"))
    words = {
        "part": part_name(form, finding.where),
        "told": printed(told),
        "cells": _cells(form, tuple(key for key in finding.cells if key in form.figures)),
        "actual": printed(actual),
        "difference": printed(max(told, actual) - min(told, actual)),
    }
    if told == 0:
        return Wording(_("%(part)s中说没有，%(cells)s却是 %(actual)s。") % words, _("请核对文字和表格。"))
    says = _("%(part)s中写的是 %(told)s，%(cells)s是 %(actual)s，相差 %(difference)s。") % words
    return Wording(says, _("请核对文字和表格。"))


def _cells(form: Edition, keys: tuple[str, ...]) -> str:
    group = Group(form, keys)
    names = [quoted(group.name(key)) for key in keys]
    if len(keys) == 1:
        return _("%(place)s%(cell)s") % {"place": group, "cell": names[0]}
    return _("%(place)s%(cells)s之和") % {"place": group, "cells": listed(names)}


def narrative_sum(finding: Said, form: Edition) -> Wording:
    values = numbers_of({key: number_of(value) for key, value in finding.operands.items()})
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
    says = _("%(part)s中列举的各项 %(parts)s = %(sum)s，与总数 %(total)s 相差 %(difference)s。") % words
    return Wording(says, _("请核对各项和总数。"))


def narrative_change(finding: Said, form: Edition) -> Wording:
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
    says = _("%(part)s中说%(stated)s，而本年 %(now)s、上年 %(before)s，应为%(due)s。") % words
    return Wording(says, _("请重新计算。"))


def _change(value: Decimal, percent: bool) -> str:
    if value == 0:
        return _("持平")
    words = {"number": printed(abs(value))}
    if percent:
        return (_("增长 %(number)s%%") if value > 0 else _("下降 %(number)s%%")) % words
    return (_("增加 %(number)s") if value > 0 else _("减少 %(number)s")) % words


def wrong_year(finding: Said, form: Edition) -> Wording:
    words = {
        "part": part_name(form, finding.where),
        "named": finding.operands["named"],
        "year": finding.operands["year"],
    }
    says = _("%(part)s中写的是%(named)s年，本报告是%(year)s年度的。") % words
    return Wording(says, _("请核对是否沿用了往年的文字。"))


def wrong_agency(finding: Said, form: Edition) -> Wording:
    words = {"part": part_name(form, finding.where), "named": finding.operands["named"]}
    says = _("%(part)s中出现了“%(named)s”，不是本报告的单位。") % words
    return Wording(says, _("请核对是否沿用了别处的文字。"))


def template_text(finding: Said, form: Edition) -> Wording:
    words = {"part": part_name(form, finding.where), "sign": finding.operands["sign"]}
    return Wording(_("%(part)s中留有没有填写的“%(sign)s”。") % words, _("请补全或删去。"))
