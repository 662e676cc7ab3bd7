"""Several agencies beside each other; everything chosen stands in the address."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from reports.public.comparison.files import TYPES, WRITERS
from reports.public.comparison.ledger import Ledger, LedgerLine, in_one_year, ordered, through_years
from reports.public.comparison.offers import branch, offers
from reports.public.comparison.overview import compare
from reports.public.comparison.query import MAX_AGENCIES, MAX_QUANTITIES, MAX_SIDE_BY_SIDE, ComparisonQuery, read_query
from reports.public.comparison.values import other_scopes, published_figures, published_with_previous_years
from reports.sheets.sheet import Sheet, draw
from reports.standard import CURRENT, EDITIONS
from reports.standard.elements import Edition
from reports.standard.measures import HEADLINES, MEASURES, Measure
from reports.standard.rates import RATES
from reports.views.refused import refused


# Choosing changes nothing that is kept, so no token is asked for and readers need no cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def comparison(request: HttpRequest) -> HttpResponse:
    """What was ticked arrives by POST, so that its address can be made short before anybody sees it."""
    choice = read_query(request.POST if request.method == "POST" else request.GET)
    if choice.truncated:
        return refused(request, _too_many())
    if request.method == "POST":
        return HttpResponseRedirect(_address(request.POST))
    chosen = {agency.pk for agency in choice.agencies}
    context = {
        "choice": choice,
        "offers": offers(request.GET.get("find", ""), chosen),
        "branch": branch(request.GET.get("browse", "")) if "browse" in request.GET else None,
        "most_agencies": MAX_AGENCIES,
        "forms": list(WRITERS),
        "headlines": HEADLINES.values(),
        "rates": RATES.values(),
        "chosen_keys": {quantity.key for quantity in choice.quantities},
        "pickers": _pickers(),
        "dropped": _dropped(),
        **(_shown(choice) if choice.agencies and choice.years else {}),
    }
    return render(request, "public/compare.html", context)


def _too_many() -> str:
    return _(
        "一次最多比较 %(agencies)s 个机构、%(figures)s 项数据。请分几次比较；要全部机构的数据，可以在报告列表或数据页整批下载。"
    ) % {"agencies": MAX_AGENCIES, "figures": MAX_QUANTITIES}


def _address(ticked: QueryDict) -> str:
    ticked = ticked.copy()
    # Every year that was on offer means every year, also those of the agencies that now come in.
    if sorted(ticked.getlist("year")) == sorted(ticked.get("offered_years", "").split()):
        ticked.setlist("year", [])
    address = reverse("compare") + read_query(ticked).address()
    asked = {name: str(ticked.get(name, "")) for name in ("find", "browse")}
    kept = {name: value for name, value in asked.items() if value and "compare" not in ticked}
    return f"{address}&{urlencode(kept)}#choose" if kept else address


def _shown(choice: ComparisonQuery) -> dict[str, Any]:
    """The table of the view."""
    if choice.view == "overview":
        beside = choice.agencies[:MAX_SIDE_BY_SIDE]
        published = published_figures(beside, choice.quantities, choice.years)
        return {
            "comparison": compare(beside, choice.years, choice.quantities, published),
            "other_scopes": other_scopes(beside, choice.years, published),
        }
    if choice.view == "ranks":
        assert choice.at is not None
        published = published_figures(choice.agencies, choice.quantities, (choice.at, choice.at - 1))
        return {
            "ledger": _sorted(in_one_year(choice.quantities, choice.agencies, choice.at, published), choice),
            "other_scopes": other_scopes(choice.agencies, [choice.at], published),
        }
    published = published_with_previous_years(choice.agencies, [choice.of], choice.years)
    return {
        "ledger": _sorted(through_years(choice.of, choice.agencies, choice.years, published), choice),
        "other_scopes": other_scopes(choice.agencies, choice.years, published),
    }


def _sorted(ledger: Ledger, choice: ComparisonQuery) -> Ledger:
    column, descending = choice.sort.removeprefix("-"), choice.sort.startswith("-")
    columns = [str(year) for year in ledger.years]
    if choice.view == "ranks":
        columns = [quantity.key for quantity in ledger.quantities]

    def by(line: LedgerLine) -> Any:
        if column == "name":
            return line.agency.name
        if column == "overall":
            return line.overall.difference if line.overall else None
        return line.entries[columns.index(column)].reported.value

    return Ledger(ledger.quantities, ledger.years, tuple(ordered(ledger.lines, by, descending)), ledger.shades)


@require_safe
def to_compare(request: HttpRequest) -> HttpResponse:
    """What the search box of the comparison offers while somebody types."""
    found = offers(request.GET.get("find", ""), request.GET.getlist("agency")[:MAX_AGENCIES])
    return render(request, "public/compare/_found.html", {"offers": found})


@require_safe
def comparison_file(request: HttpRequest, form: str) -> HttpResponse:
    """All that was chosen as a file, whichever view of it is open."""
    if form not in WRITERS:
        raise Http404
    choice = read_query(request.GET)
    if choice.too_many:
        # A file cannot say what it leaves out.
        return refused(request, _too_many())
    published = published_with_previous_years(choice.agencies, choice.quantities, choice.years)
    response = HttpResponse(WRITERS[form](choice, published), content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="comparison.{form}"'
    return response


def _dropped() -> list[tuple[Edition, list[Measure]]]:
    """What only an earlier edition counts, by the last one that does."""
    by_edition: dict[str, list[Measure]] = {}
    for measure in MEASURES.values():
        if measure.edition != CURRENT.name:
            by_edition.setdefault(measure.edition, []).append(measure)
    return [(EDITIONS[name], measures) for name, measures in by_edition.items()]


def _pickers() -> list[Sheet]:
    """The tables of the form in force, to choose figures in."""
    return [draw(table, CURRENT, {}, {}, {}, ()) for table in CURRENT.tables]
