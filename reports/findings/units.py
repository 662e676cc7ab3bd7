"""The units of reports that cover a subtree, with what they published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from agencies.codes import DIVISION_CODE_LENGTH, ancestor_codes, level_of, prefix_of, subtree
from agencies.models import Agency
from reports.checks.comparables import Unit
from reports.checks.units import chosen_units, named, units_by_name
from reports.findings.contents import AgencyYear, Given, Subject, contents_of, reports_of
from reports.models import COVERING, Report, Version


@dataclass(frozen=True)
class Whole:
    """A report that covers its subtree; `key` is any key of the caller's, `listed` the units that its statement names."""

    key: int
    code: str
    year: int
    listed: tuple[str, ...] = ()


def units_for(subjects: Sequence[Subject], given: Given) -> dict[int, tuple[tuple[Unit, ...], bool]]:
    """By number of the subject: the units of those that cover a subtree, and whether these are known to be all.

    They are found by the register, else by the units that the scope statement lists; of what is not stored also by the
    place that the names begin with, among what is `given` for the same year.
    """
    covering = {number: subject for number, subject in enumerate(subjects) if subject.covers}
    wholes = [
        Whole(number, subject.code, subject.content.year, subject.scope_units)
        for number, subject in covering.items()
        if subject.agency and subject.content.year
    ]
    found = {number: (units, True) for number, units in units_of(wholes, given).items() if units}
    for number, subject in covering.items():
        if number not in found and subject.version is None:
            others = {
                other.content.agency: other.content
                for other in subjects
                if other is not subject and other.version is None and other.content.year == subject.content.year
            }
            found[number] = units_by_name(subject.content.agency, subject.scope_units, others)
    return found


def units_of(wholes: Sequence[Whole], given: Given) -> dict[int, tuple[Unit, ...]]:
    """By the caller's key: the units of each whole with what they published, or with what is `given` instead."""
    if not wholes:
        return {}
    below = _agencies_below(wholes)
    years = {whole.year for whole in wholes}
    published = _published({(agency.pk, year) for agency in below for year in years})
    covering = {place for place, (_pk, covers) in published.items() if covers}
    covering = {place for place in covering if place not in given} | {p for p, each in given.items() if each.covers}
    chosen = {whole.key: _meant(whole, below, covering) for whole in wholes}
    needed = {place for register, listed in chosen.values() for place, _name in register + listed if place}
    stored = contents_of(published[place][0] for place in needed - given.keys() if place in published)
    contents = stored | {place: each.content for place, each in given.items()}

    def units(named_places: Iterable[tuple[AgencyYear | None, str]]) -> list[Unit]:
        return [
            Unit(place[0] if place else "", name, contents.get(place) if place else None)
            for place, name in named_places
        ]

    return {key: chosen_units(units(register), units(listed)) for key, (register, listed) in chosen.items()}


Named = list[tuple[AgencyYear | None, str]]


def _meant(whole: Whole, below: Sequence[Agency], covering: Iterable[AgencyYear]) -> tuple[Named, Named]:
    """The units by the register and those that the statement lists, each with agency and year where it is known."""
    place = _range(whole.code)
    around = [agency for agency in below if place[0] <= agency.pk <= place[1] and agency.pk != whole.code]
    register: Named = []
    if len(whole.code) == DIVISION_CODE_LENGTH:
        owing = [agency for agency in around if agency.owes_in(whole.year)]
        covered = [
            _range(code) for code, year in covering if year == whole.year and code != whole.code and "-" not in code
        ]
        register = [
            ((agency.pk, whole.year), agency.name)
            for agency in owing
            if not any(first <= agency.pk <= last and agency.pk != first.ljust(12, "0") for first, last in covered)
        ]
    by_name = {agency.name: agency.pk for agency in around}
    listed: Named = []
    for name in whole.listed:
        meant = named(name, by_name)
        listed.append(((by_name[meant[0]], whole.year) if len(meant) == 1 else None, name))
    return register, listed


def _range(code: str) -> tuple[str, str]:
    """The first and last code of the division that an agency belongs to."""
    division = code[:DIVISION_CODE_LENGTH]
    return subtree(prefix_of(division, level_of(division)))


def _agencies_below(wholes: Iterable[Whole]) -> list[Agency]:
    ranges = Q(pk__in=())
    for code in {whole.code[:DIVISION_CODE_LENGTH] for whole in wholes}:
        ranges |= Q(pk__range=_range(code))
    return list(Agency.objects.filter(ranges).only("pk", "name", "valid_from", "valid_to", "owes_report"))


def _published(wanted: Iterable[AgencyYear]) -> dict[AgencyYear, tuple[int, bool]]:
    """By agency and year, the key of the published version, and whether it covers a subtree."""
    reports = reports_of(wanted).filter(published__isnull=False)
    rows = reports.values_list("agency_id", "year", "published", "published__scope_kind")
    return {(code, year): (pk, kind in COVERING) for code, year, pk, kind in rows}


def wholes_over(versions: Iterable[Version]) -> list[Version]:
    """The versions, published or in work, that cover a subtree to which these belong."""
    chosen = Q(pk__in=())
    for version in versions:
        code = version.report.agency_id
        above = [*ancestor_codes(code), code[:DIVISION_CODE_LENGTH]]
        at_the_same_place = Q(agency__code__range=(code[:DIVISION_CODE_LENGTH], code[:DIVISION_CODE_LENGTH] + "-99"))
        chosen |= (Q(agency_id__in=above) | at_the_same_place) & Q(year=version.report.year) & ~Q(agency_id=code)
    reports = Report.objects.filter(chosen).select_related("published", "working")
    current = [each for report in reports for each in (report.published, report.working) if each]
    return [version for version in current if version.scope_kind in COVERING]
