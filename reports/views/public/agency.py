"""One agency through the years."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from agencies.models import Agency
from reports.catalogue.published import headline_history
from reports.models import Report
from reports.public.comparison.values import published_figures, value_of
from reports.standard.measures import HEADLINES
from reports.standard.rates import OUTCOME_RATES, RATES

MAX_NEIGHBOURS = 12
CHARTED = (("received", "concluded"), ("reconsideration", "litigation"))
"""Headlines of one size, that share a chart."""


@require_safe
def agency(request: HttpRequest, code: str) -> HttpResponse:
    body = get_object_or_404(Agency.objects.select_related("division__parent__parent__parent", "successor"), pk=code)
    neighbours = Agency.objects.filter(division__parent=body.division.parent, kind=body.kind).exclude(pk=code)
    history = headline_history(body)
    rates = RATES.values()
    published = published_figures([body], rates) if history else {}
    context = {
        "agency": body,
        "headlines": HEADLINES.values(),
        "history": history,
        "taken_down": Report.objects.taken_down().filter(agency=body).order_by("year").values_list("year", flat=True),
        "published_years": [line.year for line in history if line.report],
        "rates": rates,
        "headline_charts": [[HEADLINES[key] for key in pair] for pair in CHARTED],
        "outcome_rates": [RATES[key] for key in OUTCOME_RATES[:3]],
        "rate_history": [
            (
                line,
                [(rate, value_of(rate, line.year, published.get((code, line.year)))) for rate in rates]
                if line.report
                else [],
            )
            for line in history
        ],
        "neighbours": neighbours[:MAX_NEIGHBOURS],
    }
    return render(request, "public/agency.html", context)
