"""Finding reports: home, the list, one agency through the years."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from agencies.models import Agency
from reports.public.filters import ReportFilter
from reports.public.reading import (
    filed_by_year,
    headline_history,
    newest_reports,
    regions,
    reports_with_headlines,
    year_in_numbers,
)
from reports.public.tables import ReportTable
from reports.standard.measures import HEADLINES

NEWEST = 8
LINES_A_PAGE = 50


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    by_year = filed_by_year()
    latest = max(by_year, default=None)
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
    found = ReportFilter(request.GET, queryset=reports_with_headlines())
    table = ReportTable(found.qs, order_by=request.GET.get("sort") or ReportTable.Meta.order_by)
    table.caption = gettext_lazy("年度报告")
    # Readers choose the page and nothing else; an odd one shows the first or the last.
    table.paginator = Paginator(table.rows, LINES_A_PAGE)
    table.page = table.paginator.get_page(request.GET.get("page"))
    return render(request, "public/list.html", {"filter": found, "table": table, "chips": found.chips()})


@require_safe
def agency(request: HttpRequest, code: str) -> HttpResponse:
    body = get_object_or_404(Agency.objects.select_related("division__parent__parent__parent", "successor"), pk=code)
    neighbours = Agency.objects.filter(division__parent=body.division.parent, kind=body.kind).exclude(pk=code)
    context = {
        "agency": body,
        "headlines": HEADLINES.values(),
        "history": headline_history(body),
        "neighbours": neighbours[:12],
    }
    return render(request, "public/agency.html", context)
