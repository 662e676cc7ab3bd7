"""A waiting import as its user sees it: what was read, corrected and chosen, and the context of its preview page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agencies.access import may, may_take_over, office_work_of
from agencies.matching import Match, match_agency
from agencies.models import Agency, User
from reports.filing.client_config import for_browser
from reports.filing.entry import chapters
from reports.findings.scope import settled_scope
from reports.importing.parsed import ParsedReport
from reports.intake.assessment import Assessment, assess
from reports.intake.commit import revision_of
from reports.intake.corrections import Correction, apply_corrections, places_of, read_corrections
from reports.intake.preview_form import PreviewForm
from reports.intake.stored_comparison import StoredComparison, compare_with_stored, stored_version
from reports.lifecycle import IMPORTERS, Act
from reports.lifecycle.permissions import may_anywhere, may_now
from reports.models import PendingImport
from reports.originals.drawing import anchor
from reports.standard.elements import Edition

MAX_CANDIDATES = 20


def may_decide(user: User, pending: PendingImport) -> bool:
    """The office for which the file was brought, and whoever may import for the agency that it names."""
    if may_take_over(user, pending.office_id, pending.office_role):
        return True
    named = match_agency(pending.parsed["agency"], pending.parsed["year"]).agency
    return named is not None and may(user, named, *IMPORTERS)


def waiting_for_office(user: User) -> QuerySet[PendingImport]:
    """The single files that a user's own office has to decide on; those of a batch are listed with it."""
    return PendingImport.objects.filter(office_work_of(user, below=False), batch_files=None).select_related("source")


@dataclass
class ImportReview:
    """An import that waits, as the user sees it: what was read, as it stands corrected, whose it is, what it would change."""

    user: User
    pending: PendingImport

    @cached_property
    def as_read(self) -> ParsedReport:
        return ParsedReport.from_json(self.pending.parsed)

    @cached_property
    def read(self) -> ParsedReport:
        """As it was read; of the kind of body the register knows more than the printed name."""
        return replace(self.as_read, scope=settled_scope(self.as_read.scope, self.agency))

    @cached_property
    def corrections(self) -> dict[str, Correction]:
        return read_corrections(self.pending.corrections)

    @cached_property
    def corrected(self) -> ParsedReport:
        return apply_corrections(self.read, self.corrections)

    @cached_property
    def match(self) -> Match:
        named = apply_corrections(self.as_read, self.corrections)
        return match_agency(named.agency, named.year)

    @cached_property
    def candidates(self) -> list[Agency]:
        mine = [agency for agency in self.match.candidates if may(self.user, agency, *IMPORTERS)]
        return mine[:MAX_CANDIDATES]

    @cached_property
    def agency(self) -> Agency | None:
        """The one that was chosen, else the one that the name means; only if this user imports for it."""
        if code := self.pending.decisions.get("agency"):
            found = Agency.objects.filter(pk=code).select_related("division").first()
        else:
            found = self.match.agency
        return found if found and may(self.user, found, *IMPORTERS) else None

    @cached_property
    def supervising(self) -> bool:
        return may_anywhere(self.user, Act.IMPORT_PUBLISHED)

    @property
    def keep(self) -> str:
        """How it is to be stored: `published` or `draft`, as was chosen, else as this user usually does."""
        usual = "published" if self.supervising and not self.pending.as_draft else "draft"
        return self.pending.decisions.get("keep") or usual

    @property
    def publish(self) -> bool:
        if self.keep != "published" or self.agency is None:
            return False
        return bool(may_now(self.user, Act.IMPORT_PUBLISHED, self.agency))

    @cached_property
    def places(self) -> dict[str, str]:
        return {where: anchor(place) for where, place in places_of(self.read, self.corrections).items()}

    @cached_property
    def comparison(self) -> StoredComparison | None:
        """What is stored already; None where nothing is."""
        version = stored_version(self.agency, self.corrected.year, self.publish)
        return (
            compare_with_stored(version, self.corrected, self.pending.decisions.get("take", {}), self.places)
            if version
            else None
        )

    @cached_property
    def assessment(self) -> Assessment:
        return assess(self.read, self.corrected, self.corrections, self.agency)


LOOKS = {"doubtful", "retyped", "proposed", "wrong"}


def preview_context(review: ImportReview, data: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What the page shows and what an answer to its script holds."""
    assessment, pending = review.assessment, review.pending
    form = PreviewForm(review.read, review.corrections, data)
    figures = {key: review.corrected.figures.get(key) for key in form.edition.figures} | form.entry.figures
    marks = review.corrected.marks | form.entry.marks
    listed = [*assessment.doubts, *assessment.findings]
    parts = chapters(form.edition, form.entry, figures, marks, listed, origins=assessment.origins)
    typed = {name for name in review.corrections if not name.startswith("doubt.")}
    return {
        "pending": pending,
        "parsed": review.corrected,
        "form": form,
        "identity": [
            (
                name,
                form.identity.fields[name].label,
                form.typed(name),
                form.errors.get(name, ""),
                assessment.origins.get(where),
            )
            for name, where in (("printed_name", "agency"), ("year", "year"))
        ],
        "edition": form.edition,
        "chapters": parts,
        "judged": assessment,
        "against": review.comparison,
        "match": review.match,
        "candidates": review.candidates,
        "agency": review.agency,
        "chosen": review.agency.pk if review.agency in review.candidates else "",
        "agency_code": pending.decisions.get("agency", "") if review.agency not in review.candidates else "",
        "publish": review.publish,
        "keep": review.keep,
        "may_publish": review.supervising,
        "reason": pending.decisions.get("reason", ""),
        "revision": revision_of(pending),
        "corrected": len(typed),
        "unbalanced": sum(part.table.sheet.broken for part in parts if part.table),
        "blank": sum(number is None for number in figures.values()),
        "for_browser": _declared_for_browser(form.edition),
    }


def _declared_for_browser(edition: Edition) -> dict[str, Any]:
    """The same as the entry form is given, with what is said about an import."""
    declared = for_browser(edition)
    declared["words"] |= {"corrected": _("改了 {count} 处")}
    return declared


def cell_states(context: Mapping[str, Any]) -> dict[str, tuple[list[str], list[int]]]:
    """How each cell looks and the numbers that lead from it to the lists."""
    return {
        key: ([name for name in cell.classes.split() if name in LOOKS], cell.shown.anchors)
        for part in context["chapters"]
        if part.table
        for key, cell in part.table.inputs.items()
    }
