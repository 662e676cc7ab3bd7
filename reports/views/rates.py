"""What each rate means."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.standard import EDITIONS
from reports.standard.elements import Figure
from reports.standard.rates import RATES, SMALLEST_WHOLE, Rate


def _operands(rate: Rate) -> dict[str, list[Figure]]:
    """The figures above and below the line, as the edition in force prints them."""
    edition = EDITIONS[rate.edition]
    return {
        "numerator": [edition.figures[key] for key in rate.numerator[rate.edition]],
        "denominator": [edition.figures[key] for key in rate.denominator[rate.edition]],
    }


@require_safe
def rates(request: HttpRequest) -> HttpResponse:
    context = {"rates": [{"rate": rate, **_operands(rate)} for rate in RATES.values()], "smallest": SMALLEST_WHOLE}
    return render(request, "public/rates.html", context)
