"""A comparison as a file: one line for each agency, year and figure, with all that the pages show of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from config.language import pick
from reports.exporting import plain_table
from reports.public.comparison.choice import Choice
from reports.public.comparison.ledger import Line, through_years
from reports.public.comparison.steps import Quantity, Said, Step
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
"""`state` is that of `reports.public.comparison.steps.Step`. Of rates, `value` is a percentage and `change` is in percentage
points; `part` and `whole` are the counts behind it."""

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def lines(choice: Choice, said: Said) -> Iterator[dict[str, Any]]:
    """Keyed by `COLUMNS`; what there is none of is None. Ordered by figure, agency and year."""
    for quantity in choice.quantities:
        for line in through_years(quantity, choice.agencies, choice.years, said).lines:
            yield from _lines_of(quantity, line, said)


def _lines_of(quantity: Quantity, line: Line, said: Said) -> Iterator[dict[str, Any]]:
    agency = line.agency
    for entry in line.entries:
        step, change = entry.step, entry.change
        report = said.get((agency.pk, step.year))
        values = (
            agency.pk,
            agency.name,
            agency.place,
            step.year,
            report.edition if report else None,
            quantity.key,
            pick(quantity.label, quantity.label_en),
            pick(quantity.unit_label, quantity.unit_label_en),
            step.state,
            step.value,
            *_counts(quantity, step),
            step.shown if step.state == "mark" else None,
            change.difference if change else None,
            change.percent if change else None,
            entry.rank,
        )
        yield dict(zip(COLUMNS, values, strict=True))


def _counts(quantity: Quantity, step: Step) -> tuple[Any, Any]:
    return (step.part, step.whole) if isinstance(quantity, Rate) else (None, None)


def as_csv(choice: Choice, said: Said) -> bytes:
    return plain_table.as_csv(COLUMNS, (_values(line) for line in lines(choice, said)))


def as_xlsx(choice: Choice, said: Said) -> bytes:
    return plain_table.as_xlsx(gettext("比较"), COLUMNS, (_values(line) for line in lines(choice, said)))


def as_json(choice: Choice, said: Said) -> bytes:
    said_lines = [{key: _number(value) for key, value in line.items()} for line in lines(choice, said)]
    return json.dumps({"values": said_lines}, ensure_ascii=False, indent=1).encode()


def _values(line: dict[str, Any]) -> list[Any]:
    """Amounts without the zeros that nobody printed."""
    return [_plain(value) if isinstance(value, Decimal) else value for value in line.values()]


def _plain(value: Decimal) -> Decimal | int:
    return int(value) if value == value.to_integral_value() else value.normalize()


def _number(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


WRITERS = {"csv": as_csv, "json": as_json, "xlsx": as_xlsx}
