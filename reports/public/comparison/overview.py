"""Agencies beside each other, all figures and years at once: what was published, what is missing, where they differ most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from agencies.models import Agency
from reports.public.comparison.values import Number, PublishedByYear, Quantity, YearValue, value_of

MAX_HEIGHT = 12


@dataclass(frozen=True)
class ChartValue:
    """A step with its height, in twelfths of the row's greatest figure.

    `extreme` marks the most and the least of the year in which the agencies are set against each other.
    """

    reported: YearValue
    level: int = 0
    extreme: Literal["", "most", "least"] = ""


@dataclass(frozen=True)
class AgencyCell:
    agency: Agency
    reported_values: tuple[ChartValue, ...]


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
class ComparisonRow:
    quantity: Quantity
    cells: tuple[AgencyCell, ...]
    spread: Spread | None


@dataclass(frozen=True)
class Comparison:
    agencies: tuple[Agency, ...]
    years: tuple[int, ...]
    rows: tuple[ComparisonRow, ...]

    @property
    def largest(self) -> ComparisonRow | None:
        """The row in which the agencies differ most; money and percentages are not set against counts."""
        return next((row for row in self.rows if row.spread and row.spread.largest), None)


def compare(
    agencies: Sequence[Agency], years: Sequence[int], quantities: Sequence[Quantity], published: PublishedByYear
) -> Comparison:
    """The table, one row a figure or rate and one cell an agency."""
    rows = [_row(quantity, agencies, years, published) for quantity in quantities]
    counts = [row for row in rows if row.spread and row.quantity.unit == "件"]
    if counts:
        largest = max(counts, key=lambda row: row.spread.difference if row.spread else 0)
        rows = [_mark_largest(row) if row is largest else row for row in rows]
    return Comparison(tuple(agencies), tuple(years), tuple(rows))


def _row(
    quantity: Quantity, agencies: Sequence[Agency], years: Sequence[int], published: PublishedByYear
) -> ComparisonRow:
    values = {
        agency.pk: [value_of(quantity, year, published.get((agency.pk, year))) for year in years] for agency in agencies
    }
    greatest = max((_size(value) for each in values.values() for value in each), default=0.0)
    spread = _spread(agencies, years, values)
    cells = [
        AgencyCell(agency, tuple(_chart_value(value, greatest, agency, spread) for value in values[agency.pk]))
        for agency in agencies
    ]
    return ComparisonRow(quantity, tuple(cells), spread)


def _size(reported: YearValue) -> float:
    return abs(float(reported.value or 0))


def _chart_value(reported: YearValue, greatest: float, agency: Agency, spread: Spread | None) -> ChartValue:
    """The step with its height and, in the year of the spread, whether it is the most or the least."""
    # Whatever is not zero can be seen.
    level = max(1, round(_size(reported) * MAX_HEIGHT / greatest)) if reported.value and greatest else 0
    extreme: Literal["", "most", "least"] = ""
    if spread and reported.year == spread.year:
        # What many share is no extreme worth pointing at.
        if agency == spread.most and spread.most_shared_by == 1:
            extreme = "most"
        elif agency == spread.least and spread.least_shared_by == 1:
            extreme = "least"
    return ChartValue(reported, level, extreme)


def _spread(
    agencies: Sequence[Agency], years: Sequence[int], reported_values: Mapping[str, Sequence[YearValue]]
) -> Spread | None:
    for position in reversed(range(len(years))):
        values = [
            (value, agency) for agency in agencies if (value := reported_values[agency.pk][position].value) is not None
        ]
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


def _mark_largest(row: ComparisonRow) -> ComparisonRow:
    return replace(row, spread=replace(row.spread, largest=True)) if row.spread else row
