"""Findings about a report beside other reports in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reports.checks.across_agencies import BETWEEN_UNITS
from reports.checks.content import Number
from reports.checks.phrases import Group, Said, Wording, number_of, numbers_of, printed
from reports.standard.elements import Edition
from reports.standard.equations import LAST_YEAR

MAX_NAMES = 12


def across_years(finding: Said, form: Edition) -> Wording:
    equation = form.year_equation(finding.rule, finding.where)
    numbers = numbers_of(finding.operands)
    group = Group(form, (equation.before, *equation.cells))
    before = numbers[LAST_YEAR + equation.before]
    found = equation.evaluate(before, numbers, form.signed)
    left = _("上年%(name)s %(number)s") % {"name": group.name(equation.before), "number": printed(before)}
    for sign, keys in (("+", equation.plus), ("\N{MINUS SIGN}", equation.minus)):
        left += "".join(f" {sign} {group.name(key)} {printed(numbers[key])}" for key in keys)
    words = {
        "place": group,
        "left": left,
        "right": _("本年%(name)s %(number)s") % {"name": group.name(equation.after), "number": printed(found.right)},
        "difference": printed(found.discrepancy),
    }
    says = _("%(place)s与上年不接：%(left)s ≠ %(right)s，相差 %(difference)s。") % words
    return Wording(says, _("请核对两年的报告，属实的请说明原因。"))


def roll_up(finding: Said, form: Edition) -> Wording:
    missing = [name for name in str(finding.operands.get("missing") or "").split(BETWEEN_UNITS) if name]
    words = {"count": finding.operands["units"], "missing": len(missing), "names": _("、").join(missing[:MAX_NAMES])}
    if not finding.cells:
        says = _("所辖 %(count)s 个单位中有 %(missing)s 个还没有报告，汇总数不能全部核对：%(names)s%(more)s。")
        words["more"] = _("等") if len(missing) > MAX_NAMES else ""
        return Wording(says % words, _("请督促补报。"))
    (key,) = finding.cells
    group = Group(form, (key,))
    actual = number_of(finding.operands[key])
    parts = numbers_of({name: number_of(value) for name, value in finding.operands.items() if name.startswith("unit.")})
    total: Number = sum(parts.values())
    words |= {
        "place": group,
        "cell": group.name(key),
        "actual": printed(actual),
        "sum": printed(total),
        "difference": printed(max(actual, total) - min(actual, total)),
        "reported": words["count"] - len(missing),
    }
    if missing:
        says = _(
            "%(place)s“%(cell)s”是 %(actual)s，已有报告的 %(reported)s 个单位之和就有 %(sum)s，至少少 %(difference)s。"
        )
    else:
        says = _("%(place)s“%(cell)s”是 %(actual)s，所辖 %(count)s 个单位之和是 %(sum)s，相差 %(difference)s。")
    return Wording(says % words, _("请逐个单位核对。"))


def reused_text(finding: Said, form: Edition) -> Wording:
    words = {name: finding.operands.get(name) for name in ("agency", "year", "percent")}
    if finding.operands["whose"] == "own":
        says = _("文字与本单位%(year)s年度报告几乎相同：遮去名称、年份和数字后，%(percent)s%% 一致。") % words
    else:
        says = _("文字与%(agency)s%(year)s年度报告几乎相同：遮去名称、年份和数字后，%(percent)s%% 一致。") % words
    return Wording(says, _("请对照两份文字，按本年实际情况改写。"))


def unlikely_figure(finding: Said, form: Edition) -> Wording:
    (key,) = finding.cells
    group = Group(form, (key,))
    values = {name: number_of(finding.operands[name]) for name in (key, "middle", "lowest", "highest")}
    words = {"place": group, "cell": group.name(key), "value": printed(values.pop(key))}
    words |= {name: printed(value) for name, value in values.items()} | {"count": finding.operands["count"]}
    if finding.operands["beside"] == "own":
        says = _(
            "%(place)s“%(cell)s”是 %(value)s，本单位此前 %(count)s 年在 %(lowest)s 至 %(highest)s 之间，通常 %(middle)s。"
        )
    else:
        says = _(
            "%(place)s“%(cell)s”是 %(value)s，当地 %(count)s 个同类单位在 %(lowest)s 至 %(highest)s 之间，通常 %(middle)s。"
        )
    return Wording(says % words, _("请再看一眼，属实的无需修改。"))
