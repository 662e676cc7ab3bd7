"""The balance equations (勾稽关系) of the form, weighed. Everything is derived from the declared equations."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from reports.checks.content import Content, Finding, Number
from reports.standard.elements import Equation

State = Literal["holds", "broken", "open"]


@dataclass(frozen=True)
class Balance:
    """How an equation stands; `left` and `right` are the sums of what is known on either side.

    It is `open` while an operand is unknown, and yet `broken` where no number of 0 or more could make it hold.
    """

    state: State
    left: Number
    right: Number


def balance(equation: Equation, figures: Mapping[str, Number | None], signed: Collection[str] = frozenset()) -> Balance:
    """Weighs one equation; `signed` are the cells that may be negative, of which nothing follows while unknown."""
    left, unknown_left = _added(equation.left, figures)
    right, unknown_right = _added(equation.right, figures)
    if not (unknown_left or unknown_right):
        return Balance("holds" if left == right else "broken", left, right)
    unbounded = any(key in signed for key in unknown_left + unknown_right)
    # What is missing can only add to its own side.
    left_is_too_much = left > right and not unknown_right
    right_is_too_much = right > left and not unknown_left
    hopeless = not unbounded and (left_is_too_much or right_is_too_much)
    return Balance("broken" if hopeless else "open", left, right)


def _added(keys: tuple[str, ...], figures: Mapping[str, Number | None]) -> tuple[Number, list[str]]:
    """The sum of what is known, and what is not."""
    values = [figures.get(key) for key in keys]
    known = [value for value in values if value is not None]
    unknown = [key for key in keys if figures.get(key) is None] if len(known) < len(keys) else []
    return sum(known), unknown


def equations_of(content: Content, rule: str | None = None) -> list[Equation]:
    """The equations, of one rule or of all, whose table is there."""
    if content.form is None:
        return []
    equations = content.form.equations if rule is None else content.form.equations_by_rule.get(rule, ())
    return [equation for equation in equations if content.has_table(equation.cells[0])]


def check_arithmetic(content: Content, rule: str | None = None) -> list[Finding]:
    """Every equation, of one rule or of all, that does not hold."""
    return [
        _finding(equation, content, verdict)
        for equation in equations_of(content, rule)
        if (verdict := _weighed(equation, content, content.known)).state == "broken"
    ]


def row_total(content: Content) -> list[Finding]:
    """The six applicant columns add up to 总计."""
    return check_arithmetic(content, "row_total")


def results_total(content: Content) -> list[Finding]:
    """The outcomes （一） to （六） add up to （七）总计."""
    return check_arithmetic(content, "results_total")


def flow_balance(content: Content) -> list[Finding]:
    """What was received and carried in was concluded or carried out."""
    return check_arithmetic(content, "flow_balance")


def proceedings_total(content: Content) -> list[Finding]:
    """The four results of reconsideration and litigation add up to 总计."""
    return check_arithmetic(content, "proceedings_total")


def _weighed(equation: Equation, content: Content, figures: Mapping[str, Number]) -> Balance:
    return balance(equation, figures, content.form.signed if content.form else ())


def _finding(equation: Equation, content: Content, verdict: Balance) -> Finding:
    def whole(side: tuple[str, ...]) -> bool:
        return all(key in content.known for key in side)

    return Finding(
        equation.rule,
        equation.where,
        equation.cells,
        {key: content.entry(key) for key in equation.cells},
        verdict.left if whole(equation.left) else None,
        verdict.right if whole(equation.right) else None,
        culprit=culprit(equation, content) or "",
    )


def culprit(equation: Equation, content: Content) -> str | None:
    """The one cell whose change alone would put right every broken equation that it takes part in and break no other.

    None where there is no such cell, or more than one.
    """
    form, figures = content.form, content.known
    if form is None or any(key not in figures for key in equation.cells):
        return None
    verdict = _weighed(equation, content, figures)
    if verdict.state != "broken":
        return None
    suspects = []
    for key in equation.cells:
        mended = put_right(equation, key, figures)
        if mended < 0 and key not in form.signed:
            continue
        changed = {**figures, key: mended}
        if all(_weighed(other, content, changed).state != "broken" for other in form.equations_of[key]):
            suspects.append(key)
    return suspects[0] if len(suspects) == 1 else None


def put_right(equation: Equation, key: str, figures: Mapping[str, Number]) -> Number:
    """What a cell of an equation would have to hold for it to balance, all others being as they are."""
    lacking = sum(figures[other] for other in equation.right) - sum(figures[other] for other in equation.left)
    return figures[key] + (lacking if key in equation.left else -lacking)
