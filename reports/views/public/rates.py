"""What each rate means."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.standard import EDITIONS
from reports.standard.elements import Edition, Figure, Row
from reports.standard.rates import RATES, SMALLEST_WHOLE, Rate


def _operands(rate: Rate) -> dict[str, list[Figure]]:
    """The figures above and below the line, as the edition in force prints them."""
    edition = EDITIONS[rate.edition]
    return {
        "numerator": [edition.figures[key] for key in rate.numerator[rate.edition]],
        "denominator": [edition.figures[key] for key in rate.denominator[rate.edition]],
    }


@dataclass(frozen=True)
class Split:
    """A row of one edition of which the one that succeeds it made several."""

    row: Row
    before: Edition
    parts: int
    after: Edition


def _splits() -> list[Split]:
    splits = []
    for before, after in pairwise(EDITIONS.values()):
        for each in after.correspondences:
            figures = [before.figures[key] for key in each.before]
            if len(figures) == 1 < len(each.here) and figures[0].column.key == "total":
                splits.append(Split(figures[0].row, before, len(each.here), after))
    return splits


@require_safe
def rates(request: HttpRequest) -> HttpResponse:
    context = {
        "rates": [{"rate": rate, **_operands(rate)} for rate in RATES.values()],
        "smallest": SMALLEST_WHOLE,
        "splits": _splits(),
    }
    return render(request, "public/rates.html", context)
