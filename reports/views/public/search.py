"""The one search box: its page of results, and what it suggests while somebody types."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from reports.public.search_results import AgencyTable, TextTable
from reports.public.searching import Search, cleaned, excerpts_of, search, years_published

FEW = 8
LINES_A_PAGE = 25
MAX_PLACES = 24
SUGGESTED_PLACES, SUGGESTED_AGENCIES = 3, 6
KINDS = {"agencies": gettext_lazy("机构"), "texts": gettext_lazy("报告正文")}


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Everything that was found, a few of each; `in=agencies` or `in=texts` for all of one kind."""
    found = search(request.GET.get("q", ""))
    only = request.GET.get("in", "")
    only = only if only in KINDS else ""
    counts = {"agencies": found.agencies.count(), "texts": found.reports.count()} if found.text else {}
    tables: dict[str, Any] = {}
    if counts.get("agencies") and only != "texts":
        tables["agencies"] = _agencies(request, found, bool(only))
    if counts.get("texts") and only != "agencies":
        tables["texts"] = _texts(request, found, bool(only))
    context = {
        "search": found,
        "only": only,
        "kinds": KINDS,
        "places": [] if only else list(found.places[:MAX_PLACES]),
        "counts": counts,
        "tables": tables,
        "few": FEW,
        "words": found.text.split() if " " in found.text else [],
    }
    return render(request, "public/search/results.html", context)


def _agencies(request: HttpRequest, found: Search, whole: bool) -> AgencyTable:
    table: AgencyTable = _table(request, AgencyTable, found.agencies, whole)
    table.years = years_published([row.record for row in table.shown])
    return table


def _texts(request: HttpRequest, found: Search, whole: bool) -> TextTable:
    table: TextTable = _table(request, TextTable, found.reports, whole)
    table.excerpts = excerpts_of([row.record for row in table.shown], found.text)
    return table


def _table(request: HttpRequest, of: Any, found: QuerySet[Any], whole: bool) -> Any:
    """The first few lines, or the page asked for; an odd one means the first or the last. `shown` are its rows."""
    if not whole:
        table = of(found[:FEW], orderable=False)
        table.shown = table.rows
        return table
    table = of(found, order_by=request.GET.get("sort"))
    table.paginator = Paginator(table.rows, LINES_A_PAGE)
    table.shown = table.page = table.paginator.get_page(request.GET.get("page"))
    return table


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """The places and agencies that fit best so far, as options of the list below the box."""
    found = search(request.GET.get("q", ""))
    context = {
        "text": cleaned(found.text),
        "places": list(found.places[:SUGGESTED_PLACES]),
        "agencies": list(found.agencies[:SUGGESTED_AGENCIES]),
    }
    return render(request, "public/search/_suggestions.html", context)
