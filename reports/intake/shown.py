"""What the page of an import shows, and what an answer to its script holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from reports.filing.client_config import for_browser
from reports.filing.entry import chapters
from reports.intake.preview_form import PreviewForm
from reports.intake.standing import ImportReview
from reports.intake.waiting import revision_of
from reports.standard.elements import Edition

LOOKS = {"doubtful", "retyped", "proposed", "wrong"}


def context_of(waiting: ImportReview, data: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What the page shows and what an answer to its script holds."""
    judged, pending = waiting.judged, waiting.pending
    form = PreviewForm(waiting.read, waiting.corrections, data)
    figures = {key: waiting.mended.figures.get(key) for key in form.edition.figures} | form.entry.figures
    marks = waiting.mended.marks | form.entry.marks
    listed = [*judged.doubts, *judged.findings]
    parts = chapters(form.edition, form.entry, figures, marks, listed, origins=judged.origins)
    typed = {name for name in waiting.corrections if not name.startswith("doubt.")}
    return {
        "pending": pending,
        "parsed": waiting.mended,
        "form": form,
        "identity": [
            (
                name,
                form.identity.fields[name].label,
                form.typed(name),
                form.errors.get(name, ""),
                judged.origins.get(where),
            )
            for name, where in (("printed_name", "agency"), ("year", "year"))
        ],
        "edition": form.edition,
        "chapters": parts,
        "judged": judged,
        "against": waiting.against,
        "match": waiting.match,
        "candidates": waiting.candidates,
        "agency": waiting.agency,
        "chosen": waiting.agency.pk if waiting.agency in waiting.candidates else "",
        "agency_code": pending.decisions.get("agency", "") if waiting.agency not in waiting.candidates else "",
        "publish": waiting.publish,
        "keep": waiting.keep,
        "may_publish": waiting.supervising,
        "reason": pending.decisions.get("reason", ""),
        "revision": revision_of(pending),
        "corrected": len(typed),
        "unbalanced": sum(part.table.broken for part in parts if part.table),
        "blank": sum(number is None for number in figures.values()),
        "for_browser": _declared_for_browser(form.edition),
    }


def _declared_for_browser(edition: Edition) -> dict[str, Any]:
    """The same as the entry form is given, with what is said about an import."""
    declared = for_browser(edition)
    declared["words"] |= {"corrected": _("改了 {count} 处")}
    return declared


def cells_of(context: Mapping[str, Any]) -> dict[str, tuple[list[str], list[int]]]:
    """How each cell looks and the numbers that lead from it to the lists."""
    return {
        typed.value.figure.key: ([name for name in typed.classes.split() if name in LOOKS], typed.value.anchors)
        for part in context["chapters"]
        if part.table
        for line in part.table.body
        for typed in line.cells
        if typed.value
    }
