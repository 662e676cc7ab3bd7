"""Finding reports: home and the list."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from reports.catalogue.published import (
    filed_by_year,
    leading_year,
    newest_reports,
    regions,
    year_in_numbers,
)
from reports.models import Report
from reports.public.facets import facets
from reports.public.filters import ReportFilter
from reports.public.searching import excerpts_of
from reports.public.tables import ReportTable

NEWEST = 8
LINES_A_PAGE = 50


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    by_year = filed_by_year()
    latest = leading_year(by_year)
    context = {
        "by_year": by_year,
        "most": max(by_year.values(), default=0),
        "numbers": year_in_numbers(latest, by_year[latest]) if latest else None,
        "newest": newest_reports(NEWEST),
        "regions": regions(latest) if latest else [],
    }
    return render(request, "public/home.html", context)


@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    found = ReportFilter(request.GET, queryset=Report.objects.published().with_headlines())
    text = found.understood.get("text", "")
    order = request.GET.get("sort") or ReportTable.Meta.order_by
    table = ReportTable(found.qs, order_by=order, exclude=() if text else ("text",))
    table.caption = gettext_lazy("年度报告")
    # Readers choose the page and nothing else; an odd one shows the first or the last.
    table.paginator = Paginator(table.rows, LINES_A_PAGE)
    table.page = table.paginator.get_page(request.GET.get("page"))
    table.excerpts = excerpts_of([row.record for row in table.page], text) if text else {}
    context = {"filter": found, "table": table, "chips": found.chips(), "facets": facets(found)}
    return render(request, "public/list.html", context)
