"""What a rule compares with what, as one line. For the equations of the form it is read off the declaration."""

from __future__ import annotations

from django.utils.translation import gettext as _

from config.language import pick
from reports.checks.phrases import Group
from reports.checks.rules import Rule
from reports.standard import CURRENT

MAX_SUMMANDS = 7


def formula(rule: Rule) -> str:
    """The formula of a rule in the reader's language."""
    for equation in CURRENT.equations:
        if equation.rule == rule.code:
            group = Group(CURRENT, equation.cells)
            return " = ".join(_sum([group.name(key) for key in side]) for side in (equation.left, equation.right))
    for over_years in CURRENT.year_equations:
        if over_years.rule == rule.code:
            group = Group(CURRENT, (over_years.before, *over_years.cells))
            left = _("上年%(name)s") % {"name": group.name(over_years.before)}
            left += "".join(f" + {group.name(key)}" for key in over_years.plus)
            left += "".join(f" \N{MINUS SIGN} {group.name(key)}" for key in over_years.minus)
            return left + " = " + _("本年%(name)s") % {"name": group.name(over_years.after)}
    return pick(rule.formula, rule.formula_en)


def _sum(names: list[str]) -> str:
    if len(names) > MAX_SUMMANDS:
        names = [*names[:3], _("……"), names[-1]]
    return " + ".join(names)
