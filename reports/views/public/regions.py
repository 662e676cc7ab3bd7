"""Regions: what the reports of a county, a city, a province and the nation say together, with the way down."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.models import Division, Level
from config.language import pick
from reports.exporting.as_xlsx import CONTENT_TYPE as XLSX_TYPE
from reports.exporting.data import CSV_TYPE, JSON_TYPE
from reports.exporting.plain_table import as_csv, as_xlsx
from reports.public import region_files
from reports.public.comparison.query import MAX_AGENCIES
from reports.public.region_query import RegionQuery, read_region_query
from reports.public.regions import line_above, taken_down
from reports.standard.measures import HEADLINES
from reports.views.refused import refused

FILES = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}


@require_safe
def region(request: HttpRequest, code: str | None = None) -> HttpResponse:
    """One region, the nation without a code. `year` and `sort` are for the table of its parts."""
    shown = _read(request, code)
    context = {
        "shown": shown,
        "above": line_above(shown.place) if shown.place else [],
        "measures": HEADLINES.values(),
        "columns": _columns(shown),
        "compare": _comparison(shown),
        "files": FILES.items(),
        "address": request.path,
        "taken_down": taken_down(shown.place, shown.year) if shown.year else 0,
        "chosen": shown.totals.get(shown.year) if shown.year else None,
    }
    return render(request, "public/region.html", context)


@require_safe
def region_file(request: HttpRequest, form: str, code: str | None = None) -> HttpResponse:
    """What the page of the same address shows, in one of `FILES`."""
    shown = _read(request, code)
    if shown.unknown_year:
        return refused(request, _("没有 %(asked)s 年度的报告。") % {"asked": shown.unknown_year})
    if form == "csv":
        content, content_type = as_csv(region_files.keys(), region_files.lines(shown)), CSV_TYPE
    elif form == "xlsx":
        content, content_type = as_xlsx(shown.name, region_files.titles(), region_files.lines(shown)), XLSX_TYPE
    elif form == "json":
        content, content_type = region_files.as_json(shown), JSON_TYPE
    else:
        raise Http404
    response = HttpResponse(content, content_type=content_type)
    name = f"nianbao-{shown.place.code if shown.place else 'china'}-{shown.year or 'none'}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _read(request: HttpRequest, code: str | None) -> RegionQuery:
    known = Division.objects.governed().select_related("parent__parent__parent")
    place = get_object_or_404(known, pk=code) if code else None
    return read_region_query(place, request.GET.get("year", ""), request.GET.get("sort", ""))


def _columns(shown: RegionQuery) -> list[dict[str, str]]:
    """The columns that lines can be ordered by, each with what a click on it asks for: the greatest first, then the least."""
    names = {key: pick(measure.label, measure.label_en) for key, measure in HEADLINES.items()}
    if not shown.of_units:
        names = {"owing": _("应编制"), "published": _("已公开")} | names
    ordered = {f"-{key}": "descending" for key in names} | dict.fromkeys(names, "ascending")
    key_now = shown.sort.removeprefix("-")
    return [
        {
            "name": name,
            "next": key if shown.sort == f"-{key}" else f"-{key}",
            "ordered": ordered[shown.sort] if key == key_now else "",
        }
        for key, name in names.items()
    ]


def _comparison(shown: RegionQuery) -> str:
    """The address that sets the parts beside each other; empty where there are none, or too many."""
    place = shown.place
    if place is None or not shown.lines or len(shown.lines) > MAX_AGENCIES:
        return ""
    if shown.of_units and place.level != Level.COUNTY:
        return ""
    return f"{reverse('compare')}?agency=division:{place.code}"
