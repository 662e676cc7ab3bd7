"""The rules that hold a report against the equations of the form: how each is worded, its formula, its example.

Everything is read off the declared equations; `arithmetic` finds those that do not hold.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from reports.checks import invented
from reports.checks.phrases import Group, numbers_of, printed, sides
from reports.checks.rule import Example, FindingLike, Wording
from reports.standard import CURRENT
from reports.standard.elements import Edition
from reports.standard.equations import Equation, Evaluation

MAX_SUMMANDS = 7


def declared(code: str) -> Equation:
    """The first equation of a rule in the present form."""
    return CURRENT.equations_by_rule[code][0]


def _formula(code: str) -> str:
    equation = declared(code)
    group = Group(CURRENT, equation.cells)
    return " = ".join(_sum([group.name(key) for key in side]) for side in (equation.left, equation.right))


def _sum(names: list[str]) -> str:
    if len(names) > MAX_SUMMANDS:
        names = [*names[:3], _("……"), names[-1]]
    return " + ".join(names)


formula = lazy(_formula, str)
"""What the equations of a rule add up, as one line."""


def unbalanced(code: str) -> Callable[[], Example]:
    """An example in which two and one are said to be four."""

    def example() -> Example:
        equation = declared(code)
        one, other = equation.left[:2]
        return Example(invented.report({one: 2, other: 1, equation.right[0]: 4}))

    return example


def wording(finding: FindingLike, form: Edition) -> Wording:
    """Both sides with their numbers, and by how much they differ."""
    equation = form.equation(finding.rule, finding.where)
    group, numbers = Group(form, equation.cells), numbers_of(finding.operands)
    found = equation.evaluate(numbers, form.signed)
    left, right = sides(found, group)
    words = {"place": group, "left": left, "right": right, "difference": printed(found.discrepancy)}
    if not found.unknown:
        sentence = _("%(place)s不平：%(left)s ≠ %(right)s，相差 %(difference)s。") % words
    else:
        more, less = (left, right) if found.difference > 0 else (right, left)
        words |= {"more": more, "less": less}
        sentence = _("%(place)s不平：已填的%(more)s 已超过%(less)s，至少多 %(difference)s。") % words
    return Wording(sentence, *_advice(finding, equation, group, found))


def _advice(finding: FindingLike, equation: Equation, group: Group, found: Evaluation) -> tuple[str, str]:
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
