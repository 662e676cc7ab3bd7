"""A comparison as a file: one line for each agency, year and figure, with all that the pages show of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from config.language import pick
from reports.exporting import plain_table
from reports.public.comparison.ledger import LedgerLine, through_years
from reports.public.comparison.query import ComparisonQuery
from reports.public.comparison.values import PublishedByYear, Quantity, YearValue
from reports.standard.rates import Rate

COLUMNS = (
    "agency_code",
    "agency",
    "place",
    "year",
    "edition",
    "figure",
    "label",
    "unit",
    "state",
    "value",
    "part",
    "whole",
    "mark",
    "change",
    "change_percent",
    "rank",
)
"""`state` is that of `reports.public.comparison.values.YearValue`. Of rates, `value` is a percentage and `change` is in percentage
points; `part` and `whole` are the counts behind it."""

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def lines(choice: ComparisonQuery, published: PublishedByYear) -> Iterator[dict[str, Any]]:
    """Keyed by `COLUMNS`; what there is none of is None. Ordered by figure, agency and year."""
    for quantity in choice.quantities:
        for line in through_years(quantity, choice.agencies, choice.years, published).lines:
            yield from _lines_of(quantity, line, published)


def _lines_of(quantity: Quantity, line: LedgerLine, published: PublishedByYear) -> Iterator[dict[str, Any]]:
    agency = line.agency
    for entry in line.entries:
        reported, change = entry.reported, entry.change
        report = published.get((agency.pk, reported.year))
        values = (
            agency.pk,
            agency.name,
            agency.place,
            reported.year,
            report.edition if report else None,
            quantity.key,
            pick(quantity.label, quantity.label_en),
            pick(quantity.unit_label, quantity.unit_label_en),
            reported.state,
            reported.value,
            *_counts(quantity, reported),
            reported.shown if reported.state == "mark" else None,
            change.difference if change else None,
            change.percent if change else None,
            entry.rank,
        )
        yield dict(zip(COLUMNS, values, strict=True))


def _counts(quantity: Quantity, reported: YearValue) -> tuple[Any, Any]:
    return (reported.part, reported.whole) if isinstance(quantity, Rate) else (None, None)


def as_csv(choice: ComparisonQuery, published: PublishedByYear) -> bytes:
    return plain_table.as_csv(COLUMNS, (_values(line) for line in lines(choice, published)))


def as_xlsx(choice: ComparisonQuery, published: PublishedByYear) -> bytes:
    return plain_table.as_xlsx(gettext("比较"), COLUMNS, (_values(line) for line in lines(choice, published)))


def as_json(choice: ComparisonQuery, published: PublishedByYear) -> bytes:
    said_lines = [{key: _number(value) for key, value in line.items()} for line in lines(choice, published)]
    return json.dumps({"values": said_lines}, ensure_ascii=False, indent=1).encode()


def _values(line: dict[str, Any]) -> list[Any]:
    """Amounts without the zeros that nobody printed."""
    return [_plain(value) if isinstance(value, Decimal) else value for value in line.values()]


def _plain(value: Decimal) -> Decimal | int:
    return int(value) if value == value.to_integral_value() else value.normalize()


def _number(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


WRITERS = {"csv": as_csv, "json": as_json, "xlsx": as_xlsx}
