"""Regions: what the reports of a county, a city, a province and the nation say together, with the way down."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.models import Division, Level
from config.language import english
from reports.exporting.as_xlsx import CONTENT_TYPE as XLSX_TYPE
from reports.exporting.data import CSV_TYPE
from reports.exporting.plain_table import as_csv, as_xlsx
from reports.public import region_files
from reports.public.comparison.choice import MOST_AGENCIES
from reports.public.regions import (
    Line,
    Totals,
    by_part,
    by_unit,
    by_year,
    in_order,
    line_above,
    parts_of,
    years_of_the_site,
)
from reports.standard.measures import HEADLINES

FILES = {"csv": "CSV", "xlsx": "Excel"}
COLUMNS = ("owing", "published", *HEADLINES)


@dataclass
class Shown:
    """What an address asks for: a region, its totals by year, and its parts in one of them."""

    place: Division | None
    years: list[int]
    totals: dict[int, Totals]
    parts: list[Division]
    year: int | None = None
    unknown_year: str = ""
    sort: str = ""
    lines: list[Line] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.place) if self.place else _("全国")

    @property
    def of_units(self) -> bool:
        """Whether what lies below are agencies and not regions."""
        return self.place is not None and not self.parts


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
        "chosen": shown.totals.get(shown.year) if shown.year else None,
    }
    return render(request, "public/region.html", context)


@require_safe
def region_file(request: HttpRequest, form: str, code: str | None = None) -> HttpResponse:
    """What the page of the same address shows, as CSV or as a workbook."""
    shown = _read(request, code)
    lines = region_files.lines(shown.place, shown.name, shown.totals, shown.lines, shown.year)
    if form == "csv":
        response = HttpResponse(as_csv(region_files.keys(), lines), content_type=CSV_TYPE)
    elif form == "xlsx":
        response = HttpResponse(as_xlsx(shown.name, region_files.titles(), lines), content_type=XLSX_TYPE)
    else:
        raise Http404
    name = f"nianbao-{shown.place.code if shown.place else 'china'}-{shown.year or 'none'}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _read(request: HttpRequest, code: str | None) -> Shown:
    known = Division.objects.governed().select_related("parent__parent__parent")
    place = get_object_or_404(known, pk=code) if code else None
    years = years_of_the_site()
    totals = by_year(place, years) if years else {}
    shown = Shown(place, years, totals, parts_of(place))
    wanted = request.GET.get("year", "")
    with_reports = [year for year in years if totals[year].published]
    newest = next(iter(with_reports or years), None)
    shown.year = next((year for year in years if str(year) == wanted), newest)
    shown.unknown_year = wanted[:8] if wanted and wanted != str(shown.year) else ""
    if shown.year is not None:
        shown.lines = _lines(shown, place, shown.year)
    sort = request.GET.get("sort", "")
    if sort.removeprefix("-") in COLUMNS:
        shown.sort = sort
        shown.lines = in_order(shown.lines, sort)
    return shown


def _lines(shown: Shown, place: Division | None, year: int) -> list[Line]:
    if place is not None and shown.of_units:
        return [*by_unit(place, year)]
    return [*by_part(place, shown.parts, year)]


def _columns(shown: Shown) -> list[dict[str, str]]:
    """The columns that lines can be ordered by, each with what a click on it asks for: the greatest first, then the least."""
    names = {key: measure.label_en if english() else measure.label for key, measure in HEADLINES.items()}
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


def _comparison(shown: Shown) -> str:
    """The address that sets the parts beside each other; empty where there are none, or too many."""
    place = shown.place
    if place is None or not shown.lines or len(shown.lines) > MOST_AGENCIES:
        return ""
    if shown.of_units and place.level != Level.COUNTY:
        return ""
    return f"{reverse('compare')}?agency=division:{place.code}"
