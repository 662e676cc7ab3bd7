"""The value that an agency published of one figure or rate in one year; looked up for many at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from django.utils.translation import gettext as _

from agencies.models import Agency
from reports.models import Report, ScopeKind, column_name
from reports.sheets.sheet import printed
from reports.standard import EDITIONS
from reports.standard.measures import HEADLINES, MEASURES, Measure
from reports.standard.rates import RATES, Rate, Share

Number = int | Decimal
Quantity = Measure | Rate
ValueState = Literal["number", "zero", "few", "contradictory", "blank", "mark", "missing", "incomparable"]
COMPARABLE: Mapping[str, Quantity] = HEADLINES | RATES | MEASURES
"""All that can be asked for, by the name that it has in an address."""

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class PublishedFigures:
    """The figures of one published report that a comparison asked for."""

    edition: str
    figures: Mapping[str, Number | None]
    marks: Mapping[str, str] = field(default_factory=dict)
    scope: str = ScopeKind.OWN


PublishedByYear = Mapping[tuple[str, int], PublishedFigures]
"""By agency code and year."""


@dataclass(frozen=True)
class YearValue:
    """One year of one agency. `value` is what can be set against others, a percentage as it is printed.

    `missing`: no report; `incomparable`: the edition of that year does not count this; `blank`: not filled in;
    `few`: a rate of so few cases that only the counts are said; `contradictory`: a part greater than its whole.
    """

    year: int
    state: ValueState
    value: Number | None = None
    shown: str = ""
    part: Number | None = None
    whole: Number | None = None


def published_with_previous_years(
    agencies: Collection[Agency], quantities: Collection[Quantity], years: Collection[int]
) -> PublishedByYear:
    """Changes are counted from the year before, whether it was chosen or not."""
    return published_figures(agencies, quantities, {year - before for year in years for before in (0, 1)})


def published_figures(
    agencies: Collection[Agency], quantities: Collection[Quantity], years: Collection[int] | None = None
) -> PublishedByYear:
    """What the agencies published in those years, or in all: one query, however many there are."""
    keys = [
        (name, key, column_name(name, key, "published__"))
        for name in EDITIONS
        for key in dict.fromkeys(key for quantity in quantities for key in quantity.figures.get(name, ()))
    ]
    reports = Report.objects.published().filter(agency__in=agencies)
    if years is not None:
        reports = reports.filter(year__in=years)
    rows = reports.order_by().values_list(
        "agency_id",
        "year",
        "published__edition",
        "published__marks",
        "published__scope_kind",
        *(column for *_, column in keys),
    )
    return {
        (code, year): PublishedFigures(
            edition,
            {key: value for (name, key, _), value in zip(keys, values, strict=True) if name == edition},
            marks,
            scope,
        )
        for code, year, edition, marks, scope, *values in rows
    }


def other_scopes(
    agencies: Collection[Agency], years: Collection[int], published: PublishedByYear
) -> list[tuple[Agency, str, list[int]]]:
    """Whose figures in which years are not those of the body alone, or may not be, so that they compare with others' only under
    reserve: the agency, whom its reports cover, the years."""
    found: dict[tuple[str, str], list[int]] = {}
    for agency in agencies:
        for year in sorted(years):
            report = published.get((agency.pk, year))
            if report and report.scope != ScopeKind.OWN:
                found.setdefault((agency.pk, report.scope), []).append(year)
    by_code = {agency.pk: agency for agency in agencies}
    return [(by_code[code], str(ScopeKind(scope).label), years) for (code, scope), years in found.items()]


def value_of(quantity: Quantity, year: int, report: PublishedFigures | None) -> YearValue:
    """What the report says of it, if there is one."""
    if report is None:
        return YearValue(year, "missing")
    keys = quantity.figures.get(report.edition)
    if keys is None:
        return YearValue(year, "incomparable")
    if isinstance(quantity, Rate):
        return _share_value(year, quantity.of(report.edition, report.figures))
    value = quantity.of(report.edition, report.figures)
    if value is not None:
        return YearValue(year, "number" if value else "zero", value, printed(value))
    mark = report.marks.get(keys[0], "") if len(keys) == 1 else ""
    return YearValue(year, "mark", shown=mark) if mark else YearValue(year, "blank")


def _share_value(year: int, share: Share) -> YearValue:
    if share.percent is not None:
        value = share.percent.quantize(TENTH, ROUND_HALF_UP)
        return YearValue(year, "number" if value else "zero", value, f"{value}%", share.part, share.whole)
    if share.state == "unknown":
        return YearValue(year, "blank", part=share.part, whole=share.whole)
    state: ValueState = "few" if share.state == "few" else "contradictory"
    counts = _("%(part)s／%(whole)s") % {"part": printed(share.part), "whole": printed(share.whole)}
    return YearValue(year, state, None, counts, share.part, share.whole)
