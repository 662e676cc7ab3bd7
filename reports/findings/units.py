"""The units of reports that cover other bodies, with what they published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from agencies.codes import DIVISION_CODE_LENGTH, level_of, prefix_of, subtree
from agencies.counting import lines_above, parts_below
from agencies.models import Agency, Kind
from agencies.naming import named_agencies
from reports.checks.comparables import Unit
from reports.checks.units import chosen_units, units_by_name
from reports.findings.contents import AgencyYear, Given, Subject, contents_of, reports_of
from reports.models import COVERING, Report, ScopeKind, Version


@dataclass(frozen=True)
class Whole:
    """A report that may cover other bodies; `key` is any key of the caller's, `listed` the units that its statement names."""

    key: int
    code: str
    year: int
    kind: str = ScopeKind.AREA
    listed: tuple[str, ...] = ()


def units_for(subjects: Sequence[Subject], given: Given) -> dict[int, tuple[tuple[Unit, ...], bool]]:
    """By number of the subject: the units of those that cover others, or of which nobody knows, and whether these are known to
    be all.

    They are found by the register, else by the units that the scope statement lists; of what is not stored also by the
    place that the names begin with, among what is `given` for the same year.
    """
    covering = {number: subject for number, subject in enumerate(subjects) if subject.may_cover}
    wholes = [
        Whole(number, subject.code, subject.content.year, _kind(subject), subject.scope_units)
        for number, subject in covering.items()
        if subject.agency and subject.content.year
    ]
    found = {number: (units, True) for number, units in units_of(wholes, given).items() if units}
    for number, subject in covering.items():
        if number not in found and subject.version is None and subject.covers:
            others = {
                other.content.agency: other.content
                for other in subjects
                if other is not subject and other.version is None and other.content.year == subject.content.year
            }
            found[number] = units_by_name(subject.content.agency, subject.scope_units, others)
    return found


def _kind(subject: Subject) -> str:
    """What a report covers if its units add up to it, where nobody knows what it covers."""
    return subject.scope_kind if subject.covers else ScopeKind.AREA


def units_of(wholes: Sequence[Whole], given: Given) -> dict[int, tuple[Unit, ...]]:
    """By the caller's key: the units of each whole with what they published, or with what is `given` instead."""
    if not wholes:
        return {}
    below = {
        year: parts_below({whole.code for whole in wholes if whole.year == year}, year)
        for year in {whole.year for whole in wholes}
    }
    agencies = _agencies(wholes, {code for parts in below.values() for code in parts})
    places = {(code, year) for year in below for code in agencies}
    published = {place: each for place, each in _published(places).items() if place not in given}
    kinds = {place: kind for place, (_pk, kind) in published.items()}
    kinds |= {place: subject.scope_kind for place, subject in given.items()}
    chosen = {}
    for whole in wholes:
        register = _Frontier(whole.year, below[whole.year], agencies, kinds).under(whole)
        chosen[whole.key] = register, _named(whole, agencies)
    needed = {place for register, listed in chosen.values() for place, _name in register + listed if place}
    stored = contents_of(published[place][0] for place in needed if place in published)
    contents = stored | {place: each.content for place, each in given.items()}

    def units(named_places: Iterable[tuple[AgencyYear | None, str]]) -> list[Unit]:
        found = []
        for place, name in named_places:
            unclear = place is not None and kinds.get(place) == ScopeKind.UNKNOWN
            content = contents.get(place) if place and not unclear else None
            found.append(Unit(place[0] if place else "", name, content, unclear))
        return found

    return {key: chosen_units(units(register), units(listed)) for key, (register, listed) in chosen.items()}


Named = list[tuple[AgencyYear | None, str]]


@dataclass(frozen=True)
class _Frontier:
    """The bodies right below the wholes of a year, as far down as nobody else stands for them."""

    year: int
    whole_of: Mapping[str, str]
    agencies: Mapping[str, Agency]
    kinds: Mapping[AgencyYear, str]

    def under(self, whole: Whole) -> Named:
        if whole.kind == ScopeKind.UNITS:
            return []
        found: Named = []
        for code in sorted(code for code, above in self.whole_of.items() if above == whole.code):
            agency = self.agencies[code]
            if whole.kind == ScopeKind.GOVERNMENT and agency.kind != Kind.DEPARTMENT:
                continue
            place = (code, self.year)
            # Who was abolished within the year owes nothing more, but its months count where it told them.
            if agency.owes_in(self.year) or place in self.kinds:
                found.append((place, agency.name))
            if self.kinds.get(place) != ScopeKind.AREA:
                found += self._not_in(place)
        return found

    def _not_in(self, place: AgencyYear) -> Named:
        code, _year = place
        below = self.under(Whole(0, code, self.year))
        if self.kinds.get(place) != ScopeKind.GOVERNMENT:
            return below
        return [one for one in below if one[0] and self.agencies[one[0][0]].kind != Kind.DEPARTMENT]


def _named(whole: Whole, agencies: Mapping[str, Agency]) -> Named:
    """The units that a statement lists, with agency and year where it is clear who is meant."""
    first, last = _range(whole.code)
    around = {each.name: each.pk for each in agencies.values() if first <= each.pk <= last and each.pk != whole.code}
    found: Named = []
    for name in whole.listed:
        meant = named_agencies(name, around)
        found.append(((around[meant[0]], whole.year) if len(meant) == 1 else None, name))
    return found


def _range(code: str) -> tuple[str, str]:
    """The first and last code of the division that an agency belongs to."""
    division = code[:DIVISION_CODE_LENGTH]
    return subtree(prefix_of(division, level_of(division)))


def _agencies(wholes: Iterable[Whole], codes: Iterable[str]) -> dict[str, Agency]:
    """Those with these codes, and those whose names the statements of some wholes can mean."""
    wanted = Q(pk__in=set(codes))
    for code in {whole.code[:DIVISION_CODE_LENGTH] for whole in wholes if whole.listed}:
        wanted |= Q(pk__range=_range(code))
    found = Agency.objects.filter(wanted).only("pk", "name", "kind", "valid_from", "valid_to", "owes_report")
    return {agency.pk: agency for agency in found}


def _published(wanted: Iterable[AgencyYear]) -> dict[AgencyYear, tuple[int, str]]:
    """By agency and year, the key of the published version, and its scope."""
    reports = reports_of(wanted).filter(published__isnull=False)
    rows = reports.values_list("agency_id", "year", "published", "published__scope_kind")
    return {(code, year): (pk, kind) for code, year, pk, kind in rows}


def wholes_over(versions: Iterable[Version]) -> list[Version]:
    """The versions, published or in work, that cover these or of which nobody knows whether they do."""
    chosen = Q(pk__in=())
    for version in versions:
        code, year = version.report.agency_id, version.report.year
        above = lines_above([code], year)[code]
        # Further bodies of a place above may list anybody there.
        near = Q(agency__in=above)
        for place in {each[:DIVISION_CODE_LENGTH] for each in (code, *above)}:
            near |= Q(agency__code__range=(place, f"{place}-99"))
        chosen |= near & Q(year=year) & ~Q(agency=code)
    reports = Report.objects.filter(chosen).select_related("published", "working")
    current = [each for report in reports for each in (report.published, report.working) if each]
    return [version for version in current if version.scope_kind in (*COVERING, ScopeKind.UNKNOWN)]
