"""Reports as the checks see them: those to be checked, stored or not, and what is stored beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from agencies.models import Agency
from reports.checks.content import Content
from reports.models import COVERING, Report, ScopeKind, Version, content_of

AgencyYear = tuple[str, int]
"""The code of an agency and the year of a report."""


@dataclass(frozen=True)
class Subject:
    """A report that is to be checked. Without a `version` it is not stored, and stands for what is stored of its agency and
    year; without an `agency` the register does not know whose it is."""

    content: Content
    agency: Agency | None = None
    scope_kind: str = ScopeKind.UNKNOWN
    scope_units: tuple[str, ...] = ()
    scope_by: str = ""
    version: Version | None = None

    @property
    def code(self) -> str:
        return self.agency.code if self.agency else ""

    @property
    def identity(self) -> str:
        """Reports of one agency are told by its code, else by the printed name."""
        return self.code or self.content.agency

    @property
    def place(self) -> AgencyYear | None:
        return (self.identity, self.content.year) if self.content.year else None

    @property
    def may_cover(self) -> bool:
        """Whether it covers others, or may, as far as anybody knows; what was found by sums is looked at anew."""
        return self.covers or self.scope_kind == ScopeKind.UNKNOWN

    @property
    def covers(self) -> bool:
        """Whether it counts what other bodies report, too."""
        return self.scope_kind in COVERING


Given = Mapping[AgencyYear, Subject]
"""Reports that are not stored, by agency and year."""


def subject_of(version: Version) -> Subject:
    """A stored version to be checked."""
    report = version.report
    return Subject(
        content_of(version), report.agency, version.scope_kind, tuple(version.scope_units), version.scope_by, version
    )


def contents_of(keys: Iterable[int]) -> dict[AgencyYear, Content]:
    """By agency and year: the versions with these keys."""
    wanted = set(keys)
    found = Version.objects.filter(pk__in=wanted).with_figures() if wanted else ()
    return {(version.report.agency_id, version.report.year): content_of(version) for version in found}


def reports_of(wanted: Iterable[AgencyYear]) -> QuerySet[Report]:
    """The reports of these agencies and years."""
    agencies: dict[int, set[str]] = {}
    for agency, year in wanted:
        agencies.setdefault(year, set()).add(agency)
    chosen = Q(pk__in=())
    for year, codes in agencies.items():
        chosen |= Q(year=year, agency_id__in=codes)
    return Report.objects.filter(chosen)
