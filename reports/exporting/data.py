"""Our own layouts: CSV for spreadsheets, JSON for programs. They hold what is stored, figure by figure."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from agencies.formula_escaping import escape_formula
from agencies.record.digests import in_utc
from reports.models import Version
from reports.models.published_content import CONTACT_FIELDS, paragraphs, published_content, scope_content
from reports.sheets.layout import placed_table
from reports.sheets.printed import Number, agency_of, plain
from reports.standard import NARRATIVE_PARTS
from reports.standard.interchange import CSV_COLUMNS, LIST_SEPARATOR

CSV_TYPE, JSON_TYPE = "text/csv; charset=utf-8", "application/json"


def as_csv(version: Version) -> bytes:
    """One line per fact. Spreadsheets know UTF-8 by its byte-order mark only."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(CSV_COLUMNS)
    for key, text in _identity(version):
        writer.writerow((key, "", "", "", "", escape_formula(text), ""))
    writer.writerows(_figure_lines(version))
    for key, text in _prose(version):
        writer.writerow((key, "", "", "", "", escape_formula(text), ""))
    return buffer.getvalue().encode("utf-8-sig")


def _identity(version: Version) -> Iterator[tuple[str, str]]:
    yield "edition", version.edition
    yield "year", str(version.report.year)
    yield "agency", agency_of(version)
    yield "agency_code", version.report.agency_id
    yield "missing_tables", LIST_SEPARATOR.join(version.missing_tables)
    yield "scope.kind", version.scope_kind
    yield "scope.by", version.scope_by
    yield "scope.units", LIST_SEPARATOR.join(version.scope_units)
    yield "scope.quote", version.scope_quote
    for name, field in CONTACT_FIELDS.items():
        yield f"contact.{name}", getattr(version, field)


def _figure_lines(version: Version) -> Iterator[tuple[str, ...]]:
    """In the order of the printed tables."""
    figures = version.figures
    for table in version.form.tables if version.form else ():
        for key, cell in placed_table(table).figure_cells.items():
            assert cell.figure
            number = figures[key]
            mark = version.marks.get(key, "") if number is None else ""
            yield (
                key,
                cell.figure.section,
                "/".join(cell.figure.row.path),
                "/".join(cell.figure.column.path),
                cell.figure.column.unit,
                "" if number is None else plain(number),
                escape_formula(mark),
            )


def _prose(version: Version) -> Iterator[tuple[str, str]]:
    for part in NARRATIVE_PARTS:
        for paragraph in paragraphs(getattr(version, part)):
            yield f"narrative.{part}", paragraph


def as_json(version: Version) -> bytes:
    """The names are those of `import_reports --format jsonl`."""
    content = published_content(version)
    content["scope"] = scope_content(version)
    figures, marks = content.pop("figures"), content.pop("marks")
    narrative = {part: content.pop(f"narrative.{part}") for part in NARRATIVE_PARTS}
    head = {
        "edition": content.pop("edition"),
        "year": version.report.year,
        "agency": agency_of(version),
        "agency_code": version.report.agency_id,
        **content,
    }
    tail = {"marks": marks, "narrative": narrative, **_takedowns(version)}
    # Amounts have more digits than a binary fraction holds, so the figures are written digit by digit.
    lines = ",\n".join(f"    {json.dumps(key)}: {_numeral(number)}" for key, number in figures.items())
    begun, rest = (json.dumps(part, ensure_ascii=False, indent=2) for part in (head, tail))
    return f'{begun[:-2]},\n  "figures": {{\n{lines}\n  }},{rest[1:]}\n'.encode()


def _takedowns(version: Version) -> dict[str, Any]:
    """Every act, with what everybody may know of it, where there was one; the proof of the report commits to them."""
    if version.report.pk is None:
        return {}
    acts = [
        {"kind": act.kind, "reason": act.reason, "office": act.office, "made_at": in_utc(act.made_at)}
        for act in version.report.takedowns.all()
    ]
    return {"takedowns": acts} if acts else {}


def _numeral(number: Number | None) -> str:
    return "null" if number is None else plain(number)
