"""A supervisor says whom public reports cover, one or many, and into whom bodies count."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agencies.counting import count_into
from agencies.models import Agency, User
from reports.catalogue import sums
from reports.findings.outbox import after_commit
from reports.findings.scope import change_scope, reread_scopes
from reports.importing.parsed import UNKNOWN_SCOPE, Scope
from reports.lifecycle.acts import Refused, lock_version, require
from reports.lifecycle.transactions import act
from reports.lifecycle.transitions import Act
from reports.models import Report, ScopeKind, State, Version


@act
def decide_scope(
    version: Version, kind: str, by: User, *, units: Sequence[str] = (), comment: str = "", seen: str | None = None
) -> Version:
    """Whom a public report covers, from now on. What the record committed to when it became public stays.

    `seen` is the kind that the supervisor saw. Raises Refused where somebody else decided meanwhile or it is not public,
    ValidationError for a list without units.
    """
    version = lock_version(version)
    require(version, Act.DECIDE)
    if not version.is_published:
        raise Refused(_("这份报告还没有公开，统计范围由填报单位选定。"))
    if seen is not None and seen != version.scope_kind:
        words = {"kind": version.get_scope_kind_display()}
        raise Refused(_("已有人把统计范围认定为“%(kind)s”。") % words)
    if kind == ScopeKind.UNITS and not units:
        raise ValidationError(_("选“所列单位”的，请写明是哪些单位。"), "units_needed")
    if kind == ScopeKind.UNKNOWN:
        scope = UNKNOWN_SCOPE
    else:
        scope = Scope(kind, tuple(units) if kind == ScopeKind.UNITS else (), version.scope_quote, "person")
    if (scope.kind, scope.by, list(scope.units)) != (version.scope_kind, version.scope_by, version.scope_units):
        change_scope(version, scope, by, comment.strip())
    return version


def decide_scopes(
    chosen: Iterable[tuple[Version, str]], kind: str, by: User, *, units: Sequence[str] = (), comment: str = ""
) -> tuple[int, list[str]]:
    """The same for many, each given with the kind that was seen and each on its own: how many that were, and why not the others."""
    done, refused = 0, []
    for version, seen in chosen:
        try:
            decide_scope(version, kind, by, units=units, comment=comment, seen=seen)
            done += 1
        except Refused as why:
            refused.append(f"{version.report}{_('：')}{why}")
    return done, refused


@act
def change_whole(
    agencies: Sequence[Agency], whole: Agency | None, since: datetime.date, by: User, comment: str = ""
) -> list[Agency]:
    """From that day on these bodies count into that one; totals follow once it is committed. Gives back those that this changes."""
    changed = count_into(agencies, whole, since, by, comment)
    if whole and changed:
        # Whoever has branches now may have reported for them.
        reread_scopes(Version.objects.filter(report__agency=whole, state=State.PUBLISHED))
    codes = [agency.pk for agency in changed]
    years = Report.objects.published().filter(year__gte=since.year).order_by().values_list("year", flat=True).distinct()
    around = [*codes, *([whole.pk] if whole else [])]

    def follow() -> None:
        for year in list(years):
            sums.refresh_below(around, year)

    if codes:
        after_commit(follow)
    return changed
