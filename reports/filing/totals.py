"""The totals that the form defines as sums, computed from what is filled in. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from reports.standard.elements import Edition

Number = int | Decimal


def totals(edition: Edition, figures: Mapping[str, Number | None]) -> dict[str, Number]:
    """By key, every total whose parts are all known. A total that is part of another counts as it is computed, not as
    it stands; where a part is blank nothing follows, for a blank is no zero."""
    sums = [
        equation for equation in edition.equations if equation.right[0] in edition.totals and len(equation.right) == 1
    ]
    found: dict[str, Number] = {}
    waiting = sums
    while waiting:
        later = []
        for equation in waiting:
            parts = [found.get(key) if key in edition.totals else figures.get(key) for key in equation.left]
            known = [part for part in parts if part is not None]
            if len(known) == len(parts):
                found.setdefault(equation.right[0], sum(known))
            else:
                later.append(equation)
        if len(later) == len(waiting):
            break
        waiting = later
    return found
