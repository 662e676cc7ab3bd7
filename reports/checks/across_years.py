"""What a report must have in common with the same agency's report of the year before: weighed, worded, as a formula."""

from __future__ import annotations

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from reports.checks.content import Content, RuleFinding
from reports.checks.phrases import Group, numbers_of, printed
from reports.checks.rule import FindingLike, Wording
from reports.standard import CURRENT
from reports.standard.counterparts import counterparts, in_terms_of
from reports.standard.elements import Edition
from reports.standard.equations import LAST_YEAR, YearEquation


def check_across_years(content: Content, last_year: Content | None, rule: str | None = None) -> list[RuleFinding]:
    """Every contradiction with last year's report, of one rule or of all; nothing without one.

    A figure that either report leaves unknown contradicts nothing.
    """
    if content.form is None or last_year is None or last_year.form is None:
        return []
    if content.year is None or last_year.year != content.year - 1:
        return []
    findings = []
    for equation in content.form.year_equations:
        if rule not in (None, equation.rule):
            continue
        # Where last year's edition counted nothing of the kind there is nothing to compare.
        counted = counterparts((equation.before,), content.edition, last_year.edition)
        if not content.has_table(equation.after) or not all(last_year.has_table(key) for key in counted):
            continue
        before = in_terms_of(content.form, last_year.known, last_year.edition).get(equation.before)
        found = equation.evaluate(before, content.known, content.form.signed)
        if found.difference and not found.unknown:
            operands = {term.key: term.number for term in found.terms}
            findings.append(
                RuleFinding(equation.rule, equation.where, equation.cells, operands, found.left, found.right)
            )
    return findings


def declared(code: str) -> list[YearEquation]:
    """The equations of a rule in the present form."""
    return [equation for equation in CURRENT.year_equations if equation.rule == code]


def _formula(code: str) -> str:
    equation = declared(code)[0]
    group = Group(CURRENT, (equation.before, *equation.cells))
    left = _("上年%(name)s") % {"name": group.name(equation.before)}
    left += "".join(f" + {group.name(key)}" for key in equation.plus)
    left += "".join(f" \N{MINUS SIGN} {group.name(key)}" for key in equation.minus)
    return left + " = " + _("本年%(name)s") % {"name": group.name(equation.after)}


formula = lazy(_formula, str)
"""What the equations of a rule compare, as one line."""


def wording(finding: FindingLike, form: Edition) -> Wording:
    """Both sides with their numbers, each told by its year, and by how much they differ."""
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
