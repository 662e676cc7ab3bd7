"""What is public, taken together: the newest reports, the numbers of a year, the years of an agency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Count, Sum
from django.db.models.functions import Left

from agencies.models import Agency, Division, Level
from reports.catalogue import sums
from reports.models import Finding, Report, State, Version, total_of
from reports.standard.measures import HEADLINES, Measure


def balance(report: Report) -> str:
    """Whether a report balances: yes, no, or unknown where figures are missing. Expects `Report.objects.with_headlines`."""
    if report.unbalanced:  # type: ignore[attr-defined]
        return "no"
    return "unknown" if report.undecided else "yes"  # type: ignore[attr-defined]


def newest_reports(count: int) -> list[Report]:
    """The reports published last, corrections included."""
    # Sorting the versions alone is ten times as fast as sorting them with their figures.
    newest = list(
        Version.objects.filter(state=State.PUBLISHED)
        .order_by("-published_at", "-pk")
        .values_list("report_id", flat=True)[:count]
    )
    found = Report.objects.published().with_headlines().in_bulk(newest)
    return [found[report] for report in newest if report in found]


@dataclass(frozen=True)
class RegionProgress:
    division: Division
    filed: int
    owing: int


@dataclass(frozen=True)
class YearInNumbers:
    year: int
    filed: int
    owing: int
    unbalanced: int
    headlines: list[tuple[Measure, int | None]]


def filed_by_year() -> dict[int, int]:
    """How many reports are published for each year, the newest first."""
    counts = Report.objects.published().order_by("-year").values_list("year").annotate(Count("pk"))
    return dict(counts)


def leading_year(by_year: Mapping[int, int]) -> int | None:
    """The newest year that can stand for the whole: in January there are a few early reports, which say nothing yet.

    Half as many reports as the year before suffice.
    """
    years = sorted(by_year, reverse=True)
    for year, before in pairwise(years):
        if 2 * by_year[year] >= by_year[before]:
            return year
    return years[-1] if years else None


def year_in_numbers(year: int, filed: int) -> YearInNumbers:
    """The year's reports taken together, each body once."""
    reports = Report.objects.published().filter(year=year).alias(use=sums.use_in(None)).filter(use=sums.COUNTED)
    added = reports.aggregate(**{key: Sum(total_of(measure, "published__")) for key, measure in HEADLINES.items()})
    broken = Finding.objects.broken_equations().filter(version__state=State.PUBLISHED, version__report__year=year)
    unbalanced = broken.aggregate(reports=Count("version", distinct=True))
    return YearInNumbers(
        year,
        filed,
        Agency.objects.owing(year).count(),
        unbalanced["reports"],
        [(measure, added[key]) for key, measure in HEADLINES.items()],
    )


def regions(year: int) -> list[RegionProgress]:
    """The places to begin with: the provinces, or the parts of the only one that the register holds, and so on."""
    for level in (Level.PROVINCE, Level.CITY, Level.COUNTY):
        divisions = list(Division.objects.filter(level=level))
        if len(divisions) > 1:
            break
    else:
        return []
    digits = len(divisions[0].prefix)
    by_prefix = Left("agency_id", digits)
    filed = dict(Report.objects.published().filter(year=year).order_by().values_list(by_prefix).annotate(Count("pk")))
    owed = dict(Agency.objects.owing(year).order_by().values_list(Left("code", digits)).annotate(Count("pk")))
    return [RegionProgress(place, filed.get(place.prefix, 0), owed.get(place.prefix, 0)) for place in divisions]


@dataclass(frozen=True)
class YearOfAgency:
    """One year of an agency; without a report it is a gap."""

    year: int
    report: Report | None
    values: list[int | None]


def headline_history(agency: Agency) -> list[YearOfAgency]:
    """Every year from its first published report to its last, the newest first."""
    reports = {report.year: report for report in Report.objects.published().with_headlines().filter(agency=agency)}
    if not reports:
        return []
    return [
        YearOfAgency(year, report := reports.get(year), [getattr(report, key) for key in HEADLINES] if report else [])
        for year in range(max(reports), min(reports) - 1, -1)
    ]
