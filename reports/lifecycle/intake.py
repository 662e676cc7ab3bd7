"""Reports that come out of a file: stored as they were published, or as a draft to go on with."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from reports.checks.content import plain
from reports.checks.run import check_version
from reports.importing.parsed import ParsedReport
from reports.lifecycle.acts import Refused, form_of, held, hold, make_public, new_version, record, work_on
from reports.lifecycle.differences import TEXTS, Number, differences, number_errors, text_differences
from reports.models import Action, Origin, Report, Source, State, Version, write_figures

_CONTACT = {
    "address": "contact_address",
    "postcode": "contact_postcode",
    "phone": "contact_phone",
    "website": "website",
}


@transaction.atomic
def publish_import(
    agency: Agency,
    parsed: ParsedReport,
    source: Source | None,
    by: User | None,
    *,
    year: int | None = None,
    reason: str = "",
) -> Version:
    """Stores a report as it was published, whatever does not balance in it; its contradictions become findings.

    `year` counts where the document names none. A version that is public already is superseded, `reason` saying why.
    What was stored before from the same file, reading the same, is given back unchanged. Raises Refused without a year.
    """
    report = hold(agency, _year(parsed, year))
    if earlier := _same(report, parsed, source):
        return held(earlier)
    version = new_version(
        report,
        edition=parsed.edition or "",
        state=State.PUBLISHED,
        published_at=timezone.now(),
        missing_tables=list(parsed.missing_tables),
        reason=reason.strip(),
        **_fields(parsed, source, by),
    )
    version.save()
    write_figures(version, _cells(parsed)[0])
    make_public(version, by, Action.IMPORTED)
    return version


@transaction.atomic
def import_as_draft(
    agency: Agency,
    parsed: ParsedReport,
    source: Source | None,
    by: User | None,
    *,
    year: int | None = None,
    reason: str = "",
) -> Version:
    """Stores a report as a draft, which its agency looks through and submits; over a public one as its correction.

    The same file again gives back the draft that is there. Raises Refused without a year, where another version is in
    work, and where a public report would be corrected without a reason.
    """
    year = _year(parsed, year)
    report = hold(agency, year)
    if report.working:
        if source and report.working.source_id == source.pk and report.working.origin == Origin.IMPORTED:
            return held(report.working)
        raise Refused(_("这份报告已有在办的版本，请先处理完。"))
    if report.published and not reason.strip():
        raise Refused(_("%(year)s年度报告已经公开。要修改，请作更正，并说明理由。") % {"year": year})
    edition = parsed.form or form_of(year)
    version = new_version(report, edition=edition.name, reason=reason.strip(), **_fields(parsed, source, by))
    version.save()
    write_figures(version, _cells(parsed)[0])
    work_on(version)
    record(version, Action.IMPORTED, by, comment=version.reason, at=version.changed_at)
    check_version(version)
    return version


def _year(parsed: ParsedReport, year: int | None) -> int:
    if found := parsed.year or year:
        return found
    raise Refused(_("没有读出报告年度，请先确定是哪一年的报告。"))


def _cells(parsed: ParsedReport) -> tuple[dict[str, Number | None], dict[str, str]]:
    """The figures and marks as they are stored: what a column would round or refuse is kept as it was printed."""
    figures, marks = dict(parsed.figures), dict(parsed.marks)
    for key in number_errors(parsed.form, figures, figures):
        marks[key] = plain(figures[key]) or ""
        figures[key] = None
    return figures, marks


def _texts(parsed: ParsedReport) -> dict[str, Any]:
    texts: dict[str, Any] = dict(parsed.narrative)
    texts |= {field: parsed.contact.get(name, "") for name, field in _CONTACT.items()}
    texts |= {
        "printed_name": parsed.agency,
        "scope_kind": parsed.scope.kind,
        "scope_units": list(parsed.scope.units),
        "scope_quote": parsed.scope.quote,
    }
    return {name: _fitting(name, text) for name, text in texts.items() if name in TEXTS}


def _fitting(name: str, text: Any) -> Any:
    """A contact line longer than its column holds is recognised prose; its beginning is what matters."""
    longest = Version._meta.get_field(name).max_length  # type: ignore[union-attr]
    return text[:longest] if longest and isinstance(text, str) else text


def _fields(parsed: ParsedReport, source: Source | None, by: User | None) -> dict[str, Any]:
    return {
        "origin": Origin.IMPORTED,
        "created_by": by,
        "source": source,
        "marks": _cells(parsed)[1],
        "places": {
            key: {name: number for name, number in asdict(place).items() if number is not None}
            for key, place in parsed.places.items()
        },
        "doubts": [asdict(problem) for problem in parsed.problems],
        **_texts(parsed),
    }


def _same(report: Report, parsed: ParsedReport, source: Source | None) -> Version | None:
    """What was published from this file before, if it said the same."""
    if source is None:
        return None
    published = report.versions.filter(
        source=source, origin=Origin.IMPORTED, submitted_at=None, state__in=(State.PUBLISHED, State.SUPERSEDED)
    )
    for version in published.order_by("-number"):
        alike = not differences(version.figures, version.marks, *_cells(parsed))
        if alike and not text_differences(version, _texts(parsed)):
            return version
    return None
