"""Agencies × years × measures as one table: what was published, what is missing, and where the agencies differ most.

`compare` is pure; `published_figures` fetches what it needs in one query, however many agencies there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from agencies.models import Agency
from reports.models import Report
from reports.public.sheet import printed
from reports.standard import EDITIONS
from reports.standard.measures import HEADLINES, MEASURES, Measure

Number = int | Decimal
State = Literal["number", "zero", "blank", "mark", "missing", "incomparable"]
MOST_AGENCIES = 60
MOST_MEASURES = 60
STEPS = 12
COMPARABLE: Mapping[str, Measure] = HEADLINES | MEASURES
"""All that can be asked for, by the name that it has in an address."""


@dataclass(frozen=True)
class Published:
    """The figures of one published report that a comparison asked for."""

    edition: str
    figures: Mapping[str, Number | None]
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One year in a cell. `level` is its height, in twelfths of the row's greatest figure.

    `extreme` marks the most and the least of the year in which the agencies are set against each other.
    `missing`: no report; `incomparable`: the edition of that year does not count this; `blank`: not filled in.
    """

    year: int
    state: State
    value: Number | None = None
    shown: str = ""
    level: int = 0
    extreme: Literal["", "most", "least"] = ""


@dataclass(frozen=True)
class Cell:
    agency: Agency
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Spread:
    """How far apart the agencies are in the last year for which two of them have a figure.

    `most` and `least` are the first of those that share the value.
    """

    year: int
    difference: Number
    most: Agency
    most_value: Number
    least: Agency
    least_value: Number
    most_shared_by: int = 1
    least_shared_by: int = 1
    largest: bool = False


@dataclass(frozen=True)
class Row:
    measure: Measure
    cells: tuple[Cell, ...]
    spread: Spread | None


@dataclass(frozen=True)
class Comparison:
    agencies: tuple[Agency, ...]
    years: tuple[int, ...]
    rows: tuple[Row, ...]

    @property
    def largest(self) -> Row | None:
        """The row in which the agencies differ most; amounts of money are not set against counts."""
        return next((row for row in self.rows if row.spread and row.spread.largest), None)


Said = Mapping[tuple[str, int], Published]


def published_figures(agencies: Collection[Agency], years: Collection[int], measures: Collection[Measure]) -> Said:
    """What the agencies published in those years, by agency code and year."""
    keys = [
        (name, key, f"published__figures_{name}__{edition.figures[key].field_name}")
        for name, edition in EDITIONS.items()
        for key in dict.fromkeys(key for measure in measures for key in measure.figures.get(name, ()))
    ]
    rows = (
        Report.objects.published()
        .filter(agency__in=agencies, year__in=years)
        .values_list("agency_id", "year", "published__edition", "published__marks", *(column for *_, column in keys))
    )
    return {
        (code, year): Published(
            edition, {key: value for (name, key, _), value in zip(keys, values, strict=True) if name == edition}, marks
        )
        for code, year, edition, marks, *values in rows
    }


def compare(agencies: Sequence[Agency], years: Sequence[int], measures: Sequence[Measure], said: Said) -> Comparison:
    """The table, one row a measure and one cell an agency."""
    rows = [_row(measure, agencies, years, said) for measure in measures]
    counts = [row for row in rows if row.spread and row.measure.unit == "件"] or [row for row in rows if row.spread]
    if counts:
        largest = max(counts, key=lambda row: row.spread.difference if row.spread else 0)
        rows = [_mark_largest(row) if row is largest else row for row in rows]
    return Comparison(tuple(agencies), tuple(years), tuple(rows))


def _row(measure: Measure, agencies: Sequence[Agency], years: Sequence[int], said: Said) -> Row:
    steps = {agency.pk: [_step(measure, year, said.get((agency.pk, year))) for year in years] for agency in agencies}
    greatest = max((_size(step) for each in steps.values() for step in each), default=0.0)
    spread = _spread(agencies, years, steps)
    cells = [
        Cell(agency, tuple(_drawn(step, greatest, agency, spread) for step in steps[agency.pk])) for agency in agencies
    ]
    return Row(measure, tuple(cells), spread)


def _step(measure: Measure, year: int, report: Published | None) -> Step:
    if report is None:
        return Step(year, "missing")
    keys = measure.figures.get(report.edition)
    if keys is None:
        return Step(year, "incomparable")
    value = measure.of(report.edition, report.figures)
    if value is not None:
        return Step(year, "number" if value else "zero", value, printed(value))
    mark = report.marks.get(keys[0], "") if len(keys) == 1 else ""
    return Step(year, "mark", shown=mark) if mark else Step(year, "blank")


def _size(step: Step) -> float:
    return abs(float(step.value or 0))


def _drawn(step: Step, greatest: float, agency: Agency, spread: Spread | None) -> Step:
    """The step with its height and, in the year of the spread, whether it is the most or the least."""
    # Whatever is not zero can be seen.
    level = max(1, round(_size(step) * STEPS / greatest)) if step.value and greatest else 0
    extreme: Literal["", "most", "least"] = ""
    if spread and step.year == spread.year:
        # What many share is no extreme worth pointing at.
        if agency == spread.most and spread.most_shared_by == 1:
            extreme = "most"
        elif agency == spread.least and spread.least_shared_by == 1:
            extreme = "least"
    return replace(step, level=level, extreme=extreme)


def _spread(agencies: Sequence[Agency], years: Sequence[int], steps: Mapping[str, Sequence[Step]]) -> Spread | None:
    for position in reversed(range(len(years))):
        values = [(value, agency) for agency in agencies if (value := steps[agency.pk][position].value) is not None]
        if len(values) < 2:
            continue
        most, most_agency = max(values, key=lambda pair: pair[0])
        least, least_agency = min(values, key=lambda pair: pair[0])
        if most == least:
            return None
        shared = Counter(value for value, _agency in values)
        return Spread(
            years[position], most - least, most_agency, most, least_agency, least, shared[most], shared[least]
        )
    return None


def _mark_largest(row: Row) -> Row:
    return replace(row, spread=replace(row.spread, largest=True)) if row.spread else row
