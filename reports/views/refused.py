"""Answers to addresses that cannot be answered: why, and how to go on."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from agencies.models import Agency
from reports.models import Report, TakeDownKind, told_of


def refused(request: HttpRequest, explanation: str) -> HttpResponse:
    """What was asked for is clear but cannot be had: the sentence says why and what can."""
    return render(request, "400.html", {"explanation": explanation}, status=400)


def not_public(request: HttpRequest, code: str, year: int, number: int | None = None) -> HttpResponse:
    """There is no such report to read, but perhaps others of the same agency; or it was taken down, which is said.
    `number` is that of the version that was asked for."""
    agency = get_object_or_404(Agency.objects.select_related("division"), pk=code)
    years = Report.objects.published().filter(agency=agency).order_by("year").values_list("year", flat=True)
    context = {"agency": agency, "year": year, "years": list(years)}
    down = Report.objects.filter(agency=agency, year=year)
    down = down.with_taken_down_version(number) if number else down.taken_down()
    if report := down.first():
        return render(request, "public/report/taken_down.html", context | _taken_down(report), status=410)
    return render(request, "public/report/not_public.html", context, status=404)


def _taken_down(report: Report) -> dict[str, Any]:
    """When, by which office and why; and whether something newer can be read."""
    acts = [act for act in told_of(report) if act.kind == TakeDownKind.WITHDRAWN]
    return {"report": report, "act": acts[-1] if acts else None}
