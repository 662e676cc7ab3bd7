"""Which reports a total adds, so that it uses each body exactly once. Kept ready in two columns of each report.

A report that covers other bodies stands for them: for each of these, `Report.counted_by` names the nearest one that does. A
total of a place adds the reports of known scope, less those that another report within the place counts. What is listed by
one whole and counted by another, neither of which counts into the other, overlaps: the list is not added.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Case, CharField, Q, Value, When

from agencies.counting import lines_above, parts_below
from agencies.models import Agency, CountsInto, Division, Kind, within
from agencies.naming import named_agencies
from reports.models import COVERING, Report, ScopeKind

AT_ONCE = 1000

COUNTED, COVERED, UNKNOWN, OVERLAPPING = "counted", "covered", "unknown", "overlapping"
"""What a total does with a report: adds it, finds it counted in another, or leaves it out, since nobody knows what it covers or
it counts in part what another counts."""


def use_in(place: Division | None, *, of_parts: bool = False) -> Case:
    """What the total of a place does with each report, as an expression. `of_parts`: what the totals of its parts do with them,
    where a report of the place's own bodies, which stands for all of them, does not count."""
    inside = within(place, on="counted_by") if place else Q(counted_by__isnull=False)
    if of_parts and place:
        inside &= ~Q(counted_by__code__range=(place.code, f"{place.code}-99"))
    return Case(
        When(inside, then=Value(COVERED)),
        When(published__scope_kind=ScopeKind.UNKNOWN, then=Value(UNKNOWN)),
        When(overlapping=True, then=Value(OVERLAPPING)),
        default=Value(COUNTED),
        output_field=CharField(),
    )


@dataclass(frozen=True)
class Whole:
    """A published report that covers other bodies: into whom its body counts, and for a list whom it names, as far as it is
    clear who that is."""

    code: str
    kind: str
    line: tuple[str, ...]
    members: frozenset[str] = frozenset()
    unclear: bool = False

    def covers(self, code: str, line: Collection[str], kind: str) -> bool:
        if self.kind == ScopeKind.UNITS:
            return code in self.members
        if self.kind == ScopeKind.GOVERNMENT:
            return kind == Kind.DEPARTMENT and next(iter(line), "") == self.code
        return self.code in line

    def nested_with(self, other: Whole) -> bool:
        return self.code in other.line or other.code in self.line


def refresh(codes: Iterable[str], year: int) -> int:
    """Brings in line what the reports of these agencies on the year are to totals, and says how many that changed."""
    every = sorted(set(codes))
    return sum(_refresh(every[start : start + AT_ONCE], year) for start in range(0, len(every), AT_ONCE))


def refresh_below(codes: Collection[str], year: int) -> int:
    """The same for these agencies and everybody who counts into them, and for those that a list among their reports may name."""
    lists = Report.objects.filter(year=year, agency__in=codes, published__scope_kind=ScopeKind.UNITS)
    around = CountsInto.objects.wholes_of(lists.values_list("agency_id", flat=True), year)
    return refresh([*codes, *parts_below([*codes, *around.values()], year)], year)


def rebuild() -> int:
    """Brings every published report in line."""
    years = Report.objects.published().order_by().values_list("year", flat=True).distinct()
    return sum(
        refresh(Report.objects.published().filter(year=year).values_list("agency_id", flat=True), year)
        for year in list(years)
    )


def _refresh(codes: Collection[str], year: int) -> int:
    lines = lines_above(codes, year)
    kinds = dict(Agency.objects.filter(pk__in=codes).values_list("pk", "kind"))
    wholes = _wholes({*codes, *(above for line in lines.values() for above in line)}, year)
    conflicting = {whole.code for whole in wholes if whole.unclear} | _conflicting(wholes, year)
    clear = [whole for whole in wholes if whole.code not in conflicting]
    wanted: dict[tuple[str | None, bool], list[int]] = defaultdict(list)
    reports = Report.objects.filter(year=year, agency__in=codes)
    for pk, code, counted_by, overlapping in reports.values_list("pk", "agency_id", "counted_by_id", "overlapping"):
        now = _nearest(code, lines[code], kinds[code], clear), code in conflicting
        if now != (counted_by, overlapping):
            wanted[now].append(pk)
    for (whole_code, overlaps), keys in wanted.items():
        Report.objects.filter(pk__in=keys).update(counted_by=whole_code, overlapping=overlaps)
    return sum(map(len, wanted.values()))


def _nearest(code: str, line: list[str], kind: str, wholes: Iterable[Whole]) -> str | None:
    """The one that counts an agency and counts into all others that do."""
    found = [whole for whole in wholes if whole.code != code and whole.covers(code, line, kind)]
    return max(found, key=lambda whole: len(whole.line)).code if found else None


def _wholes(codes: Collection[str], year: int) -> list[Whole]:
    """The published reports of these agencies that cover others, and the lists of those that count into one of them."""
    near = Q(agency__in=codes) | Q(
        published__scope_kind=ScopeKind.UNITS,
        agency__in=CountsInto.objects.in_year(year).filter(whole__in=codes).values("agency"),
    )
    reports = Report.objects.filter(near, year=year, published__scope_kind__in=COVERING)
    rows = list(reports.values_list("agency_id", "published__scope_kind", "published__scope_units"))
    lines = lines_above([code for code, _kind, _units in rows], year)
    lists = {code: units for code, kind, units in rows if kind == ScopeKind.UNITS}
    members = _members(lists, lines, year) if lists else {}
    return [
        Whole(code, kind, tuple(lines[code]), frozenset(members.get(code, ())), code in lists and None in members[code])  # type: ignore[arg-type]
        for code, kind, _units in rows
    ]


def _members(lists: Mapping[str, list[str]], lines: Mapping[str, list[str]], year: int) -> dict[str, set[str | None]]:
    """By the agency that reports for a list, whom it names among those that count into it or beside it; None for a name that
    means nobody there, or several."""
    found: dict[str, set[str | None]] = {}
    for code, names in lists.items():
        around = parts_below([code, *lines[code][:1]], year)
        known = {name: pk for pk, name in Agency.objects.filter(pk__in=around).values_list("pk", "name")}
        meant = [named_agencies(name, known) for name in names]
        found[code] = {known[one[0]] if len(one) == 1 else None for one in meant}
    return found


def _conflicting(wholes: Collection[Whole], year: int) -> set[str]:
    """The lists that name somebody whom another whole counts, which neither counts into the list's body nor the reverse."""
    lists = [whole for whole in wholes if whole.kind == ScopeKind.UNITS]
    if not lists:
        return set()
    named = {code for whole in lists for code in whole.members if code}
    lines = lines_above(named, year)
    kinds = dict(Agency.objects.filter(pk__in=named).values_list("pk", "kind"))
    above = _other_wholes({one for line in lines.values() for one in line} - {whole.code for whole in wholes}, year)
    return {
        one.code
        for one in lists
        for other in (*wholes, *above)
        if other.code != one.code and not one.nested_with(other)
        if any(other.covers(code, lines[code], kinds[code]) for code in one.members if code)
    }


def _other_wholes(codes: Collection[str], year: int) -> list[Whole]:
    rows = Report.objects.filter(
        year=year, agency__in=codes, published__scope_kind__in=(ScopeKind.AREA, ScopeKind.GOVERNMENT)
    ).values_list("agency_id", "published__scope_kind")
    lines = lines_above([code for code, _kind in rows], year)
    return [Whole(code, kind, tuple(lines[code])) for code, kind in rows]
