"""Many published reports as one table: a line each, a column for every figure of every edition."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import simplejson
import xlsxwriter
from django.db.models import QuerySet
from django.utils import timezone

from agencies.formula_escaping import escape_formula
from reports.catalogue.published import balance
from reports.models import Report, Version, row_names
from reports.standard import NEWEST_FIRST
from reports.standard.measures import HEADLINES

FACTS = (
    "agency_code",
    "agency",
    "place",
    "kind",
    "year",
    "edition",
    "version",
    "published_at",
    "official_on",
    "official_url",
    "scope",
    "scope_by",
    "balanced",
)
"""What a line says of its report before the figures. `balanced` is yes, no or unknown, as in the list's filter."""

FIGURES = tuple(dict.fromkeys(key for edition in NEWEST_FIRST for key in edition.figures))
"""The keys of all figures, the newest edition first. A figure that an edition does not have is blank in its lines."""

COLUMNS = (*FACTS, *HEADLINES, *FIGURES, "marks")
"""`marks` names the cells that hold a mark and no number, as JSON."""

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/x-ndjson",
}
_AT_ONCE = 500


def in_full(reports: QuerySet[Report]) -> Iterator[Report]:
    """Each report with its agency, its public version and all figures, a few hundred at a time."""
    needed = ("agency__division", "published", *row_names("published__"))
    return reports.select_related(*needed).iterator(chunk_size=_AT_ONCE)


def facts(report: Report) -> dict[str, Any]:
    """What is known of a report besides its figures. Expects `Report.objects.with_headlines`."""
    version = public_version(report)
    agency = report.agency
    return {
        "agency_code": agency.pk,
        "agency": agency.name,
        "place": agency.division.path,
        "kind": agency.kind,
        "year": report.year,
        "edition": version.edition or None,
        "version": version.number,
        "published_at": timezone.localtime(version.published_at).isoformat(timespec="seconds")
        if version.published_at
        else None,
        "official_on": report.official_on.isoformat() if report.official_on else None,
        "official_url": report.official_url or None,
        "scope": version.scope_kind,
        "scope_by": version.scope_by or None,
        "balanced": balance(report),
    }


def headlines(report: Report) -> dict[str, int | None]:
    return {key: getattr(report, key) for key in HEADLINES}


def public_version(report: Report) -> Version:
    """Raises ValueError for a report that has none."""
    if report.published is None:
        raise ValueError(f"{report} is not public")
    version = report.published
    version.report = report
    return version


def marks(version: Version) -> dict[str, str]:
    """The marks that stand where there is no number."""
    figures = version.figures
    return {key: mark for key, mark in version.marks.items() if figures.get(key) is None}


def _row(report: Report) -> list[Any]:
    version = public_version(report)
    figures = version.figures
    printed_marks = marks(version)
    return [
        *facts(report).values(),
        *headlines(report).values(),
        *(figures.get(key) for key in FIGURES),
        json.dumps(printed_marks, ensure_ascii=False) if printed_marks else None,
    ]


def as_csv(reports: Iterable[Report]) -> Iterator[bytes]:
    """Piece by piece. Spreadsheets know UTF-8 by its byte-order mark only."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\N{BYTE ORDER MARK}")
    writer.writerow(COLUMNS)
    for number, report in enumerate(reports, 1):
        writer.writerow([_safe(value) for value in _row(report)])
        if number % _AT_ONCE == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


def _safe(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return escape_formula(value) if isinstance(value, str) else value


def as_jsonl(reports: Iterable[Report]) -> Iterator[bytes]:
    """One object a line: facts, headline figures, every figure of its edition, marks and the written chapters."""
    for report in reports:
        yield simplejson.dumps(whole(report), ensure_ascii=False, use_decimal=True).encode() + b"\n"


def whole(report: Report) -> dict[str, Any]:
    version = public_version(report)
    return {
        **facts(report),
        "headlines": headlines(report),
        "figures": {key: _bare(number) for key, number in version.figures.items()},
        "marks": marks(version),
        "narrative": version.narrative,
        "url": report.get_absolute_url(),
    }


def _bare(number: Any) -> Any:
    """An amount without the zeros that the column pads it with."""
    if isinstance(number, Decimal):
        return int(number) if number == int(number) else number.normalize()
    return number


def write_xlsx(reports: Iterable[Report], path: Path) -> None:
    """A workbook of one sheet, written line by line. Strings are never taken for formulas or links."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet("reports")
        sheet.freeze_panes(1, 2)
        sheet.write_row(0, 0, COLUMNS, book.add_format({"bold": True}))
        for row, report in enumerate(reports, 1):
            sheet.write_row(row, 0, [_safe(value) if isinstance(value, str) else value for value in _row(report)])
