"""Which agency of the register a document means by the name that it prints. Never a guess.

A printed name is a path and a name (威海市文登区泽库镇人民政府). Every way to cut it in two is looked up at once; an
agency fits where all that stands before its name is made of the names of the divisions above it, in their order, some
of them left out. Exactly one that fits is a match. Two are none.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.codes import ancestor_codes
from agencies.models import Agency, Division, FormerName, existed_in
from agencies.naming import normalised, short_forms, spellings

MIN_NAME_LENGTH = 2
MAX_NAME_LENGTH = 300


@dataclass(frozen=True)
class Match:
    """`agency` is set where exactly one fits; else `candidates` are what a person may choose from, best first.

    `why` is a sentence for that person.
    """

    agency: Agency | None
    candidates: list[Agency] = field(default_factory=list)
    why: str = ""


@dataclass(frozen=True)
class NameReading:
    """One way to read the printed name: an agency under the name it has or had, and the path before it."""

    agency: Agency
    name: str
    path: str
    former: bool


def match_agency(printed_name: str, year: int | None = None) -> Match:
    """The agency that the printed name means, if the register knows exactly one, in at most three queries.

    With `year`, agencies that did not exist in it and names given up before it do not count.
    """
    name = normalised(printed_name)
    if len(name) < MIN_NAME_LENGTH:
        return Match(None, why=_("文中没有读到机构名称。"))
    readings = _readings(name, year) if len(name) <= MAX_NAME_LENGTH else []
    if not readings:
        return Match(None, why=_why_unknown(name))
    fitting = _fitting(readings)
    agencies = list({reading.agency.pk: reading.agency for reading in fitting}.values())
    if len(agencies) == 1:
        return Match(agencies[0], agencies, _why_matched(name, fitting))
    if agencies:
        why = _("名录中有 %(count)d 个机构符合“%(name)s”，文中没有写明是哪一个，请选定。")
        return Match(None, agencies, why % {"count": len(agencies), "name": name})
    namesakes = list({reading.agency.pk: reading.agency for reading in readings}.values())
    why = _("名录中有同名机构，但所在地与“%(name)s”不符，请核对。")
    return Match(None, namesakes, why % {"name": name})


def _readings(name: str, year: int | None) -> list[NameReading]:
    """Every registered or former name that the printed name ends with, the longest first."""
    paths = {
        spelling[start:]: spelling[:start]
        for spelling in spellings(name)
        for start in range(len(spelling) - MIN_NAME_LENGTH + 1)
    }
    agencies = Agency.objects.filter(name__in=paths).select_related("division")
    former = FormerName.objects.filter(name__in=paths).select_related("agency__division")
    if year is not None:
        agencies = agencies.valid_in(year)
        in_use = Q(until__isnull=True) | Q(until__gte=datetime.date(year, 1, 1))
        former = former.filter(in_use, existed_in(year, on="agency"))
    found = [NameReading(agency, agency.name, paths[agency.name], False) for agency in agencies]
    found += [NameReading(one.agency, one.name, paths[one.name], True) for one in former]
    return sorted(found, key=lambda reading: (-len(reading.name), reading.former, reading.agency.pk))


def _fitting(readings: Sequence[NameReading]) -> list[NameReading]:
    """Those whose path leads to the agency. What prints no path is looked up no further."""
    bare = [reading for reading in readings if not reading.path]
    if len(bare) == len(readings):
        return bare
    names = _names_above(reading.agency.division for reading in readings if reading.path)
    return [reading for reading in readings if _leads_to(reading.path, names.get(reading.agency.division_id, []))]


def _names_above(divisions: Iterable[Division]) -> dict[str, list[list[str]]]:
    """For each division, from the province down to itself, the ways in which a path may call it."""
    lineages = {division.pk: [*ancestor_codes(division.pk), division.pk] for division in divisions}
    codes = {code for lineage in lineages.values() for code in lineage}
    names = dict(Division.objects.governed().filter(pk__in=codes).values_list("pk", "name"))
    forms: dict[str, list[list[str]]] = {}
    for pk, lineage in lineages.items():
        present = [names[code] for code in lineage if code in names]
        forms[pk] = [list(short_forms(own, above)) for above, own in zip(["", *present[:-1]], present, strict=True)]
    return forms


def _leads_to(path: str, names: Sequence[Sequence[str]]) -> bool:
    """Whether the path consists of nothing but these names in their order, each once or not at all.

    环翠区人民政府鲸园街道办事处 is how a government names its sub-district office, so 人民政府 may follow a name.
    """
    if not path:
        return True
    for place, forms in enumerate(names):
        for form in forms:
            if path.startswith(form):
                rest = path[len(form) :]
                for remaining in {rest, rest.removeprefix("人民政府")}:
                    if _leads_to(remaining, names[place + 1 :]):
                        return True
    return False


def _why_matched(name: str, fitting: Sequence[NameReading]) -> str:
    reading = fitting[0]
    same, earlier = _("“%(name)s”即名录中的“%(agency)s”。"), _("“%(name)s”是“%(agency)s”的曾用名。")
    sentence = earlier if reading.former else same
    return sentence % {"name": name, "agency": reading.agency.full_name}


def _why_unknown(name: str) -> str:
    if not Agency.objects.exists():
        return _("机构名录是空的，请先载入行政区划（manage.py load_divisions）。")
    return _("名录中没有“%(name)s”，请选定已有机构或新建。") % {"name": name}
