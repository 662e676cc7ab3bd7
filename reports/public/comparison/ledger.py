"""One figure or rate of many agencies: through the years, or of one year beside others. With changes, ranks and shades.

Pure: what was published is handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from agencies.models import Agency
from reports.public.comparison.values import TENTH, Number, PublishedByYear, Quantity, YearValue, value_of
from reports.standard.rates import SMALLEST_WHOLE, Rate

SHADES = 5


@dataclass(frozen=True)
class ValueChange:
    """`difference` in the unit of the figure, for rates in percentage points. `percent` only where it says something: of
    counts and amounts that were not small before."""

    difference: Number
    percent: Decimal | None = None


@dataclass(frozen=True)
class LedgerCell:
    """`change` is that from the calendar year before; `rank` 1 has the most, equal values share a rank; `shade` runs from 0
    (zero) to 5, None without a value."""

    reported: YearValue
    change: ValueChange | None = None
    rank: int | None = None
    shade: int | None = None


@dataclass(frozen=True)
class LedgerLine:
    agency: Agency
    entries: tuple[LedgerCell, ...]
    overall: ValueChange | None = None


@dataclass(frozen=True)
class Shade:
    """The values that one shade stands for, both ends included."""

    level: int
    lowest: Number
    highest: Number


@dataclass(frozen=True)
class Ledger:
    """The lines are agencies. The columns are years of one quantity, or quantities of one year."""

    quantities: tuple[Quantity, ...]
    years: tuple[int, ...]
    lines: tuple[LedgerLine, ...]
    shades: tuple[Shade, ...] = ()


def through_years(
    quantity: Quantity, agencies: Sequence[Agency], years: Sequence[int], published: PublishedByYear
) -> Ledger:
    """`published` should know the years before those shown too, for the changes."""

    def reported(agency: Agency, year: int) -> YearValue:
        return value_of(quantity, year, published.get((agency.pk, year)))

    reported_values = {agency.pk: [reported(agency, year) for year in years] for agency in agencies}
    ranks = [
        ranked([reported_values[agency.pk][position].value for agency in agencies]) for position in range(len(years))
    ]
    shades = _shades([each.value for line in reported_values.values() for each in line])
    lines = []
    for place, agency in enumerate(agencies):
        own = reported_values[agency.pk]
        entries = (
            LedgerCell(
                each,
                change(quantity, reported(agency, each.year - 1).value, each.value),
                ranks[position][place],
                _shade(each.value, shades),
            )
            for position, each in enumerate(own)
        )
        known = [each.value for each in own if each.value is not None]
        overall = change(quantity, known[0], known[-1]) if len(known) > 1 else None
        lines.append(LedgerLine(agency, tuple(entries), overall))
    return Ledger((quantity,), tuple(years), tuple(lines), shades)


def in_one_year(
    quantities: Sequence[Quantity], agencies: Sequence[Agency], year: int, published: PublishedByYear
) -> Ledger:
    """One line an agency, one entry a quantity, each with its rank."""
    columns = []
    for quantity in quantities:
        reported_values = [value_of(quantity, year, published.get((agency.pk, year))) for agency in agencies]
        ranks = ranked([reported.value for reported in reported_values])
        before = [value_of(quantity, year - 1, published.get((agency.pk, year - 1))).value for agency in agencies]
        columns.append(
            [
                LedgerCell(reported, change(quantity, last, reported.value), rank)
                for reported, last, rank in zip(reported_values, before, ranks, strict=True)
            ]
        )
    lines = [LedgerLine(agency, tuple(column[place] for column in columns)) for place, agency in enumerate(agencies)]
    return Ledger(tuple(quantities), (year,), tuple(lines))


def change(quantity: Quantity, before: Number | None, after: Number | None) -> ValueChange | None:
    """None unless both are known."""
    if before is None or after is None:
        return None
    percent = None
    if not isinstance(quantity, Rate) and before >= SMALLEST_WHOLE:
        percent = (Decimal(after - before) * 100 / Decimal(before)).quantize(TENTH, ROUND_HALF_UP)
    return ValueChange(after - before, percent)


def ranked(values: Sequence[Number | None]) -> list[int | None]:
    """The rank of each, 1 for the most; equal values share one and the next is left out, what is unknown has none."""
    known = sorted((value for value in values if value is not None), reverse=True)
    first: dict[Number, int] = {}
    for place, value in enumerate(known, 1):
        first.setdefault(value, place)
    return [None if value is None else first[value] for value in values]


def ordered(lines: Sequence[LedgerLine], by: Callable[[LedgerLine], Any], descending: bool) -> list[LedgerLine]:
    """Sorted by what `by` says, unknown ones last either way; equal ones by their code."""
    by_code = sorted(lines, key=lambda line: line.agency.pk)
    known = [line for line in by_code if by(line) is not None]
    known.sort(key=by, reverse=descending)
    return known + [line for line in by_code if by(line) is None]


def _shades(values: Sequence[Number | None]) -> tuple[Shade, ...]:
    """Classes of about as many values each: figures of agencies lie close together with a few far out. Zero is its own."""
    found = sorted(value for value in values if value)
    classes: list[Shade] = [Shade(0, 0, 0)] if 0 in values else []
    lowest = 0
    for level in range(1, SHADES + 1):
        end = len(found) * level // SHADES
        # Equal values share a class.
        while 0 < end < len(found) and found[end] == found[end - 1]:
            end += 1
        if end > lowest:
            classes.append(Shade(level, found[lowest], found[end - 1]))
            lowest = end
    if found:
        # However few they are, the greatest is darkest.
        classes[-1] = replace(classes[-1], level=SHADES)
    return tuple(classes)


def _shade(value: Number | None, shades: Sequence[Shade]) -> int | None:
    if value is None:
        return None
    return next(shade.level for shade in shades if shade.lowest <= value <= shade.highest)
