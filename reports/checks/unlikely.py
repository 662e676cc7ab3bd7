"""Figures far from what the same agency, or others like it, have: most often a slipped unit or two numbers run together.

Everything is robust and on a scale of ratios: one odd year or one large neighbour does not move what is usual.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from statistics import median

from reports.checks.comparables import Figures
from reports.checks.content import Content, Number, Operand, RuleFinding
from reports.standard import EDITIONS

MIN_YEARS = 3
MIN_PEERS = 8
TIMES = 5
"""Less than so many times the usual is never far from it,"""
SPREADS = 5
"""nor less than so many of the series' own deviations,"""
LEAST = 20
"""nor a difference of fewer than so many cases, or ten thousand yuan."""

_NORMAL = 1.4826
"""Times the median absolute deviation estimates the standard deviation of what is normally distributed."""


@cache
def measured(edition_name: str) -> tuple[str, ...]:
    """The cells that are looked at: those that stand for themselves, and of a row or block that adds up its total.

    What follows from another one is left out: the applicants' columns, the total of the outcomes, what is carried in.
    """
    form = EDITIONS[edition_name]
    summands = {key for equation in form.equations if len(equation.right) == 1 for key in equation.left}
    rows = {equation.right[0] for equation in form.equations if equation.rule in ("row_total", "proceedings_total")}
    sums = {equation.right[0] for equation in form.equations if equation.rule == "results_total"}
    continued = {equation.after for equation in form.year_equations if not equation.plus}
    alone = {key for key in form.figures if key not in summands and not form.equations_of[key]}
    return tuple(
        key for key in form.figures if key in (alone | rows) - sums - continued and not form.figures[key].column.signed
    )


def unlikely_figure(content: Content, earlier: Sequence[Figures], peers: Sequence[Figures]) -> list[RuleFinding]:
    """Each figure far from the agency's own years before; where these are too few, from its peers' of the same year.

    Silent on a series that is all zero, or mostly so: a first case is no surprise.
    """
    if content.form is None or (len(earlier) < MIN_YEARS and len(peers) < MIN_PEERS):
        return []
    findings = []
    for key in measured(content.edition):
        value = content.known.get(key)
        if value is None or key in content.doubted or not content.has_table(key):
            continue
        own = _series(key, earlier) if len(earlier) >= MIN_YEARS else ()
        series, whose = (own, "own") if len(own) >= MIN_YEARS else (_series(key, peers), "peers")
        if len(series) >= (MIN_YEARS if whose == "own" else MIN_PEERS) and is_far(value, series):
            findings.append(_finding(key, value, series, whose))
    return findings


def _series(key: str, all_figures: Sequence[Figures]) -> list[Number]:
    return [value for figures in all_figures if (value := figures.get(key)) is not None]


def middle_of(series: Sequence[Number]) -> Number:
    """The median, exactly."""
    ordered = sorted(series)
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return low if low == high else Decimal(low + high) / 2


def is_far(value: Number, series: Sequence[Number]) -> bool:
    """Whether a figure lies outside a series, many times above or below its middle. Where that is zero nothing is usual."""
    middle = middle_of(series)
    if min(series) <= value <= max(series) or not middle or -LEAST < value - middle < LEAST:
        return False
    logarithms = [math.log1p(max(0, each)) for each in series]
    centre = median(logarithms)
    deviation = _NORMAL * median([abs(each - centre) for each in logarithms])
    return abs(math.log1p(max(0, value)) - centre) > max(math.log(TIMES), SPREADS * deviation)


def _finding(key: str, value: Number, series: Sequence[Number], whose: str) -> RuleFinding:
    middle = middle_of(series)
    operands: dict[str, Operand] = {
        key: value,
        "beside": whose,
        "count": len(series),
        "middle": middle,
        "lowest": min(series),
        "highest": max(series),
    }
    return RuleFinding("unlikely_figure", key, (key,), operands, middle, value)
