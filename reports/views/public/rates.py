"""What each rate means."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.standard import EDITIONS
from reports.standard.edition_2019 import EDITION as EDITION_2019
from reports.standard.elements import Figure, Row
from reports.standard.rates import RATES, SMALLEST_WHOLE, Rate


def _operands(rate: Rate) -> dict[str, list[Figure]]:
    """The figures above and below the line, as the edition in force prints them."""
    edition = EDITIONS[rate.edition]
    return {
        "numerator": [edition.figures[key] for key in rate.numerator[rate.edition]],
        "denominator": [edition.figures[key] for key in rate.denominator[rate.edition]],
    }


def _split() -> list[tuple[Row, int]]:
    """Rows of the trial edition of which several were made, and how many."""
    return [
        (EDITION_2019.figures[key].row, len(parts))
        for key, parts in EDITION_2019.counterparts.items()
        if len(parts) > 1 and EDITION_2019.figures[key].column.key == "total"
    ]


@require_safe
def rates(request: HttpRequest) -> HttpResponse:
    context = {
        "rates": [{"rate": rate, **_operands(rate)} for rate in RATES.values()],
        "smallest": SMALLEST_WHOLE,
        "split": _split(),
    }
    return render(request, "public/rates.html", context)
