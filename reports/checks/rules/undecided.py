"""`undecided`: cells that say nothing, one finding a row; and equations that only doubts of the import leave undecided."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.checks import invented
from reports.checks.arithmetic import equations_of
from reports.checks.comparables import NO_COMPARABLES, Comparables
from reports.checks.content import Content, RuleFinding
from reports.checks.phrases import Group, listed, numbers_of, quoted
from reports.checks.rule import Example, FindingLike, Rule, Wording
from reports.standard.elements import Edition
from reports.standard.marks import means_blank


def undecided(content: Content, _comparables: Comparables = NO_COMPARABLES) -> list[RuleFinding]:
    """First the rows with blank cells, then the equations that cannot be decided."""
    return _blank_rows(content) + _undecided_equations(content)


def _is_blank(content: Content, key: str) -> bool:
    """Whether the filer left the cell empty, or wrote there that it is."""
    if content.figures.get(key) is not None or key in content.doubted:
        return False
    return means_blank(content.marks.get(key, ""))


def _blank_rows(content: Content) -> list[RuleFinding]:
    rows: dict[str, list[str]] = {}
    for figure in content.cells:
        if content.figures.get(figure.key) is None and _is_blank(content, figure.key):
            rows.setdefault(figure.row_key, []).append(figure.key)
    return [
        RuleFinding("undecided", row, tuple(keys), {key: content.entry(key) for key in keys})
        for row, keys in rows.items()
    ]


def _undecided_equations(content: Content) -> list[RuleFinding]:
    """Where the filer left something out the row says so; what remains is what the import could not read."""
    if not content.doubted or content.form is None:
        return []
    findings = []
    for equation in equations_of(content):
        found = equation.evaluate(content.known, content.form.signed)
        if found.verdict == "undecided" and content.doubted.issuperset(found.unknown):
            operands = {"equation": equation.rule} | {key: content.entry(key) for key in equation.cells}
            findings.append(RuleFinding("undecided", equation.where, equation.cells, operands))
    return findings


def wording(finding: FindingLike, form: Edition) -> Wording:
    """The cells that say nothing, or those that keep an equation from being decided."""
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


def example() -> Example:
    """A mark for an amount."""
    key = invented.an_amount()
    return Example(invented.report({key: None}, marks={key: "/"}))


RULE = Rule(
    code="undecided",
    severity="error",
    label=gettext_lazy("数据未填"),
    check=undecided,
    wording=wording,
    help=gettext_lazy(
        "表格中有空白，或者只填了“/”“—”“无”。空白不等于 0：别人看不出是没有发生，还是忘了填，合计也无从核对。"
        "导入的文件里没有读出的数，也列在这里。"
    ),
    todo=gettext_lazy("没有发生的填 0；没有读出的，对照原件补上。"),
    formula=gettext_lazy("每一格 = 一个数"),
    example=example,
)
