"""Several agencies beside each other; everything chosen stands in the address."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.finding import agencies_named
from agencies.models import Agency, Division, Kind, Level
from reports.models import Report
from reports.public.comparing import COMPARABLE, MOST_AGENCIES, MOST_MEASURES, compare, published_figures
from reports.public.sheet import Sheet, draw
from reports.standard import CURRENT
from reports.standard.measures import HEADLINES, MEASURES, Measure

CODE = re.compile(r"[0-9]{12}(-[0-9]{2})?")
MOST_FOUND = 20
LONGEST_SEARCH = 100


@dataclass
class Choice:
    """What an address asks for, as far as it can be had; `notices` say in words what could not."""

    agencies: list[Agency] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    published_years: list[int] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


@require_safe
def comparison(request: HttpRequest) -> HttpResponse:
    choice = _read(request.GET)
    text = request.GET.get("find", "").replace("\0", "")[:LONGEST_SEARCH].strip()
    found, places = _find(text, choice)
    said = published_figures(choice.agencies, choice.years, choice.measures) if choice.agencies else {}
    context = {
        "choice": choice,
        "find": text,
        "found": found,
        "places": places,
        "headlines": HEADLINES,
        "chosen_keys": {measure.key for measure in choice.measures},
        "pickers": _pickers(),
        "trial_only": [measure for measure in MEASURES.values() if measure.edition != CURRENT.name],
        "comparison": compare(choice.agencies, choice.years, choice.measures, said) if choice.agencies else None,
    }
    return render(request, "public/compare.html", context)


def _read(asked: QueryDict) -> Choice:
    choice = Choice()
    _read_agencies(asked, choice)
    _read_years(asked, choice)
    _read_measures(asked, choice)
    return choice


def _read_agencies(asked: QueryDict, choice: Choice) -> None:
    codes = list(dict.fromkeys(code.strip() for code in asked.getlist("agency") if code.strip()))
    within = [code for code in asked.getlist("within") if code.isascii() and code.isdigit()][:1]
    wellformed = [code for code in codes if CODE.fullmatch(code)][: 2 * MOST_AGENCIES]
    known = {agency.pk: agency for agency in _agencies(Q(pk__in=wellformed))} if wellformed else {}
    choice.agencies = [known[code] for code in codes if code in known]
    if within:
        inside = _agencies(
            Q(code__startswith=within[0][:6], kind__in=(Kind.TOWNSHIP, Kind.SUBDISTRICT)) & ~Q(pk__in=known)
        )
        choice.agencies += list(inside[: MOST_AGENCIES + 1])
    unknown = [code for code in codes[: 2 * MOST_AGENCIES] if code not in known]
    if unknown:
        choice.notices.append(_("没有代码为 %s 的机构，已略去。") % _("、").join(code[:20] for code in unknown[:5]))
    if len(codes) > 2 * MOST_AGENCIES or len(choice.agencies) > MOST_AGENCIES:
        choice.notices.append(_("一次最多比较 %s 个机构，其余没有列入。") % MOST_AGENCIES)
    choice.agencies = choice.agencies[:MOST_AGENCIES]


def _agencies(condition: Q) -> list[Agency]:
    return list(Agency.objects.filter(condition).select_related("division")[: 2 * MOST_AGENCIES])


def _read_years(asked: QueryDict, choice: Choice) -> None:
    choice.published_years = sorted(
        Report.objects.published()
        .filter(agency__in=choice.agencies)
        .order_by()
        .values_list("year", flat=True)
        .distinct()
    )
    wanted = [year for year in asked.getlist("year") if year]
    years = {int(year) for year in wanted if year.isascii() and year.isdigit() and len(year) == 4}
    choice.years = [year for year in choice.published_years if year in years or not years]
    missing = sorted(set(wanted) - {str(year) for year in choice.years})
    if wanted and missing and choice.agencies:
        choice.notices.append(_("所选机构没有 %s 年的报告。") % _("、").join(year[:8] for year in missing[:5]))


def _read_measures(asked: QueryDict, choice: Choice) -> None:
    wanted = list(dict.fromkeys(key for key in asked.getlist("figure") if key))
    choice.measures = [COMPARABLE[key] for key in wanted if key in COMPARABLE]
    unknown = [key for key in wanted if key not in COMPARABLE]
    if unknown:
        choice.notices.append(_("表格里没有名为 %s 的数据，已略去。") % _("、").join(key[:60] for key in unknown[:5]))
    if len(choice.measures) > MOST_MEASURES:
        choice.notices.append(_("一次最多比较 %s 项数据，其余没有列入。") % MOST_MEASURES)
    choice.measures = choice.measures[:MOST_MEASURES] or list(HEADLINES.values())


def _find(text: str, choice: Choice) -> tuple[list[Agency], list[Division]]:
    """Agencies that could be added, and counties whose townships could be added together."""
    if not text:
        return [], []
    found = agencies_named(text).exclude(pk__in=[agency.pk for agency in choice.agencies]).select_related("division")
    words = text.split()
    places = (
        Division.objects.filter(level=Level.COUNTY, name__startswith=words[-1]) if words else Division.objects.none()
    )
    return list(found[:MOST_FOUND]), list(places[:5])


def _pickers() -> list[Sheet]:
    """The tables of the form in force, to choose figures in."""
    return [draw(table, CURRENT, {}, {}, {}, ()) for table in CURRENT.tables]
