"""What readers may see: published reports with their headline figures, whether they balance, the numbers of a year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Left

from agencies.models import Agency, Division, Level
from reports.models import Decision, Finding, Report, Severity, State, Version
from reports.standard import EDITIONS
from reports.standard.measures import HEADLINES, Measure

EQUATION_RULES = frozenset(equation.rule for edition in EDITIONS.values() for equation in edition.equations)
"""The rules whose findings are public with the report; any other only once a supervisor has confirmed it."""

UNDECIDED_RULES = ("undecided", "missing_table", "not_a_count")
"""The rules that say of a figure that it is none: a report without it is neither balanced nor broken."""

PUBLIC_STATES = (State.PUBLISHED, State.SUPERSEDED)


def broken_equations() -> Q:
    """The findings that say that a published table contradicts itself."""
    return Q(rule__in=EQUATION_RULES, severity=Severity.ERROR) & ~Q(decision=Decision.RESOLVED)


def unbalanced() -> Exists:
    """Whether the published version of a report has a broken equation."""
    return Exists(Finding.objects.filter(broken_equations(), version=OuterRef("published")))


def missing_figures() -> Q:
    """The findings that say that a published table lacks something, so that not every equation can be decided."""
    return Q(rule__in=UNDECIDED_RULES) & ~Q(decision=Decision.RESOLVED)


def undecided() -> Exists:
    """Whether something is missing in the published version of a report."""
    return Exists(Finding.objects.filter(missing_figures(), version=OuterRef("published")))


def public_findings(version: Version) -> QuerySet[Finding]:
    """What readers are told about a version: its broken equations, and what a supervisor has confirmed."""
    return version.findings.filter(broken_equations() | Q(decision=Decision.CONFIRMED))


def headline(measure: Measure, version: str = "published__") -> Combinable:
    """The database expression of a headline figure, whichever edition the version has."""
    sums = []
    for edition in EDITIONS.values():
        keys = measure.figures[edition.name]
        columns = [F(f"{version}figures_{edition.name}__{edition.figures[key].field_name}") for key in keys]
        total: Combinable = columns[0]
        for column in columns[1:]:
            total = total + column
        sums.append(total)
    return Coalesce(*reversed(sums))


def reports_with_verdict() -> QuerySet[Report]:
    """Published reports with their agencies, each with `unbalanced` and `undecided`."""
    reports = Report.objects.published().select_related("agency__division")
    return reports.annotate(unbalanced=unbalanced(), undecided=undecided())


def reports_with_headlines() -> QuerySet[Report]:
    """Published reports, each with its headline figures and verdict, in one query however many there are."""
    figures = {key: headline(measure) for key, measure in HEADLINES.items()}
    return reports_with_verdict().select_related("published").annotate(**figures)


def balance(report: Report) -> str:
    """Whether a report balances: yes, no, or unknown where figures are missing. Expects `reports_with_headlines`."""
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
    found = reports_with_headlines().in_bulk(newest)
    return [found[report] for report in newest if report in found]


def owing(year: int) -> QuerySet[Agency]:
    """The agencies that owe a report for that year."""
    return Agency.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__year__lte=year),
        Q(valid_to__isnull=True) | Q(valid_to__year__gt=year),
        owes_report=True,
    )


@dataclass(frozen=True)
class Region:
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
    """The year's reports taken together. One that covers a subtree counts what its parts count: it is left out."""
    reports = Report.objects.published().filter(year=year, published__scope_kind="own")
    sums = reports.aggregate(**{key: Sum(headline(measure)) for key, measure in HEADLINES.items()})
    unbalanced = Finding.objects.filter(
        broken_equations(), version__state=State.PUBLISHED, version__report__year=year
    ).aggregate(reports=Count("version", distinct=True))
    return YearInNumbers(
        year,
        filed,
        owing(year).count(),
        unbalanced["reports"],
        [(measure, sums[key]) for key, measure in HEADLINES.items()],
    )


def regions(year: int) -> list[Region]:
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
    owed = dict(owing(year).order_by().values_list(Left("code", digits)).annotate(Count("pk")))
    return [Region(place, filed.get(place.prefix, 0), owed.get(place.prefix, 0)) for place in divisions]


@dataclass(frozen=True)
class YearOfAgency:
    """One year of an agency; without a report it is a gap."""

    year: int
    report: Report | None
    values: list[int | None]


def headline_history(agency: Agency) -> list[YearOfAgency]:
    """Every year from its first published report to its last, the newest first."""
    reports = {report.year: report for report in reports_with_headlines().filter(agency=agency)}
    if not reports:
        return []
    return [
        YearOfAgency(year, report := reports.get(year), [getattr(report, key) for key in HEADLINES] if report else [])
        for year in range(max(reports), min(reports) - 1, -1)
    ]
