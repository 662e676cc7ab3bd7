"""The invented report with which the examples of the rules begin.

The cells are taken from the declared form, so that an example names what stands there; the place does not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from reports.checks.content import Content
from reports.checks.rule import Example
from reports.checks.unlikely import measured
from reports.standard import CURRENT
from reports.standard.in_prose import REGULATIONS, sums_meant

AGENCY = "示例县青山镇人民政府"
YEAR = CURRENT.first_year + 3


def report(figures: Mapping[str, Any] | None = None, **more: Any) -> Content:
    """A report of a township with nothing but zeros, save for these figures."""
    zeros: dict[str, Any] = dict.fromkeys(CURRENT.figures, 0)
    fields: dict[str, Any] = {"year": YEAR, "agency": AGENCY, "level": 4, **more}
    return Content(CURRENT.name, figures=zeros | dict(figures or {}), **fields)


def last_year(figures: Mapping[str, Any]) -> Content:
    """The report of the same township for the year before."""
    return report(figures, year=YEAR - 1)


def a_count() -> str:
    """A cell for a count that stands for itself and that every office fills in."""
    return next(key for key in _independent(decimal=False) if len(_row_of(key)) == 1)


def an_amount() -> str:
    """A cell for an amount of money that does."""
    return _independent(decimal=True)[-1]


def _independent(*, decimal: bool) -> list[str]:
    keys = (key for key in measured(CURRENT.name) if not key.startswith(REGULATIONS))
    return [key for key in keys if CURRENT.figures[key].column.decimal == decimal]


def _row_of(key: str) -> list[str]:
    return [other for other, figure in CURRENT.figures.items() if figure.row_key == CURRENT.figures[key].row_key]


def with_text(text: str, part: str = "overview") -> Callable[[], Example]:
    """An example whose report says this, and counts no application."""

    def example() -> Example:
        (total,) = sums_meant(CURRENT.name, "received")[0]
        return Example(report({total: 0}, narrative={part: text}))

    return example
