"""What an address asks of a region: its years, one of them in detail, and the order of the parts."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from agencies.models import Division
from reports.catalogue.published import leading_year
from reports.public.regions import Line, RegionTotals, by_part, by_unit, by_year, in_order, parts_of, years_of_the_site
from reports.standard.measures import HEADLINES

COLUMNS = ("owing", "published", *HEADLINES)
"""The parts can be ordered by these; with `-` before it, the greatest come first."""


@dataclass
class RegionQuery:
    """A region, the nation without a place: its totals by year, and its parts in one of them."""

    place: Division | None
    years: list[int]
    totals: dict[int, RegionTotals]
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


def read_region_query(place: Division | None, wanted: str, sort: str) -> RegionQuery:
    """`wanted` is a year and `sort` one of the columns; what cannot be had is passed over, an unknown year named."""
    years = years_of_the_site()
    totals = by_year(place, years) if years else {}
    shown = RegionQuery(place, years, totals, parts_of(place))
    begin_with = leading_year({year: totals[year].published for year in years if totals[year].published})
    shown.year = next((year for year in years if str(year) == wanted), begin_with or next(iter(years), None))
    shown.unknown_year = wanted[:8] if wanted and wanted != str(shown.year) else ""
    if shown.year is not None:
        shown.lines = _lines(shown, shown.year)
    if sort.removeprefix("-") in COLUMNS:
        shown.sort = sort
        shown.lines = in_order(shown.lines, sort)
    return shown


def _lines(shown: RegionQuery, year: int) -> list[Line]:
    if shown.place is not None and shown.of_units:
        return [*by_unit(shown.place, year)]
    return [*by_part(shown.place, shown.parts, year)]
