"""Answers to addresses that cannot be answered: why, and how to go on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from agencies.models import Agency
from reports.models import Report


def refused(request: HttpRequest, explanation: str) -> HttpResponse:
    """What was asked for is clear but cannot be had: the sentence says why and what can."""
    return render(request, "400.html", {"explanation": explanation}, status=400)


def not_public(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """There is no such report to read, but perhaps others of the same agency."""
    agency = get_object_or_404(Agency.objects.select_related("division"), pk=code)
    years = Report.objects.published().filter(agency=agency).order_by("year").values_list("year", flat=True)
    context = {"agency": agency, "year": year, "years": list(years)}
    return render(request, "public/report/not_public.html", context, status=404)
