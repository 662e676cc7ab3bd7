"""What people correct and decide while an import waits for them, kept with it until it is stored or thrown away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from reports.importing.parsed import ParsedReport
from reports.intake.correcting import Correction, as_read, read_corrections
from reports.lifecycle.acts import EditConflict
from reports.models import PendingImport


def revision_of(pending: PendingImport) -> str:
    """Another one after every change."""
    return pending.changed_at.isoformat()


@transaction.atomic
def correct(
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
    read = as_read(ParsedReport.from_json(waiting.parsed))
    if unknown := entries.keys() - read.keys():
        raise KeyError(f"not part of this report: {sorted(unknown)}")
    before = read_corrections(waiting.corrections)
    after = dict(before)
    who, at = by.get_full_name() or by.username, timezone.now().isoformat()
    for name, entry in entries.items():
        if entry.says(read[name]):
            after.pop(name, None)
        elif name not in before or not entry.says(before[name]):
            after[name] = replace(entry, by=by.pk, who=who, at=at)
    decided = {**waiting.decisions, **(decisions or {})}
    if after == before and decided == waiting.decisions:
        return waiting
    if seen is not None and seen != revision_of(waiting):
        when = timezone.localtime(waiting.changed_at).strftime("%H:%M:%S")
        raise EditConflict(_("您打开之后，这份文件的识别结果在 %(when)s 被改动过。") % {"when": when}, waiting)
    waiting.corrections = {name: correction.to_json() for name, correction in after.items()}
    waiting.decisions = decided
    waiting.changed_at = timezone.now()
    waiting.save(update_fields=["corrections", "decisions", "changed_at"])
    return waiting
