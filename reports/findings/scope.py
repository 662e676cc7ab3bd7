"""Whom a report covers, where its text does not say so: by what the register knows of its body."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from reports.catalogue import sums
from reports.checks.comparables import Unit
from reports.checks.units import adds_up
from reports.findings.outbox import after_commit
from reports.importing.parsed import UNKNOWN_SCOPE, Scope
from reports.importing.scope import read_scope, scope_of_kind
from reports.models import Action, Change, NeighbourCheck, Report, ScopeBasis, ScopeKind, Version, content_of
from reports.standard import NARRATIVE_PARTS
from reports.standard.both_editions import PROBLEMS

SCOPE_FIELDS = ("scope_kind", "scope_by", "scope_units", "scope_quote")


def settled_scope(scope: Scope, agency: Agency | None) -> Scope:
    """The scope of a report of this agency. What its text states or a person decided stands; of the kind of body the register
    knows more than the printed name tells."""
    if agency is None or scope.by in ("text", "sums", "person"):
        return scope
    # A department with branches, or a town that another one counts into, may report for these, too.
    return UNKNOWN_SCOPE if agency.parts.exists() else scope_of_kind(agency.body)


def settle_by_sums(version: Version, below: Sequence[Unit]) -> None:
    """Where nothing is said of whom a public report covers, it covers the bodies below as long as it is their sum; of a draft its
    clerk says so. The report is locked. A change is recorded, and totals follow once it is committed."""
    if not version.is_published:
        return
    if version.scope_kind != ScopeKind.UNKNOWN and version.scope_by != ScopeBasis.SUMS:
        return
    found = (
        Scope("area", quote=told_sum(below), by="sums")
        if below and adds_up(content_of(version), below)
        else UNKNOWN_SCOPE
    )
    if found.kind != version.scope_kind:
        change_scope(version, found, None, found.quote)


@transaction.atomic
def reread_scopes(versions: Iterable[Version]) -> int:
    """Looks anew at what public reports say of whom they cover, and says of how many that is known otherwise now. What a person
    decided stays, as does a sentence that stands outside of what is kept of the document."""
    keys = {version.report_id for version in versions}
    locked = Report.objects.select_for_update().filter(pk__in=keys, published__isnull=False)
    public = dict(locked.order_by("agency_id", "year").values_list("published", "pk"))
    found = Version.objects.filter(pk__in=public).with_figures().select_related("report__agency__division")
    changed = 0
    for version in found.exclude(scope_by__in=(ScopeBasis.PERSON, ScopeBasis.SUMS)):
        agency = version.report.agency
        parts = ("notes", "preamble", *(part for part in reversed(NARRATIVE_PARTS) if part != PROBLEMS.key))
        said = [getattr(version, part) for part in dict.fromkeys(parts)]
        if version.scope_by == ScopeBasis.TEXT and not any(version.scope_quote in text for text in said):
            continue
        scope = settled_scope(read_scope(version.printed_name or agency.full_name, said, version.figures), agency)
        if any(getattr(version, name) != value for name, value in scope_fields(scope).items()):
            change_scope(version, scope, None, _("按现在的规则重新读过。"))
            changed += 1
    return changed


def told_sum(units: Sequence[Unit]) -> str:
    return _("每一格等于所辖 %(count)s 个单位之和。") % {"count": len(units)}


def change_scope(version: Version, scope: Scope, by: User | None, comment: str) -> Change:
    """Stores and records whom a version covers, whose report is locked. What else it says stays, and so does what the record
    committed to when it became public."""
    now = scope_fields(scope)
    texts = {name: [getattr(version, name), value] for name, value in now.items() if getattr(version, name) != value}
    for name, (_old, value) in texts.items():
        setattr(version, name, value)
    version.edited()
    version.save(update_fields=[*texts, "edits", "changed_at"])
    change = Change(
        version=version, action=Action.SCOPED, made_by=by, texts=texts, comment=comment, edits=version.edits
    )
    change.save()
    report = version.report
    if report.published_id == version.pk:
        # Should the process die before, whoever looks after neighbours does it.
        NeighbourCheck.objects.create(report=report)
        after_commit(partial(sums.refresh_below, [report.agency_id], report.year))
    return change


def scope_fields(scope: Scope) -> dict[str, object]:
    """As the fields of a version hold it."""
    values = (scope.kind, scope.by, list(scope.units), scope.quote)
    return dict(zip(SCOPE_FIELDS, values, strict=True))
