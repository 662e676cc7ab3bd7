"""The figures of earlier years and of other agencies, as far as `unlikely_figure` looks at them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q

from agencies.codes import subtree
from reports.checks.comparables import Figures
from reports.checks.content import Content
from reports.checks.unlikely import MIN_PEERS, measured
from reports.findings.contents import Given, Subject
from reports.models import FIGURES_MODELS, ScopeKind, State
from reports.standard import EDITIONS

_COUNTY, _CITY = 6, 4
"""How many digits of their codes the agencies of a county, or of a city, share."""

Group = tuple[int, str, str]
"""The year, the kind of agency and the digits that their codes begin with."""


def figures_of(versions: Iterable[int]) -> dict[int, Figures]:
    """By key of the version, its measured figures."""
    wanted = Q(version_id__in=set(versions))
    return {version: figures for version, _code, _year, _kind, figures in _read(wanted, EDITIONS)}


def figures_in(content: Content) -> Figures:
    """The measured figures of a report that is not stored, as far as they were read for certain."""
    keys = measured(content.edition) if content.form else ()
    return {key: value for key in keys if (value := content.known.get(key)) is not None and key not in content.doubted}


def peers_of(subjects: Sequence[Subject], given: Given) -> dict[int, tuple[Figures, ...]]:
    """By number of the subject: the figures that other agencies of its kind published for its year, or that are `given`
    for it, in its county or, where these are too few, in its city. Nothing where they are too few there too."""
    places = {
        number: (subject.content.year, subject.agency.kind, subject.code)
        for number, subject in enumerate(subjects)
        if subject.agency and subject.content.year and subject.content.form and subject.scope_kind == ScopeKind.OWN
    }
    editions = {subjects[number].content.edition for number in places}
    found: dict[int, tuple[Figures, ...]] = {}
    groups = _groups({(year, kind, code[:_CITY]) for year, kind, code in places.values()}, editions, given)
    for digits in (_COUNTY, _CITY):
        for number, (year, kind, code) in places.items():
            group = groups.get((year, kind, code[:digits]), {})
            if number not in found and len(group) - (code in group) >= MIN_PEERS:
                found[number] = tuple(figures for other, figures in group.items() if other != code)
    return found


def _groups(wanted: set[Group], editions: Iterable[str], given: Given) -> dict[Group, dict[str, Figures]]:
    """The groups of these cities, and of their counties."""
    chosen = Q(pk__in=())
    for year, kind, prefix in wanted:
        chosen |= Q(
            version__report__year=year,
            version__report__agency__kind=kind,
            version__report__agency__code__range=subtree(prefix),
        )
    chosen &= Q(version__state=State.PUBLISHED, version__scope_kind=ScopeKind.OWN)
    groups: dict[Group, dict[str, Figures]] = {}
    for _version, code, year, kind, figures in _read(chosen, editions) if wanted else ():
        for length in (_COUNTY, _CITY):
            groups.setdefault((year, kind, code[:length]), {})[code] = figures
    for (code, year), subject in given.items():
        if subject.agency and subject.content.edition in editions:
            for length in (_COUNTY, _CITY):
                group = groups.setdefault((year, subject.agency.kind, code[:length]), {})
                group.pop(code, None)
                if subject.scope_kind == ScopeKind.OWN:
                    group[code] = figures_in(subject.content)
    return groups


def _read(chosen: Q, editions: Iterable[str]) -> Iterable[tuple[int, str, int, str, Figures]]:
    for name in sorted(editions):
        keys = measured(name)
        columns = [EDITIONS[name].figures[key].field_name for key in keys]
        place = ("version__report__agency_id", "version__report__year", "version__report__agency__kind")
        rows = FIGURES_MODELS[name]._default_manager.filter(chosen).values_list("version_id", *place, *columns)
        for version, code, year, kind, *values in rows:
            yield version, code, year, kind, dict(zip(keys, values, strict=True))
