"""The ways to narrow a list further, each with the number of reports that it would leave.

A facet is counted under all filters but its own, so that its other choices can be seen beside the chosen one. The
regions go down step by step: what lies below the chosen place is counted within it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from agencies.models import Division, Kind, Level
from reports.models import Finding
from reports.public.filters import REGION_FIELDS, ReportFilter
from reports.public.regions import parts_of


@dataclass(frozen=True)
class FacetOption:
    """One way to narrow the list; where it is chosen already the address leads back."""

    label: str
    count: int
    address: str
    chosen: bool = False


@dataclass(frozen=True)
class Facet:
    """`above` lead back to the wider choices that this one lies in, the widest first."""

    key: str
    label: str
    choices: tuple[FacetOption, ...]
    above: tuple[FacetOption, ...] = ()


def facets(found: ReportFilter) -> list[Facet]:
    """Region, year, kind and balance with their counts, in five queries however many reports there are."""
    return [_regions(found), _years(found), _kinds(found), _balance(found)]


def _regions(found: ReportFilter) -> Facet:
    line = [place for place in found.region.values() if place]
    chosen = _innermost(found)
    # Below a county lies nothing to choose; its neighbours are shown instead.
    within = line[:-1] if chosen and chosen.level == Level.COUNTY else line
    place = within[-1] if within else None
    parts = parts_of(place)
    digits = 2 if place is None else 6
    reports = found.narrowed(leaving_out=("county",) if within != line else ())
    counts = dict(reports.values_list(Left("agency_id", digits)).annotate(Count("pk")))
    choices = []
    for part in parts:
        count = sum(number for prefix, number in counts.items() if prefix.startswith(part.prefix))
        if count or part == chosen:
            back = part == chosen
            choices.append(FacetOption(part.name, count, _region(found, place if back else part), back))
    above = [FacetOption(_("全国"), 0, _region(found, None)), *_way_up(found, within)] if line else []
    return Facet("region", _("地区"), tuple(choices), tuple(above))


def _innermost(found: ReportFilter) -> Division | None:
    return next((place for place in reversed(found.region.values()) if place), None)


def _way_up(found: ReportFilter, line: list[Division]) -> Iterator[FacetOption]:
    for place in line:
        if not place.placeholder:
            yield FacetOption(place.name, 0, _region(found, place), place == _innermost(found))


def _region(found: ReportFilter, place: Division | None) -> str:
    """The address of the list for that place; what lies above it follows from its code."""
    names = {level: name for name, level in REGION_FIELDS.items()}
    wanted = {names[Level(place.level)]: place.code} if place else {}
    return found.address(**dict.fromkeys(REGION_FIELDS) | wanted)


def _years(found: ReportFilter) -> Facet:
    counts = found.narrowed(leaving_out=("year",)).values_list("year").annotate(Count("pk")).order_by("-year")
    chosen = found.understood.get("year")
    choices = (_choice(found, "year", str(year), str(year), count, chosen) for year, count in counts)
    return Facet("year", _("年度"), tuple(choices))


def _kinds(found: ReportFilter) -> Facet:
    reports = found.narrowed(leaving_out=("kind",))
    counts = dict(reports.values_list("agency__kind").annotate(Count("pk")))
    chosen = found.understood.get("kind")
    choices = (
        _choice(found, "kind", kind.value, str(kind.label), counts.get(kind.value, 0), chosen)
        for kind in Kind
        if counts.get(kind.value) or kind.value == chosen
    )
    return Facet("kind", _("单位类别"), tuple(choices))


def _balance(found: ReportFilter) -> Facet:
    # Sets of versions and no question for each report: there are far fewer findings than reports.
    broken = Q(published__in=Finding.objects.broken_equations().values("version"))
    missing = Q(published__in=Finding.objects.missing_figures().values("version"))
    counts = found.narrowed(leaving_out=("balanced",)).aggregate(
        all=Count("pk"), no=Count("pk", filter=broken), unknown=Count("pk", filter=missing & ~broken)
    )
    counts["yes"] = counts["all"] - counts["no"] - counts["unknown"]
    chosen = found.understood.get("balanced")
    choices = (
        _choice(found, "balanced", value, label, counts[value], chosen)
        for value, label in found.options("balanced")
        if value
    )
    return Facet("balanced", _("勾稽关系"), tuple(choices))


def _choice(found: ReportFilter, name: str, value: str, label: str, count: int, chosen: str | None) -> FacetOption:
    is_chosen = value == chosen
    return FacetOption(label, count, found.address(**{name: None if is_chosen else value}), is_chosen)
