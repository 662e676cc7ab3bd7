"""What a region's reports say together: the headline figures of a county, a city, a province and the nation by year.

Each body is used once: a report that covers others stands for them (`reports.catalogue.sums`); one of which nobody knows what
it covers, or that overlaps with another, is left out and counted beside the sum. A blank is no zero: it is left out, too,
and counted. A year without reports has no sum at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, Case, Count, ExpressionWrapper, F, Q, QuerySet, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Left

from agencies.models import Agency, AgencyQuerySet, Division, Level, owing_in, within
from reports.catalogue.sums import COUNTED, use_in
from reports.models import COVERING, Report, total_of
from reports.standard.measures import HEADLINES

Number = int | Decimal
Group = str | int


@dataclass
class RegionTotals:
    """`reports` are added, `summaries` of them cover other bodies, too; `covered` are counted in one of those; `unknown` do not say
    what they cover and `overlapping` ones count what others count: they are not added. `owing` agencies owe one.

    `sums` holds None where no report has a number; `blanks` says how many of the reports left it open.
    """

    owing: int = 0
    reports: int = 0
    summaries: int = 0
    covered: int = 0
    unknown: int = 0
    overlapping: int = 0
    sums: dict[str, Number | None] = field(default_factory=lambda: dict.fromkeys(HEADLINES))
    blanks: dict[str, int] = field(default_factory=lambda: dict.fromkeys(HEADLINES, 0))

    def add(self, other: RegionTotals) -> None:
        self.owing += other.owing
        self.reports += other.reports
        self.summaries += other.summaries
        self.covered += other.covered
        self.unknown += other.unknown
        self.overlapping += other.overlapping
        for key in HEADLINES:
            known = [value for value in (self.sums[key], other.sums[key]) if value is not None]
            self.sums[key] = sum(known) if known else None
            self.blanks[key] += other.blanks[key]

    @property
    def published(self) -> int:
        return self.reports + self.covered + self.unknown + self.overlapping

    @property
    def values(self) -> list[tuple[Number | None, int]]:
        """Each headline figure's sum, and how many reports left it blank."""
        return [(self.sums[key], self.blanks[key]) for key in HEADLINES]


@dataclass(frozen=True)
class RegionPart:
    """One line below a region: a part of it, or with no `place` its own bodies taken together."""

    place: Division | None
    totals: RegionTotals


@dataclass(frozen=True)
class ReportingUnit:
    """One line below a county: an agency and its report, if it has published one."""

    agency: Agency
    report: Report | None
    owes: bool
    use: str = ""
    """What the total does with its report (`reports.catalogue.sums`)."""

    @property
    def is_summary(self) -> bool:
        """Whether its report covers other bodies, too."""
        return bool(self.report and self.report.published and self.report.published.scope_kind in COVERING)

    @property
    def values(self) -> list[Number | None]:
        return [getattr(self.report, key) for key in HEADLINES] if self.report else []


Line = RegionPart | ReportingUnit
"""One line of the table below a region."""


def years_of_the_site() -> list[int]:
    """Every year from the first published report to the last, the newest first; the same for every region."""
    years = list(Report.objects.published().order_by().values_list("year", flat=True).distinct())
    return list(range(max(years), min(years) - 1, -1)) if years else []


def by_year(place: Division | None, years: Sequence[int]) -> dict[int, RegionTotals]:
    """The region's totals of each year, in two queries however many there are."""
    found = _totals(_reports(place), F("year"), use_in(place))
    owing = _agencies(place).aggregate(**{str(year): Count("pk", filter=owing_in(year)) for year in years})
    totals = {year: found.get(year, RegionTotals()) for year in years}
    for year in years:
        totals[year].owing = owing[str(year)]
    return totals


def parts_of(place: Division | None) -> list[Division]:
    """The regions right below; a place that only the codes know is replaced by what lies below it. Empty for a county."""
    if place is None:
        return list(Division.objects.filter(level=Level.PROVINCE))
    below = Q(parent=place) | Q(parent__parent=place, parent__placeholder=True)
    return list(Division.objects.governed().filter(below, level__lte=Level.COUNTY))


def by_part(place: Division | None, parts: Sequence[Division], year: int) -> list[RegionPart]:
    """The year's totals of each part, and of what belongs to none of them; in two queries."""
    digits = 2 if place is None else 6
    found = _totals(_reports(place).filter(year=year), Left("agency_id", digits), use_in(place, of_parts=True))
    owing = _agencies(place).owing(year).order_by().values_list(Left("code", digits)).annotate(Count("pk"))
    for prefix, count in owing:
        found[prefix].owing = count
    lines = {part.prefix: RegionPart(part, RegionTotals()) for part in parts}
    own = RegionPart(None, RegionTotals())
    for prefix, totals in found.items():
        line = next((lines[str(prefix)[:end]] for end in (2, 4, 6) if str(prefix)[:end] in lines), own)
        line.totals.add(totals)
    return [own, *lines.values()] if own.totals.owing or own.totals.published else list(lines.values())


def by_unit(place: Division, year: int) -> list[ReportingUnit]:
    """The agencies that owe a report on the year or have published one; in two queries."""
    published = Report.objects.published().with_headlines().filter(within(place, on="agency"), year=year)
    published = published.annotate(use=use_in(place)).select_related("counted_by")
    reports = {report.agency_id: report for report in published}
    owes = owing_in(year)
    expected = (
        _agencies(place).filter(owes | Q(pk__in=list(reports))).annotate(owes=ExpressionWrapper(owes, BooleanField()))
    )
    return [
        ReportingUnit(agency, found := reports.get(agency.pk), agency.owes, found.use if found else "")
        for agency in expected.select_related("division").order_by("code")
    ]


def taken_down(place: Division | None, year: int) -> int:
    """How many reports on the year were taken down and count in no total."""
    reports = Report.objects.taken_down().filter(year=year).order_by()
    return (reports.filter(within(place, on="agency")) if place else reports).count()


def line_above(place: Division) -> list[Division]:
    """The regions above, the highest first; what only the codes know is left out."""
    above = []
    here = place.parent
    while here is not None:
        if not here.placeholder:
            above.append(here)
        here = here.parent
    return above[::-1]


def _reports(place: Division | None) -> QuerySet[Report]:
    published = Report.objects.published().order_by()
    return published.filter(within(place, on="agency")) if place else published


def _agencies(place: Division | None) -> AgencyQuerySet:
    return Agency.objects.under(place) if place else Agency.objects.all()


def _totals(reports: QuerySet[Report], by: Combinable, use: Case) -> defaultdict[Group, RegionTotals]:
    """The totals of each group, summed in the database."""
    wanted: Mapping[str, Combinable] = {key: total_of(measure, "published__") for key, measure in HEADLINES.items()}
    grouped = reports.values(group=by, use=use).annotate(
        count=Count("pk"),
        covering=Count("pk", filter=Q(published__scope_kind__in=COVERING)),
        **{f"{key}_sum": Sum(value) for key, value in wanted.items()},
        **{f"{key}_known": Count(value) for key, value in wanted.items()},
    )
    found: defaultdict[Group, RegionTotals] = defaultdict(RegionTotals)
    for line in map(dict[str, Any], grouped):
        totals = found[line["group"]]
        if line["use"] != COUNTED:
            setattr(totals, line["use"], line["count"])
            continue
        totals.reports, totals.summaries = line["count"], line["covering"]
        for key in HEADLINES:
            totals.sums[key] = line[f"{key}_sum"]
            totals.blanks[key] = line["count"] - line[f"{key}_known"]
    return found


def in_order(lines: Sequence[Line], column: str) -> list[Line]:
    """The lines by one of their figures, with `-` before it the greatest first; what has none comes last."""
    key, sign = column.removeprefix("-"), -1 if column.startswith("-") else 1
    figures = [(_figure(line, key), line) for line in lines]
    known = [(figure, line) for figure, line in figures if figure is not None]
    known.sort(key=lambda pair: sign * pair[0])
    return [line for _figure, line in known] + [line for figure, line in figures if figure is None]


def _figure(line: Line, key: str) -> Number | None:
    if isinstance(line, ReportingUnit):
        return dict(zip(HEADLINES, line.values, strict=False)).get(key)
    counts = {"owing": line.totals.owing, "published": line.totals.published or None}
    return counts.get(key, line.totals.sums.get(key))
