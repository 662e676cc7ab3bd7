"""Merges a file into the stored report: the differences listed, those chosen made, and no others."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agencies.models import User
from reports.importing.parsed import ParsedReport
from reports.intake.corrections import Corrections, apply_corrections, doubts_of, place_name, places_of
from reports.intake.storing import NO_CORRECTIONS, figures_and_marks, texts_of
from reports.lifecycle.acts import Refused, lock_version, make_public, new_version
from reports.lifecycle.differences import TEXTS, aligned, applied, differences, text_differences
from reports.lifecycle.drafting import draft_conflict, save_draft
from reports.lifecycle.permissions import may_now
from reports.lifecycle.publishing import start_correction
from reports.lifecycle.transactions import act
from reports.lifecycle.transitions import Act
from reports.models import Action, Origin, Source, State, Version, write_figures
from reports.standard import NARRATIVE_PARTS


@dataclass(frozen=True)
class ImportDifference:
    """One thing that differs: a cell, a passage of the narrative, another text. `field` is the figure key or the field of the
    version; `name` tells the passages of one field apart, which are numbered. What is not there is None or empty."""

    name: str
    field: str
    stored: Any
    file: Any


def import_differences(stored: Version, parsed: ParsedReport) -> list[ImportDifference] | None:
    """Everything in which the file differs, in the order of the form; None where its tables are of another edition, so that
    no single cell can be taken over."""
    if (parsed.edition or stored.edition) != stored.edition:
        return None
    found = []
    if parsed.form:
        cells = differences(stored.figures, stored.marks, *figures_and_marks(parsed))
        found += [ImportDifference(key, key, *pair) for key, pair in cells.items()]
    for field, pair in text_differences(stored, texts_of(parsed)).items():
        if field in NARRATIVE_PARTS:
            found += [
                ImportDifference(f"{field}.{number}", field, "\n".join(old), "\n".join(new))
                for number, (old, new) in enumerate(_passages(*pair))
                if old != new
            ]
        elif field != "scope_by":
            found.append(ImportDifference(field, field, *pair))
    return found


def _passages(stored: str, file: str) -> list[tuple[list[str], list[str]]]:
    """Two texts paragraph by paragraph, in passages that are alike or differ."""
    old, new = stored.splitlines(), file.splitlines()
    return [(old[a:b], new[c:d]) for _tag, a, b, c, d in aligned(old, new)]


def _texts_taken(stored: Version, parsed: ParsedReport, taken: Collection[str]) -> dict[str, Any]:
    """The fields as they are with the chosen passages."""
    texts: dict[str, Any] = {}
    for field, (old, new) in text_differences(stored, texts_of(parsed)).items():
        if field in NARRATIVE_PARTS:
            passages = enumerate(_passages(old, new))
            lines = [line for number, pair in passages for line in pair[f"{field}.{number}" in taken]]
            if lines != old.splitlines():
                texts[field] = "\n".join(lines)
        elif field in taken or (field == "scope_by" and "scope_kind" in taken):
            texts[field] = new
    return texts


@act
def merge_into_stored(
    stored: Version,
    parsed: ParsedReport,
    taken: Collection[str],
    source: Source,
    by: User | None,
    *,
    publish: bool,
    reason: str = "",
    seen: str | None = None,
    corrections: Corrections = NO_CORRECTIONS,
) -> Version:
    """Makes the chosen changes and no others: in the draft that is in work, or in a correction of what is public, which is a
    draft, too, unless it is to be published at once because the correction was published elsewhere.

    `taken` are the names of what `import_differences` listed; `seen` is the revision of the stored version that was compared.
    Raises EditConflict where it was changed since, Refused where nothing is taken or the report is not at a point where it
    can be changed, ValidationError without a reason for a correction of something public, and for what no cell can hold.
    """
    stored = lock_version(stored)
    if seen is not None and seen != stored.revision:
        raise draft_conflict(stored, seen)
    if by and not (answer := may_now(by, Act.MERGE_IMPORT, stored.report.agency, stored)):
        raise Refused(answer.reason)
    corrected = apply_corrections(parsed, corrections)
    figures, marks = figures_and_marks(corrected)
    keys = [key for key in stored.figures if key in taken]
    texts = _texts_taken(stored, corrected, taken)
    if not keys and not texts:
        raise Refused(_("没有选择采用文件中的任何一处，已存的报告没有变化。"))
    if stored.state == State.PUBLISHED and not reason.strip():
        raise ValidationError(_("请说明更正的理由。"), "reason_needed")
    entered = {key: figures.get(key) for key in keys}
    entered_marks = {key: marks.get(key, "") for key in keys}
    names = {place_name(name) for name in (*keys, *texts)}
    places = {where: place for where, place in places_of(parsed, corrections).items() if where in names}
    doubts = [doubt for doubt in doubts_of(parsed, corrections) if _concerns(doubt["where"], names)]
    if publish:
        version = _published(stored, entered, entered_marks, texts, by, reason)
    else:
        version = stored if stored.state != State.PUBLISHED else start_correction(stored.report, by, reason)
        told = _("采用文件“%(name)s”中的内容。") % {"name": source.name}
        version = save_draft(version, entered, texts, by, marks=entered_marks, comment=told)
    _record_source(version, source, places, doubts)
    if publish:
        make_public(version, by, Action.IMPORTED)
    return version


def _concerns(where: str, names: Collection[str]) -> bool:
    return any(name == where or name.startswith(where + ".") for name in names)


def _published(
    stored: Version,
    entered: Mapping[str, Any],
    marks: Mapping[str, str],
    texts: Mapping[str, Any],
    by: User | None,
    reason: str,
) -> Version:
    """A copy of what is public with the chosen changes, not yet in its place."""
    if stored.pk != stored.report.published_id:
        raise Refused(_("这份报告还没有公开，不需要更正。"))
    figures_after, marks_after = applied(stored.figures, stored.marks, entered, marks)
    kept = {name: getattr(stored, name) for name in (*TEXTS, "edition", "source", "places", "doubts", "missing_tables")}
    version = new_version(
        stored.report,
        **{**kept, **texts},
        origin=Origin.IMPORTED,
        created_by=by,
        reason=reason.strip(),
        marks=marks_after,
    )
    filled = {key.partition(".")[0] for key in entered}
    version.missing_tables = [table for table in stored.missing_tables if table not in filled]
    version.save()
    version.also_from.set(stored.also_from.all())
    write_figures(version, figures_after)
    return version


def _record_source(version: Version, source: Source, places: Mapping[str, Any], doubts: list[dict[str, Any]]) -> None:
    """Says of what was taken over that it stands in that file; whatever else is there goes on standing where it stood."""
    if version.source_id is None:
        version.source = source
    if version.source_id != source.pk:
        version.also_from.add(source)
        places = {where: place | {"source": source.sha256} for where, place in places.items()}
    version.places = {**version.places, **places}
    standing = [doubt for doubt in version.doubts if doubt["where"] not in places]
    version.doubts = standing + [doubt for doubt in doubts if doubt not in standing]
    version.save(update_fields=["source", "places", "doubts"])
