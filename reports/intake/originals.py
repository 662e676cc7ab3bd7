"""Who may have an original: everybody once a public report rests on it, before that those concerned."""

from __future__ import annotations

from agencies.access import Visitor, may, office_work_of
from reports.intake.preview import may_decide
from reports.models import Source, Version

MAX_DIGITS = 18
"""Of a key; no database has longer ones."""
MAX_WAITING = 20
"""So many waiting imports of one file are looked through for somebody who may decide on them."""


def readable_upload(user: Visitor, sha256: str, asked: str = "") -> Source | None:
    """The upload by which the visitor may have these bytes, the one asked for by its key or else the latest. Another
    agency's is none of his business, though its bytes be the same."""
    uploads = Source.objects.filter(sha256=sha256).order_by("-pk")
    if asked:
        uploads = uploads.filter(pk=int(asked) if asked.isdecimal() and len(asked) < MAX_DIGITS else 0)
    return next((upload for upload in uploads if may_read_original(user, upload)), None)


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
