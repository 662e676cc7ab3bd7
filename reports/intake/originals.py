"""Who may have an original: everybody once a public report rests on it, before that those concerned."""

from __future__ import annotations

from agencies.access import Visitor, may, office_work_of
from reports.intake.preview import may_decide
from reports.models import Source, Version

MAX_WAITING = 20
"""So many waiting imports of one file are looked through for somebody who may decide on them."""


def is_public(source: Source) -> bool:
    return Version.objects.from_source(source).public().exists()


def may_read_original(user: Visitor, source: Source) -> bool:
    """The office for which it was brought, the agencies whose versions rest on it, and whoever may decide on its import."""
    if is_public(source):
        return True
    if not user.is_authenticated:
        return False
    if user.is_superuser or source.pending.filter(office_work_of(user)).exists():
        return True
    versions = Version.objects.from_source(source).select_related("report__agency")
    if any(may(user, version.report.agency) for version in versions):
        return True
    return any(may_decide(user, waiting) for waiting in source.pending.all()[:MAX_WAITING])
