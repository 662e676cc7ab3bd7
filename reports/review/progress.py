"""The progress of a year: of those that owe a report, who has handed it in, in time or late, and who has not.

Counted in the database, so that the nation's forty thousand units take no longer than a page may.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    DateTimeField,
    F,
    FilteredRelation,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Least, Left, TruncDate
from django.utils.translation import gettext_lazy as _

from agencies.access import scope_of
from agencies.codes import AGENCY_CODE_LENGTH, DIVISION_CODE_LENGTH, PREFIX_LENGTHS
from agencies.models import Agency, Division, Level, Role, User, owing_in, within
from reports.deadlines.due_expression import due_on
from reports.models import Report, State, Version

FILED = (State.SUBMITTED, State.PUBLISHED, State.SUPERSEDED, State.TAKEN_DOWN)
"""The states of a version that was handed in; what was given back was not, what was taken down later was."""


class FilingStatus(TextChoices):
    """`on_time` and `late` have handed it in, by the day that applies to them or after it."""

    ON_TIME = "on_time", _("按期报送")
    LATE = "late", _("逾期报送")
    RETURNED = "returned", _("已退回")
    IN_WORK = "in_work", _("在办")
    MISSING = "missing", _("未报")


NOT_FILED = (FilingStatus.RETURNED, FilingStatus.IN_WORK, FilingStatus.MISSING)


def units_of(user: User, region: Division | None, own: bool = False) -> QuerySet[Agency]:
    """The agencies in the region that the user supervises; with `own` only the bodies of the place itself."""
    units = Agency.objects.filter(scope_of(user, Role.SUPERVISOR))
    if region is None:
        return units
    return units.filter(division=region) if own else units.filter(within(region))


def with_filing_status(units: QuerySet[Agency], year: int) -> QuerySet[Any]:
    """Those that owe a report on the year, each with `due` and `filed_on` (days), `state` of what is in work, `standing`.

    What was handed in here counts from the day it was; what was published elsewhere from that day, where it is known.
    """
    handed_in = (
        Version.objects.filter(report=OuterRef("of_year__pk"), state__in=FILED)
        .order_by()
        .values("report")
        .annotate(first=Min(Coalesce("submitted_at", "published_at")))
    )
    here = TruncDate(Subquery(handed_in.values("first"), output_field=DateTimeField()))
    elsewhere = F("of_year__official_on")
    return (
        units.filter(owing_in(year))
        .alias(of_year=FilteredRelation("reports", condition=Q(reports__year=year)))
        .annotate(
            due=due_on(year),
            filed_on=Case(
                When(of_year__published=None, of_year__working__state=State.SUBMITTED, then=here),
                When(of_year__published=None, of_year__working=None, then=here),
                When(of_year__published__isnull=False, then=Coalesce(Least(here, elsewhere), here, elsewhere)),
                output_field=DateField(),
            ),
            state=F("of_year__working__state"),
        )
        .annotate(
            standing=Case(
                When(filed_on__lte=F("due"), then=Value(FilingStatus.ON_TIME)),
                When(filed_on__isnull=False, then=Value(FilingStatus.LATE)),
                When(state=State.RETURNED, then=Value(FilingStatus.RETURNED)),
                When(state__isnull=False, then=Value(FilingStatus.IN_WORK)),
                default=Value(FilingStatus.MISSING),
                output_field=CharField(),
            )
        )
    )


@dataclass
class Counts:
    """How many of the units that owe a report stand how."""

    by: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FilingStatus.values, 0))

    @property
    def owing(self) -> int:
        return sum(self.by.values())

    @property
    def filed(self) -> int:
        return self.by[FilingStatus.ON_TIME] + self.by[FilingStatus.LATE]

    @property
    def not_filed(self) -> int:
        return self.owing - self.filed

    def share(self, count: int) -> float | None:
        """In percent of those that owe one; None where nobody does."""
        return 100 * count / self.owing if self.owing else None

    @property
    def shares(self) -> list[tuple[FilingStatus, int, float | None]]:
        return [(standing, self.by[standing], self.share(self.by[standing])) for standing in FilingStatus]

    @property
    def filed_share(self) -> float | None:
        return self.share(self.filed)

    def add(self, other: Mapping[str, int]) -> None:
        for standing, count in other.items():
            self.by[standing] += count


@dataclass
class ProgressRow:
    """One line of the table: a part of the region, its own bodies (`own`), or one agency. `years` holds, by year, how
    many filed and how many owed."""

    name: str
    division: Division | None = None
    agency: Agency | None = None
    own: bool = False
    counts: Counts = field(default_factory=Counts)
    years: dict[int, tuple[int, int]] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return self.agency.code if self.agency else self.division.code if self.division else ""


def rows(
    units: QuerySet[Agency], region: Division | None, own: bool, year: int, years: Sequence[int]
) -> list[ProgressRow]:
    """The region's parts, or the agencies where it has none; three counts and the names, however many units there are."""
    digits = AGENCY_CODE_LENGTH if own else _digits_below(region)
    standing = _counted(
        with_filing_status(units, year).order_by().values_list(Left("code", digits), "standing").annotate(Count("pk"))
    )
    filed = _counted(_filed(units, years).values_list(Left("code", digits), "reports__year").annotate(Count("pk")))
    owing = {
        prefix: dict(zip(years, counts, strict=True))
        for prefix, *counts in units.order_by()
        .values_list(Left("code", digits))
        .annotate(**{f"owing_{each}": Count("pk", filter=owing_in(each)) for each in years})
    }
    found = []
    for row, prefix in _named(units, region, digits, [prefix for prefix in owing if any(owing[prefix].values())]):
        row.counts.add(standing.get(prefix, {}))
        row.years = {each: (filed.get(prefix, {}).get(each, 0), owing[prefix][each]) for each in years}
        found.append(row)
    return _folded(found, region, years) if region and region.level == Level.COUNTY and not own else found


def totals(found: Iterable[ProgressRow], years: Sequence[int]) -> ProgressRow:
    """All lines taken together."""
    total = ProgressRow("")
    total.years = dict.fromkeys(years, (0, 0))
    for row in found:
        total.counts.add(row.counts.by)
        for year in years:
            filed, owing = total.years[year]
            total.years[year] = filed + row.years[year][0], owing + row.years[year][1]
    return total


def _digits_below(region: Division | None) -> int:
    """By how many digits the lines differ: those of the level below, of the agencies from the county downwards."""
    level = region.level + 1 if region else Level.PROVINCE
    return PREFIX_LENGTHS[level] if level < Level.TOWNSHIP else AGENCY_CODE_LENGTH


def _counted(lines: Iterable[tuple[Any, ...]]) -> dict[str, dict[Any, int]]:
    found: dict[str, dict[Any, int]] = defaultdict(dict)
    for prefix, key, count in lines:
        found[prefix][key] = count
    return found


def _filed(units: QuerySet[Agency], years: Sequence[int]) -> QuerySet[Agency]:
    """Those who owed a report on one of the years and handed it in, once for each."""
    owed = Q(pk__in=())
    for year in years:
        owed |= Q(owing_in(year), reports__year=year)
    handed_in = Q(reports__published__isnull=False) | Q(reports__working__state=State.SUBMITTED)
    return units.filter(owed, handed_in).order_by()


def _named(
    units: QuerySet[Agency], region: Division | None, digits: int, prefixes: list[str]
) -> list[tuple[ProgressRow, str]]:
    if digits == AGENCY_CODE_LENGTH:
        by_code = {agency.code: agency for agency in units}
        return [(ProgressRow(by_code[code].name, agency=by_code[code]), code) for code in sorted(prefixes)]
    codes = {prefix.ljust(DIVISION_CODE_LENGTH, "0"): prefix for prefix in prefixes}
    return [
        (ProgressRow(place.name, place, own=region is not None and place.pk == region.pk), codes[place.pk])
        for place in Division.objects.filter(pk__in=codes).order_by("code")
    ]


def _folded(found: list[ProgressRow], region: Division, years: Sequence[int]) -> list[ProgressRow]:
    """Of a county the towns with several bodies, and its own bodies, each as one line; a town of one body is that body."""
    by_place: dict[str, list[ProgressRow]] = defaultdict(list)
    for row in found:
        by_place[row.code[:DIVISION_CODE_LENGTH]].append(row)
    places = Division.objects.in_bulk([code for code, several in by_place.items() if len(several) > 1])
    folded = []
    for code, several in by_place.items():
        if len(several) == 1:
            folded += several
            continue
        row = totals(several, years)
        row.name, row.division, row.own = places[code].name, places[code], code == region.code
        folded.append(row)
    return folded


def overdue(units: QuerySet[Agency], year: int, today: datetime.date) -> QuerySet[Any]:
    """The agencies whose day has passed and that have not handed in, the longest first."""
    late = with_filing_status(units, year).filter(standing__in=NOT_FILED, due__lt=today)
    return late.select_related("division").order_by("due", "code")


def years_on_offer(today: datetime.date) -> list[int]:
    """From the newest year with a report down to the oldest; the one that is due next, where there is none yet."""
    known = list(Report.objects.order_by().values_list("year", flat=True).distinct()) or [today.year - 1]
    return list(range(max(known), min(known) - 1, -1))
