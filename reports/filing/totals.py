"""The totals that the form defines as sums, computed from what is filled in. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from reports.standard.elements import Edition
from reports.standard.equations import Number


def totals(edition: Edition, figures: Mapping[str, Number | None]) -> dict[str, Number]:
    """By key, every total whose parts are all known. A total that is part of another counts as it is computed, not as
    it stands; where a part is blank nothing follows, for a blank is no zero."""
    parts = {key: number for key, number in figures.items() if key not in edition.totals}
    found: dict[str, Number] = {}
    pending = [equation for equation in edition.equations if len(equation.right) == 1]
    while pending:
        later = []
        for equation in pending:
            (key,) = equation.right
            total = equation.evaluate({**parts, **found, key: None}, edition.signed).solve(key)
            if total is None:
                later.append(equation)
            else:
                found.setdefault(key, total)
        if len(later) == len(pending):
            break
        pending = later
    return found
