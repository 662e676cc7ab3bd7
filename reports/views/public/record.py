"""The record for those who do not want to take our word: signed heads day by day, and the proof of each report."""

from __future__ import annotations

import datetime

from django.db.models import Max, Min, Sum
from django.db.models.functions import TruncDate
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.models import RecordHead
from agencies.record.proving import FORMAT, head_as_json
from agencies.record.signing import public_key
from reports.models import Report
from reports.public.report_proof import report_proof
from reports.views.refused import not_public

DAYS_A_PAGE = 60


@require_safe
def record(request: HttpRequest) -> HttpResponse:
    """The public key, the newest head and the days, the newest first; `?before=` leads to earlier ones."""
    before = _day(request.GET["before"]) if "before" in request.GET else None
    heads = RecordHead.objects.filter(sealed_at__lt=_begin(before)) if before else RecordHead.objects.all()
    days = heads.order_by().values(day=TruncDate("sealed_at"))
    days = days.annotate(first=Min("number"), last=Max("number"), records=Sum("size"))
    shown = list(days.order_by("-day")[: DAYS_A_PAGE + 1])
    context = {
        "public_key": public_key(),
        "newest": RecordHead.objects.order_by("number").last(),
        "days": shown[:DAYS_A_PAGE],
        "earlier": shown[DAYS_A_PAGE - 1]["day"] if len(shown) > DAYS_A_PAGE else None,
    }
    return render(request, "public/record.html", context)


@require_safe
def record_of_day(request: HttpRequest, day: str) -> JsonResponse:
    """All heads of a day, by Shanghai's clock: the file to keep."""
    begin = _begin(_day(day))
    heads = RecordHead.objects.filter(sealed_at__gte=begin, sealed_at__lt=begin + datetime.timedelta(days=1))
    found = [head_as_json(head) for head in heads.order_by("number")]
    if not found:
        raise Http404
    return JsonResponse({"format": FORMAT, "day": day, "public_key": public_key(), "heads": found})


@require_safe
def proof(request: HttpRequest, code: str, year: str) -> HttpResponse:
    report = Report.objects.published().filter(agency=code, year=int(year)).first()
    if report is None:
        return not_public(request, code, int(year))
    return JsonResponse(report_proof(report))


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error


def _begin(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
