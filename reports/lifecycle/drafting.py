"""A draft begun and saved, by one person or by several at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from reports.findings.pending import check_later
from reports.findings.scope import scope_fields, settled_scope
from reports.importing.parsed import UNKNOWN_SCOPE
from reports.lifecycle.acts import (
    EditConflict,
    Refused,
    form_of,
    lock_report,
    lock_version,
    new_version,
    record,
    require,
    work_on,
)
from reports.lifecycle.differences import Number, applied, differences, length_errors, number_errors, text_differences
from reports.lifecycle.transactions import act
from reports.lifecycle.transitions import Act
from reports.models import Action, Change, ScopeBasis, ScopeKind, Version, write_figures


@act
def start_draft(agency: Agency, year: int, by: User | None) -> Version:
    """An empty draft in the edition of its year; the one that is being worked on, if there is one.

    Raises Refused where the year has no form, or where the report is public, which takes a correction.
    """
    edition = form_of(year)
    report = lock_report(agency, year)
    if report.working:
        return lock_version(report.working)
    if report.published:
        raise Refused(_("%(year)s年度报告已经公开。要修改，请作更正。") % {"year": year})
    if report.taken_down:
        raise Refused(_("%(year)s年度报告已被撤下。要重新公开，请作更正。") % {"year": year})
    scope = scope_fields(settled_scope(UNKNOWN_SCOPE, agency))
    version = new_version(report, edition=edition.name, created_by=by, printed_name=agency.name, **scope)
    version.save()
    write_figures(version, {})
    work_on(version)
    record(version, Action.CREATED, by, at=version.changed_at)
    check_later(version)
    return version


@act
def save_draft(
    version: Version,
    figures: Mapping[str, Number | None],
    texts: Mapping[str, Any],
    by: User | None,
    *,
    marks: Mapping[str, str] | None = None,
    seen: str | None = None,
    comment: str = "",
) -> Version:
    """Stores what was entered; what is not named stays as it is, and contradictions do not matter yet.

    A figure of None empties its cell, or leaves there the mark that `marks` names. `seen` is the `Version.revision`
    that the editor read, None where nobody read one. Saving what is stored already changes nothing.

    Raises EditConflict where somebody else came first, Refused where it is no draft, ValidationError (by field or figure
    key) for what no column can hold, KeyError for a key that is not in the form.
    """
    version = lock_version(version)
    texts = _with_basis(version, texts)
    old_figures = version.figures
    new_figures, new_marks = applied(old_figures, version.marks, figures, marks or {})
    changed = differences(old_figures, version.marks, new_figures, new_marks)
    changed_texts = text_differences(version, texts)
    if not changed and not changed_texts:
        return version
    require(version, Act.SAVE)
    if seen is not None and seen != version.revision:
        raise draft_conflict(version, seen)
    errors = number_errors(version.form, new_figures, changed) | length_errors(changed_texts)
    for name in changed_texts:
        setattr(version, name, texts[name])
    try:
        version.clean_fields(exclude={field.name for field in Version._meta.fields} - changed_texts.keys())
    except ValidationError as invalid:
        errors = invalid.update_error_dict(errors)
    if errors:
        raise ValidationError(errors)
    version.marks = new_marks
    # What was typed over no longer comes from the file.
    typed = changed.keys() | {f"narrative.{name}" for name in changed_texts}
    version.places = {where: place for where, place in version.places.items() if where not in typed}
    version.doubts = [doubt for doubt in version.doubts if doubt["where"] not in typed]
    version.edited()
    version.save()
    write_figures(version, new_figures)
    record(version, Action.SAVED, by, changed, changed_texts, comment, at=version.changed_at)
    check_later(version)
    return version


def _with_basis(version: Version, texts: Mapping[str, Any]) -> Mapping[str, Any]:
    """Who says whom the report covers has decided that, unless it is said how else it is known."""
    kind = texts.get("scope_kind", version.scope_kind)
    if kind == version.scope_kind or "scope_by" in texts:
        return texts
    return {**texts, "scope_by": "" if kind == ScopeKind.UNKNOWN else ScopeBasis.PERSON}


def draft_conflict(version: Version, seen: str) -> EditConflict:
    """What to say to somebody whose draft was changed since the revision that they saw."""
    changes = changes_since(version, seen)
    last = changes[-1] if changes else None
    words = {
        "who": (last.made_by_label if last else "") or _("另一位用户"),
        "when": timezone.localtime(last.made_at if last else version.changed_at).strftime("%H:%M:%S"),
    }
    return EditConflict(_("您打开之后，%(who)s在 %(when)s 修改过这份报告。") % words, version, changes)


def require_seen(version: Version, seen: str | None) -> None:
    """Raises EditConflict unless the version, which is locked, still is as it was read; None where nobody read it."""
    if seen is not None and seen != version.revision:
        raise draft_conflict(version, seen)


def changes_since(version: Version, revision: str) -> list[Change]:
    """What happened to a version after the revision that an editor saw, the newest last."""
    since = version.changes.filter(edits__gt=int(revision) if revision.isdecimal() else -1)
    return list(since.order_by("pk"))
