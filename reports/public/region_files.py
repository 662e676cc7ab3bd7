"""What the page of a region shows, as lines of a file: each year of the region, then its parts in the chosen year."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from config.language import pick
from reports.catalogue.sums import COUNTED, COVERED, OVERLAPPING, UNKNOWN
from reports.public.region_query import RegionQuery
from reports.public.regions import RegionPart, RegionTotals, ReportingUnit
from reports.standard.measures import HEADLINES

Value = str | int | Decimal | None


def keys() -> list[str]:
    """The header of the CSV file: names that programs may rely on."""
    figures = [name for key in HEADLINES for name in (key, f"{key}_blank")]
    return ["code", "name", "year", "owing", "published", "summed", "covered", "unknown_scope", "overlapping", *figures]


def titles() -> list[str]:
    """The header of the workbook, in the reader's language."""
    blank = _("%s未填份数")
    figures = []
    for measure in HEADLINES.values():
        name = pick(measure.label, measure.label_en)
        figures += [name, blank % name]
    return [
        _("代码"),
        _("名称"),
        _("年度"),
        _("应编制"),
        _("已公开"),
        _("已相加"),
        _("已计入汇总"),
        _("范围未说明"),
        _("范围重叠"),
        *figures,
    ]


def lines(shown: RegionQuery) -> Iterator[list[Value]]:
    """A year without reports has blanks where its figures would be."""
    code = shown.place.code if shown.place else ""
    for year, total in shown.totals.items():
        yield [code, shown.name, year, *_summed(total)]
    for line in shown.lines:
        if isinstance(line, ReportingUnit):
            yield [line.agency.pk, line.agency.full_name, shown.year, *_reported(line)]
        else:
            yield [*_named(line, code, shown.name), shown.year, *_summed(line.totals)]


def by_name(shown: RegionQuery) -> dict[str, list[dict[str, Value]]]:
    """The same lines by `keys`: `years` are those of the region, `parts` what lies in it."""
    named = [dict(zip(keys(), line, strict=True)) for line in lines(shown)]
    return {"years": named[: len(shown.totals)], "parts": named[len(shown.totals) :]}


def as_json(shown: RegionQuery) -> bytes:
    return json.dumps(by_name(shown), ensure_ascii=False, indent=1, default=float).encode()


def _named(part: RegionPart, code: str, name: str) -> tuple[str, str]:
    return (part.place.code, str(part.place)) if part.place else (code, _("%s本级") % name)


def _summed(totals: RegionTotals) -> list[Value]:
    figures: list[Value] = [totals.owing, totals.published, totals.reports]
    figures += [totals.covered, totals.unknown, totals.overlapping]
    for value, blank in totals.values:
        figures += [value, blank if totals.reports else None]
    return figures


def _reported(unit: ReportingUnit) -> list[Value]:
    figures: list[Value] = [int(unit.owes), int(unit.report is not None)]
    figures += [int(unit.use == use) for use in (COUNTED, COVERED, UNKNOWN, OVERLAPPING)]
    for value in unit.values or [None] * len(HEADLINES):
        figures += [value, int(value is None) if unit.report else None]
    return figures
