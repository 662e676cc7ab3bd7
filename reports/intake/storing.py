"""Stores a read report: as it was published, or as a draft to go on with."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from agencies.models import Agency, User
from reports.checks.content import plain
from reports.findings.pending import check_later
from reports.findings.scope import SCOPE_FIELDS, scope_fields, settled_scope
from reports.importing.parsed import ParsedReport
from reports.intake.corrections import (
    CONTACT_FIELDS,
    Corrections,
    apply_corrections,
    doubts_of,
    names_by_person,
    places_of,
)
from reports.lifecycle.acts import (
    Refused,
    form_of,
    lock_report,
    lock_version,
    make_public,
    new_version,
    record,
    work_on,
)
from reports.lifecycle.differences import TEXTS, Number, differences, number_errors, text_differences
from reports.lifecycle.transactions import act
from reports.models import Action, Origin, Report, Source, Version, write_figures

NO_CORRECTIONS: Corrections = MappingProxyType({})


@act
def publish_import(
    agency: Agency,
    parsed: ParsedReport,
    source: Source | None,
    by: User | None,
    *,
    year: int | None = None,
    reason: str = "",
    corrections: Corrections = NO_CORRECTIONS,
) -> Version:
    """Stores a report as it was published, whatever does not balance in it; its contradictions become findings.

    `year` counts where the document names none; `corrections` are what people put in the place of what was read, and
    recorded as theirs. A version that is public already is superseded, `reason` saying why. What was stored before from
    the same file, reading the same, is given back unchanged. Raises Refused without a year.
    """
    read, parsed = _read_and_corrected(parsed, corrections, agency)
    report = lock_report(agency, _year(parsed, year))
    if earlier := _already_published(report, parsed, source):
        return lock_version(earlier)
    version = new_version(
        report,
        edition=parsed.edition or "",
        missing_tables=list(parsed.missing_tables),
        reason=reason.strip(),
        **_version_fields(read, parsed, source, by, corrections),
    )
    version.save()
    write_figures(version, figures_and_marks(parsed)[0])
    make_public(version, by, Action.IMPORTED)
    record_corrections(version, read, corrections)
    return version


@act
def import_as_draft(
    agency: Agency,
    parsed: ParsedReport,
    source: Source | None,
    by: User | None,
    *,
    year: int | None = None,
    reason: str = "",
    corrections: Corrections = NO_CORRECTIONS,
) -> Version:
    """Stores a report as a draft, which its agency looks through and submits; over a public one as its correction.

    `year` and `corrections` as above. The same file again gives back the draft that is there. Raises Refused without a
    year, where another version is in work, and where a public report would be corrected without a reason.
    """
    read, parsed = _read_and_corrected(parsed, corrections, agency)
    year = _year(parsed, year)
    report = lock_report(agency, year)
    if working := report.working:
        same_bytes = source and working.source and working.source.sha256 == source.sha256
        if same_bytes and working.origin == Origin.IMPORTED:
            return lock_version(working)
        raise Refused(_("这份报告已有在办的版本，请先处理完。"))
    if report.published and not reason.strip():
        raise Refused(_("%(year)s年度报告已经公开。要修改，请作更正，并说明理由。") % {"year": year})
    edition = parsed.form or form_of(year)
    version = new_version(
        report, edition=edition.name, reason=reason.strip(), **_version_fields(read, parsed, source, by, corrections)
    )
    version.save()
    write_figures(version, figures_and_marks(parsed)[0])
    work_on(version)
    record(version, Action.IMPORTED, by, comment=version.reason, at=version.changed_at)
    record_corrections(version, read, corrections)
    check_later(version)
    return version


def _read_and_corrected(
    parsed: ParsedReport, corrections: Corrections, agency: Agency
) -> tuple[ParsedReport, ParsedReport]:
    read = replace(parsed, scope=settled_scope(parsed.scope, agency))
    return read, apply_corrections(read, corrections)


def _year(parsed: ParsedReport, year: int | None) -> int:
    if found := parsed.year or year:
        return found
    raise Refused(_("没有读出报告年度，请先确定是哪一年的报告。"))


def figures_and_marks(parsed: ParsedReport) -> tuple[dict[str, Number | None], dict[str, str]]:
    """The figures and marks as they are stored: what a column would round or refuse is kept as it was printed."""
    figures, marks = dict(parsed.figures), dict(parsed.marks)
    for key in number_errors(parsed.form, figures, figures):
        marks[key] = plain(figures[key]) or ""
        figures[key] = None
    return figures, marks


def texts_of(parsed: ParsedReport) -> dict[str, Any]:
    """The texts as they are stored, by the field of a version."""
    texts: dict[str, Any] = dict(parsed.narrative)
    texts |= {field: parsed.contact.get(name, "") for field, name in CONTACT_FIELDS.items()}
    texts |= {"printed_name": parsed.agency, **scope_fields(parsed.scope)}
    return {name: _truncated(name, text) for name, text in texts.items() if name in TEXTS}


def _truncated(name: str, text: Any) -> Any:
    """A contact line longer than its column holds is recognised prose; its beginning is what matters."""
    longest = Version._meta.get_field(name).max_length  # type: ignore[union-attr]
    return text[:longest] if longest and isinstance(text, str) else text


def _version_fields(
    read: ParsedReport, parsed: ParsedReport, source: Source | None, by: User | None, corrections: Corrections
) -> dict[str, Any]:
    return {
        "origin": Origin.IMPORTED,
        "created_by": by,
        "source": source,
        "marks": figures_and_marks(parsed)[1],
        "places": places_of(read, corrections),
        "doubts": doubts_of(read, corrections),
        **texts_of(parsed),
    }


def record_corrections(version: Version, read: ParsedReport, corrections: Corrections) -> None:
    """Appends, for each person, what stood in the file and what they put in its place."""
    corrected = apply_corrections(read, corrections)
    cells = differences(*figures_and_marks(read), *figures_and_marks(corrected))
    before, after = texts_of(read), texts_of(corrected)
    for by, names in names_by_person(corrections):
        figures = {key: cells[key] for key in cells if key in names}
        texts = {name: [before[name], after[name]] for name in after if name in names and before[name] != after[name]}
        if figures or texts:
            record(version, Action.SAVED, User.objects.filter(pk=by or 0).first(), figures, texts, _("导入时改正。"))


def _already_published(report: Report, parsed: ParsedReport, source: Source | None) -> Version | None:
    """What was published from this file before, if it said the same."""
    if source is None:
        return None
    published = Version.objects.public().filter(
        report=report, source__sha256=source.sha256, origin=Origin.IMPORTED, submitted_at=None
    )
    for version in published.order_by("-number"):
        alike = not differences(version.figures, version.marks, *figures_and_marks(parsed))
        # Whom it covers may have been decided since, and is no other report for that.
        said = {name: text for name, text in texts_of(parsed).items() if name not in SCOPE_FIELDS}
        if alike and not text_differences(version, said):
            return version
    return None
