"""The balance equations (勾稽关系) of the form, and the one place that adds them up.

Whoever needs a sum, a difference, a verdict or the number that a cell would have to hold evaluates the equation. Only
the script of the entry form adds up by itself, since it has to as one types; `tests/browser` compares its verdicts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

Number = int | Decimal
Verdict = Literal["balanced", "broken", "undecided"]
LAST_YEAR = "last_year."
"""Stands before the key of a cell of last year's report."""


class Term(NamedTuple):
    """One operand: its cell, whether it is added (1) or subtracted (-1) on its side, its number, None while unknown."""

    key: str
    sign: int
    number: Number | None


@dataclass(frozen=True)
class Evaluation:
    """How an equation stands. `left` and `right` add up what is known on either side, a blank adding nothing; `possible`
    says whether some number of 0 or more in each unknown cell, or any number in a signed one, could make it hold."""

    left_terms: tuple[Term, ...]
    right_terms: tuple[Term, ...]
    left: Number
    right: Number
    unknown: tuple[str, ...]
    possible: bool

    @property
    def difference(self) -> Number:
        """By how much the left side exceeds the right one."""
        return self.left - self.right

    @property
    def discrepancy(self) -> Number:
        """How far the sides are apart, whichever is the larger."""
        return self.difference if self.difference >= 0 else -self.difference

    @property
    def verdict(self) -> Verdict:
        """A blank is no zero: with an unknown operand an equation is undecided, unless no number could make it hold."""
        if not self.possible:
            return "broken"
        return "undecided" if self.unknown else "balanced"

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.left_terms + self.right_terms

    def solve(self, key: str) -> Number | None:
        """What a cell would have to hold for the equation to balance, all others being as they are; None while one of
        them is unknown."""
        if any(unknown != key for unknown in self.unknown):
            return None
        term = next(term for term in self.terms if term.key == key)
        sign = term.sign if term in self.left_terms else -term.sign
        return (term.number or 0) - sign * self.difference


def _evaluate(left: tuple[Term, ...], right: tuple[Term, ...], signed: Collection[str]) -> Evaluation:
    sums = [sum(term.sign * term.number for term in side if term.number is not None) for side in (left, right)]
    excess = sums[0] - sums[1]
    # What an unknown cell adds to the left side less the right one can only have this sign.
    unknown = [(term.key, term.sign) for term in left if term.number is None]
    unknown += [(term.key, -term.sign) for term in right if term.number is None]
    possible = not excess or any(key in signed or sign * excess < 0 for key, sign in unknown)
    return Evaluation(left, right, sums[0], sums[1], tuple(key for key, _sign in unknown), possible)


@dataclass(frozen=True)
class Equation:
    """The figures of `left` add up to those of `right`.

    `where` names the row, column or block that it ties together, so that two equations of one rule are told apart.
    """

    rule: str
    where: str
    left: tuple[str, ...]
    right: tuple[str, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        return self.left + self.right

    @cached_property
    def signs(self) -> dict[str, int]:
        """How each cell counts in the left side less the right one."""
        return dict.fromkeys(self.left, 1) | dict.fromkeys(self.right, -1)

    def evaluate(self, figures: Mapping[str, Number | None], signed: Collection[str]) -> Evaluation:
        """`figures` are those of one report, by key; one that is absent or None is unknown. `signed` are the cells that
        may be negative (`Edition.signed`), of which nothing follows while they are unknown."""
        return _evaluate(
            tuple(Term(key, 1, figures.get(key)) for key in self.left),
            tuple(Term(key, 1, figures.get(key)) for key in self.right),
            signed,
        )


@dataclass(frozen=True)
class YearEquation:
    """What ties a report to the one of the year before.

    Last year's `before`, plus this year's `plus`, minus this year's `minus`, is this year's `after`.
    """

    rule: str
    where: str
    before: str
    after: str
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()

    @property
    def terms(self) -> tuple[tuple[str, int], ...]:
        """What this year's report adds to last year's `before`: each cell with its sign."""
        return (*((key, 1) for key in self.plus), *((key, -1) for key in self.minus))

    @property
    def cells(self) -> tuple[str, ...]:
        """The figures of this year's report that take part."""
        return (*self.plus, *self.minus, self.after)

    def evaluate(
        self, before: Number | None, figures: Mapping[str, Number | None], signed: Collection[str]
    ) -> Evaluation:
        """`before` is the number of last year's report, `figures` are those of this year's; `signed` as above."""
        left = [Term(LAST_YEAR + self.before, 1, before)]
        left += [Term(key, sign, figures.get(key)) for key, sign in self.terms]
        return _evaluate(tuple(left), (Term(self.after, 1, figures.get(self.after)),), signed)
