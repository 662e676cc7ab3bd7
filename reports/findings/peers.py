"""The figures of earlier years and of other agencies, as far as `unlikely_figure` looks at them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from agencies.codes import subtree
from reports.checks.comparables import Figures
from reports.checks.unlikely import MIN_PEERS, measured
from reports.models import FIGURES_MODELS, ScopeKind, State, Version
from reports.standard import EDITIONS

_COUNTY, _CITY = 6, 4
"""How many digits of their codes the agencies of a county, or of a city, share."""

Group = tuple[int, str, str]
"""The year, the kind of agency and the digits that their codes begin with."""


def figures_of(versions: Iterable[int]) -> dict[int, Figures]:
    """By key of the version, its measured figures."""
    wanted = Q(version_id__in=set(versions))
    return {version: figures for version, _code, _year, _kind, figures in _read(wanted, EDITIONS)}


def peers_of(versions: Iterable[Version]) -> dict[int, tuple[Figures, ...]]:
    """By key of the version: the figures that other agencies of its kind published for its year, in its county or, where
    these are too few, in its city. Nothing where they are too few there too."""
    places = {
        version.pk: (version.report.year, version.report.agency.kind, version.report.agency_id)
        for version in versions
        if version.edition in EDITIONS and version.scope_kind == ScopeKind.OWN
    }
    editions = {version.edition for version in versions if version.pk in places}
    found: dict[int, tuple[Figures, ...]] = {}
    for digits in (_COUNTY, _CITY):
        groups = _groups(
            {(y, kind, code[:digits]) for pk, (y, kind, code) in places.items() if pk not in found}, editions
        )
        for pk, (year, kind, code) in places.items():
            group = groups.get((year, kind, code[:digits]), {})
            if pk not in found and len(group) - (code in group) >= MIN_PEERS:
                found[pk] = tuple(figures for other, figures in group.items() if other != code)
    return found


def _groups(wanted: set[Group], editions: Iterable[str]) -> dict[Group, dict[str, Figures]]:
    chosen = Q(pk__in=())
    for year, kind, prefix in wanted:
        chosen |= Q(
            version__report__year=year,
            version__report__agency__kind=kind,
            version__report__agency__code__range=subtree(prefix),
        )
    chosen &= Q(version__state=State.PUBLISHED, version__scope_kind=ScopeKind.OWN)
    groups: dict[Group, dict[str, Figures]] = {}
    lengths = {len(prefix) for _year, _kind, prefix in wanted}
    for _version, code, year, kind, figures in _read(chosen, editions) if wanted else ():
        for length in lengths:
            groups.setdefault((year, kind, code[:length]), {})[code] = figures
    return groups


def _read(chosen: Q, editions: Iterable[str]) -> Iterable[tuple[int, str, int, str, Figures]]:
    for name in sorted(editions):
        keys = measured(name)
        columns = [EDITIONS[name].figures[key].field_name for key in keys]
        place = ("version__report__agency_id", "version__report__year", "version__report__agency__kind")
        rows = FIGURES_MODELS[name]._default_manager.filter(chosen).values_list("version_id", *place, *columns)
        for version, code, year, kind, *values in rows:
            yield version, code, year, kind, dict(zip(keys, values, strict=True))
