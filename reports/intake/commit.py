"""Stores a report that was read, once, whole or not at all; or keeps it waiting until a person corrected and decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import office_of
from agencies.forms import AgencyForm
from agencies.matching import match_agency
from agencies.models import Agency, User
from reports import lifecycle
from reports.importing.parsed import ParsedReport
from reports.intake.corrections import Correction, read_corrections, values_read
from reports.intake.merging_import import merge_into_stored
from reports.intake.storing import import_as_draft, publish_import
from reports.lifecycle.acts import EditConflict, lock_report
from reports.lifecycle.transactions import act
from reports.models import ImportStatus, PendingImport, Report, Source, Version, Waiting
from reports.originals.keeping import forget_unused, keep_original


@dataclass(frozen=True)
class ImportOutcome:
    """What became of a file: the version it is stored as, or the place where it waits; `unchanged` if it was there before."""

    version: Version | None = None
    pending: PendingImport | None = None
    unchanged: bool = False


@act
def store(
    parsed: ParsedReport,
    data: bytes,
    name: str,
    by: User | None = None,
    *,
    as_draft: bool = False,
    agency: Agency | None = None,
) -> ImportOutcome:
    """Stores a report as published, or as a draft of its agency. It waits for a person where its agency or year is not
    settled, or where something else is stored for them already."""
    agency = agency or match_agency(parsed.agency, parsed.year).agency
    source = keep_original(data, name, by)
    if agency is None or parsed.year is None:
        return _keep_waiting(parsed, source, by, Waiting.AGENCY, as_draft)
    report = lock_report(agency, parsed.year)
    stored = report.working_id if as_draft else report.published_id
    # What was taken down comes back by nobody but a person.
    if (stored and not _came_from(report, source)) or report.taken_down:
        return _keep_waiting(parsed, source, by, Waiting.CONFLICT, as_draft)
    before = report.versions.count()
    store_as = import_as_draft if as_draft else publish_import
    try:
        version = store_as(agency, parsed, source, by)
    except lifecycle.Refused:
        return _keep_waiting(parsed, source, by, Waiting.CONFLICT, as_draft)
    return ImportOutcome(version=version, unchanged=version.number <= before)


def _came_from(report: Report, source: Source) -> bool:
    return report.versions.filter(source__sha256=source.sha256).exists()


def _keep_waiting(
    parsed: ParsedReport, source: Source, by: User | None, what_for: Waiting, as_draft: bool
) -> ImportOutcome:
    alike = PendingImport.objects.filter(source__sha256=source.sha256, created_by=by)
    alike = alike.filter(waiting_for=what_for, as_draft=as_draft)
    earlier = alike.first()
    if earlier:
        return ImportOutcome(pending=earlier, unchanged=True)
    pending = PendingImport.objects.create(
        source=source,
        waiting_for=what_for,
        as_draft=as_draft,
        parsed=parsed.to_json(),
        created_by=by,
        **office_of(by, match_agency(parsed.agency, parsed.year).agency),
    )
    return ImportOutcome(pending=pending)


@act
def wait_for_confirmation(
    parsed: ParsedReport, data: bytes, name: str, by: User | None, as_draft: bool
) -> ImportOutcome:
    """Keeps a report that could be stored but should be looked at first; the same file of the same person once."""
    return _keep_waiting(parsed, keep_original(data, name, by), by, Waiting.CONFIRMATION, as_draft)


def is_stored(agency: Agency, year: int, sha256: str) -> bool:
    """Whether some version of that report came from that file."""
    return Version.objects.filter(report__agency=agency, report__year=year, source__sha256=sha256).exists()


@act
def keep_for_preview(parsed: ParsedReport, data: bytes, name: str, by: User | None) -> PendingImport:
    """Keeps an upload for its preview. Nothing of the report itself is stored before `confirm`."""
    source = keep_original(data, name, by)
    return PendingImport.objects.create(
        source=source,
        waiting_for=Waiting.CONFIRMATION,
        parsed=parsed.to_json(),
        created_by=by,
        **office_of(by, match_agency(parsed.agency, parsed.year).agency),
    )


@act
def confirm(
    pending: PendingImport,
    agency: Agency,
    by: User | None,
    *,
    as_draft: bool = False,
    year: int | None = None,
    reason: str = "",
) -> Version:
    """Stores what waited, as people corrected it, for the agency that a person settled on. Confirmed twice, it is stored once.

    Raises `lifecycle.Refused` where the state of the report forbids it; then it goes on waiting.
    """
    waiting = PendingImport.objects.select_for_update().get(pk=pending.pk)
    parsed, corrections = ParsedReport.from_json(waiting.parsed), read_corrections(waiting.corrections)
    store_as = import_as_draft if as_draft else publish_import
    version = store_as(agency, parsed, waiting.source, by, year=year, reason=reason, corrections=corrections)
    return _no_longer_waiting(waiting, version)


@act
def confirm_choice(
    pending: PendingImport,
    stored: Version,
    taken: Collection[str],
    by: User | None,
    *,
    publish: bool,
    reason: str = "",
    seen: str,
) -> Version:
    """Takes over into the stored report what a person chose of the file, and nothing else. Raises what
    `merge_into_stored` raises; then it goes on waiting."""
    waiting = PendingImport.objects.select_for_update().get(pk=pending.pk)
    version = merge_into_stored(
        stored,
        ParsedReport.from_json(waiting.parsed),
        taken,
        waiting.source,
        by,
        publish=publish,
        reason=reason,
        seen=seen,
        corrections=read_corrections(waiting.corrections),
    )
    return _no_longer_waiting(waiting, version)


def _no_longer_waiting(waiting: PendingImport, version: Version) -> Version:
    waiting.batch_files.update(status=ImportStatus.STORED, version=version, message="")
    waiting.delete()
    return version


@act
def discard(pending: PendingImport, kept: Version | None = None, *, seen: str | None = None) -> None:
    """Throws away what waited, and the original unless something else rests on it. `kept` is the version that stays as it is
    because nothing was to be taken of the file.

    `seen` is the revision that was read. Raises EditConflict where somebody else came first, and PendingImport.DoesNotExist
    where it waits no longer.
    """
    pending = _locked(pending, seen)
    source = pending.source
    if kept:
        pending.batch_files.update(status=ImportStatus.UNCHANGED, version=kept, message="")
    else:
        pending.batch_files.update(status=ImportStatus.FAILED, message=_("看过之后没有采用。"))
    pending.delete()
    forget_unused(source.sha256)


@act
def register_agency(pending: PendingImport, form: AgencyForm, by: User, *, seen: str | None = None) -> Agency:
    """Registers the agency of a valid form, and settles on it for what waits. Raises what `discard` raises."""
    _locked(pending, seen)
    agency: Agency = form.save()
    save_corrections(pending, {}, by, decisions={"agency": agency.code})
    return agency


def _locked(pending: PendingImport, seen: str | None) -> PendingImport:
    waiting = PendingImport.objects.select_for_update().get(pk=pending.pk)
    if seen is not None and seen != revision_of(waiting):
        raise _changed_meanwhile(waiting)
    return waiting


def _changed_meanwhile(waiting: PendingImport) -> EditConflict:
    when = timezone.localtime(waiting.changed_at).strftime("%H:%M:%S")
    return EditConflict(_("您打开之后，这份文件的识别结果在 %(when)s 被改动过。") % {"when": when}, waiting)


def revision_of(pending: PendingImport) -> str:
    """Another one after every change."""
    return str(pending.edits)


@act
def save_corrections(
    pending: PendingImport,
    entries: Mapping[str, Correction],
    by: User,
    *,
    decisions: Mapping[str, Any] | None = None,
    seen: str | None = None,
) -> PendingImport:
    """Keeps what was entered, as this person's; what is not named stays. What the file says anyway is no correction.

    `seen` is the revision that the editor read. Raises EditConflict where somebody else came first, and
    PendingImport.DoesNotExist where it waits no longer; KeyError for an entry that is none of the report's.
    """
    waiting = PendingImport.objects.select_for_update().get(pk=pending.pk)
    read = values_read(ParsedReport.from_json(waiting.parsed))
    if unknown := entries.keys() - read.keys():
        raise KeyError(f"not part of this report: {sorted(unknown)}")
    before = read_corrections(waiting.corrections)
    after = dict(before)
    who, at = by.get_full_name() or by.username, timezone.now().isoformat()
    for name, entry in entries.items():
        if entry.same_as(read[name]):
            after.pop(name, None)
        elif name not in before or not entry.same_as(before[name]):
            after[name] = replace(entry, by=by.pk, who=who, at=at)
    decided = {**waiting.decisions, **(decisions or {})}
    if after == before and decided == waiting.decisions:
        return waiting
    if seen is not None and seen != revision_of(waiting):
        raise _changed_meanwhile(waiting)
    waiting.corrections = {name: correction.to_json() for name, correction in after.items()}
    waiting.decisions = decided
    waiting.edits += 1
    waiting.changed_at = timezone.now()
    waiting.save(update_fields=["corrections", "decisions", "edits", "changed_at"])
    return waiting
