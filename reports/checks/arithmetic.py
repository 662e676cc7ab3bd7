"""The balance equations (勾稽关系) of the form, checked. Everything is derived from the declared equations."""

from __future__ import annotations

from collections.abc import Mapping

from reports.checks.content import Content, Number, RuleFinding
from reports.standard.equations import Equation, Evaluation


def equations_of(content: Content, rule: str | None = None) -> list[Equation]:
    """The equations, of one rule or of all, whose table is there."""
    if content.form is None:
        return []
    equations = content.form.equations if rule is None else content.form.equations_by_rule.get(rule, ())
    return [equation for equation in equations if content.has_table(equation.cells[0])]


def check_arithmetic(content: Content, rule: str | None = None) -> list[RuleFinding]:
    """Every equation, of one rule or of all, that does not hold."""
    evaluated = [(equation, _evaluated(equation, content, content.known)) for equation in equations_of(content, rule)]
    return [_finding(equation, content, found) for equation, found in evaluated if found.verdict == "broken"]


def _evaluated(equation: Equation, content: Content, figures: Mapping[str, Number]) -> Evaluation:
    return equation.evaluate(figures, content.form.signed if content.form else ())


def _finding(equation: Equation, content: Content, found: Evaluation) -> RuleFinding:
    return RuleFinding(
        equation.rule,
        equation.where,
        equation.cells,
        {key: content.entry(key) for key in equation.cells},
        None if any(key in found.unknown for key in equation.left) else found.left,
        None if any(key in found.unknown for key in equation.right) else found.right,
        culprit=culprit(equation, content) or "",
    )


def culprit(equation: Equation, content: Content) -> str | None:
    """The one cell whose change alone would put right every broken equation that it takes part in and break no other.

    None where there is no such cell, or more than one.
    """
    form, figures = content.form, content.known
    if form is None:
        return None
    found = _evaluated(equation, content, figures)
    if found.unknown or found.verdict != "broken":
        return None
    suspects = []
    for key in equation.cells:
        corrected = found.solve(key)
        if corrected is None or (corrected < 0 and key not in form.signed):
            continue
        changed = {**figures, key: corrected}
        if all(_evaluated(other, content, changed).verdict != "broken" for other in form.equations_of[key]):
            suspects.append(key)
    return suspects[0] if len(suspects) == 1 else None
