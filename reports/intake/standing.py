"""An import that waits, as one user sees it now."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from agencies.access import agencies_of, may, supervises
from agencies.matching import Match, match_agency
from agencies.models import Agency, Role, User
from reports.importing.parsed import ParsedReport
from reports.intake.against import Against, against, stored_version
from reports.intake.commit import IMPORTERS
from reports.intake.correcting import Correction, corrected, places_of, read_corrections
from reports.intake.doubts import Judged, judge
from reports.models import PendingImport
from reports.originals.drawing import anchor

MAX_CANDIDATES = 20


def may_decide(user: User, pending: PendingImport) -> bool:
    """Whoever brought the file, and whoever may import for the agency that it names."""
    if pending.created_by_id == user.pk or user.is_superuser:
        return True
    named = match_agency(pending.parsed["agency"], pending.parsed["year"]).agency
    return named is not None and may(user, named, *IMPORTERS)


@dataclass
class ImportReview:
    """An import that waits, as the user sees it: what was read, as it stands corrected, whose it is, what it would change."""

    user: User
    pending: PendingImport

    @cached_property
    def read(self) -> ParsedReport:
        return ParsedReport.from_json(self.pending.parsed)

    @cached_property
    def corrections(self) -> dict[str, Correction]:
        return read_corrections(self.pending.corrections)

    @cached_property
    def mended(self) -> ParsedReport:
        return corrected(self.read, self.corrections)

    @cached_property
    def match(self) -> Match:
        return match_agency(self.mended.agency, self.mended.year)

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
        return agencies_of(self.user, Role.SUPERVISOR).exists()

    @property
    def keep(self) -> str:
        """How it is to be stored: `published` or `draft`, as was chosen, else as this user usually does."""
        usual = "published" if self.supervising and not self.pending.as_draft else "draft"
        return self.pending.decisions.get("keep") or usual

    @property
    def publish(self) -> bool:
        return bool(self.keep == "published" and self.agency and supervises(self.user, self.agency))

    @cached_property
    def places(self) -> dict[str, str]:
        return {where: anchor(place) for where, place in places_of(self.read, self.corrections).items()}

    @cached_property
    def against(self) -> Against | None:
        """What is stored already; None where nothing is."""
        version = stored_version(self.agency, self.mended.year, self.publish)
        return against(version, self.mended, self.pending.decisions.get("take", {}), self.places) if version else None

    @cached_property
    def judged(self) -> Judged:
        return judge(self.read, self.mended, self.corrections, self.agency)
