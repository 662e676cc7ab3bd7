"""The query of a comparison: what its address asks for, and the shortest address that asks for it.

`agency` holds codes, and whole groups as `division:CODE` (the governments one level below a place, such as all townships of a
county) or `departments:CODE` (the departments of a place); `year` and `figure` hold what was chosen of each. All take
several values, apart by commas or repeated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import or_
from typing import NamedTuple
from urllib.parse import quote

from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from agencies.models import Agency, Division, Kind
from reports.catalogue.published import leading_year
from reports.models import Report
from reports.public.comparison.values import COMPARABLE, Quantity
from reports.standard.measures import HEADLINES

MAX_AGENCIES = 100
MAX_QUANTITIES = 40
MAX_SIDE_BY_SIDE = 12
"""More agencies than this are no longer legible as columns."""

VIEWS = ("overview", "years", "ranks", "heat")
SEPARATORS = re.compile(r"[\s,，、;；]+")
CODE = re.compile(r"[0-9]{12}(-[0-9]{2})?")
GROUP = re.compile(r"(division|departments):([0-9]{12})")
MAX_LENGTH = 12_000
"""Of what is handed in as codes, this many characters are read."""


class Notice(NamedTuple):
    """What could not be had: the parameter that asked for it, and a sentence about it."""

    about: str
    sentence: str


@dataclass(frozen=True)
class AgencyGroup:
    """Agencies chosen together, by the word that stands for them in the address."""

    token: str
    place: Division
    agencies: tuple[Agency, ...]

    @property
    def of_departments(self) -> bool:
        return self.token.startswith("departments:")


@dataclass
class ComparisonQuery:
    """What an address asks for, as far as it can be had; `notices` say in words what could not.

    `leading`: the newest of its years that most of the agencies have reported on;
    `too_many`: something that was asked for was left out because there was too much of it; `truncated`: so much was asked for
    that it was not even read to its end.
    """

    tokens: list[str] = field(default_factory=list)
    groups: list[AgencyGroup] = field(default_factory=list)
    singles: list[Agency] = field(default_factory=list)
    agencies: list[Agency] = field(default_factory=list)
    published_years: list[int] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    leading: int | None = None
    quantities: list[Quantity] = field(default_factory=list)
    view: str = VIEWS[0]
    of: Quantity = HEADLINES["received"]
    at: int | None = None
    sort: str = ""
    notices: list[Notice] = field(default_factory=list)
    too_many: bool = False
    truncated: bool = False

    def address(self, **other: object) -> str:
        """The query string, of this choice or of one that is different in the given fields."""
        choice = replace(self, **other)  # type: ignore[arg-type]
        parts: dict[str, Iterable[object]] = {"agency": choice.tokens}
        if choice.years != choice.published_years:
            parts["year"] = choice.years
        if choice.quantities != list(HEADLINES.values()):
            parts["figure"] = [quantity.key for quantity in choice.quantities]
        if choice.view != default_view(choice):
            parts["view"] = [choice.view]
        if choice.view in ("years", "heat") and choice.of not in choice.quantities[:1]:
            parts["of"] = [choice.of.key]
        if choice.view == "ranks" and choice.at and choice.at != choice.leading:
            parts["at"] = [choice.at]
        if choice.sort and choice.sort != default_sort(choice) and choice.view != "overview":
            parts["sort"] = [choice.sort]
        return "?" + "&".join(f"{name}={quote(','.join(map(str, of)), safe=',:.-')}" for name, of in parts.items())


def default_view(choice: ComparisonQuery) -> str:
    return "overview" if len(choice.agencies) <= MAX_SIDE_BY_SIDE else "years"


def default_sort(choice: ComparisonQuery) -> str:
    """The most of the first figure, or of the leading year, first."""
    if choice.view == "ranks":
        return f"-{choice.quantities[0].key}"
    return f"-{choice.leading}" if choice.leading else "name"


def read_query(asked: QueryDict) -> ComparisonQuery:
    """Never raises; four queries at most."""
    choice = ComparisonQuery()
    _read_agencies(asked, choice)
    _read_years(asked, choice)
    _read_quantities(asked, choice)
    _read_view(asked, choice)
    return choice


def _split(asked: QueryDict, *names: str) -> list[str]:
    """The values in the order given, each once."""
    text = " ".join(value for name in names for value in asked.getlist(name))[:MAX_LENGTH]
    return list(dict.fromkeys(part for part in SEPARATORS.split(text.replace("\0", "")) if part))


def _read_agencies(asked: QueryDict, choice: ComparisonQuery) -> None:
    choice.truncated = sum(map(len, (*asked.getlist("agency"), *asked.getlist("codes")))) > MAX_LENGTH
    # Whoever pastes codes out of a table pastes the names beside them too.
    pasted = [part for part in _split(asked, "codes") if part[0].isascii() and part[0].isdigit()]
    tokens = list(dict.fromkeys((*_split(asked, "agency"), *pasted)))
    # One more than can be had, so that the address goes on saying that there were too many.
    choice.tokens = tokens[: MAX_AGENCIES + 1]
    places = {token: match[2] for token in choice.tokens if (match := GROUP.fullmatch(token))}
    groups = _groups(places)
    codes = [token for token in choice.tokens if CODE.fullmatch(token)]
    known = {agency.pk: agency for agency in _agencies(Q(pk__in=codes))} if codes else {}
    chosen: dict[str, Agency] = {}
    for token in choice.tokens:
        if token in groups:
            choice.groups.append(groups[token])
            chosen |= {agency.pk: agency for agency in groups[token].agencies}
        elif token in known:
            choice.singles.append(known[token])
            chosen[token] = known[token]
    choice.agencies = list(chosen.values())[:MAX_AGENCIES]
    unknown = [token for token in choice.tokens if token not in groups and token not in known]
    if unknown:
        told = _("没有代码为 %s 的机构，已略去。") % _("、").join(token[:24] for token in unknown[:5])
        choice.notices.append(Notice("agency", told))
    if len(tokens) > MAX_AGENCIES or len(chosen) > MAX_AGENCIES:
        choice.too_many = True
        choice.notices.append(Notice("agency", _("一次最多比较 %s 个机构，其余没有列入。") % MAX_AGENCIES))


def _agencies(condition: Q) -> list[Agency]:
    found = Agency.objects.filter(condition).select_related("division__parent")
    return list(found.order_by("pk")[: 2 * MAX_AGENCIES])


def _groups(places: Mapping[str, str]) -> dict[str, AgencyGroup]:
    """The groups by their tokens, in two queries; what is no place of the register is left out."""
    if not places:
        return {}
    known = Division.objects.in_bulk(set(places.values()))
    members: dict[str, Q] = {}
    for token, code in places.items():
        if code in known:
            members[token] = in_departments(code) if token.startswith("departments:") else one_level_below(code)
    found = _agencies(reduce(or_, members.values())) if members else []
    return {
        token: AgencyGroup(
            token,
            known[places[token]],
            tuple(agency for agency in found if _belongs(agency, places[token], token.startswith("departments:"))),
        )
        for token in members
    }


def one_level_below(code: str) -> Q:
    """The governments of the parts of a place: the townships of a county, the counties of a city.

    What stands in the register for the sake of the codes alone is no level of its own.
    """
    above = Q(division__parent=code) | Q(division__parent__placeholder=True, division__parent__parent=code)
    return above & ~Q(kind__in=(Kind.DEPARTMENT, Kind.OTHER_UNIT))


def in_departments(code: str) -> Q:
    return Q(division=code, kind=Kind.DEPARTMENT)


def _belongs(agency: Agency, code: str, of_departments: bool) -> bool:
    if of_departments:
        return agency.kind == Kind.DEPARTMENT and agency.division_id == code
    above = agency.division.parent
    if agency.kind in (Kind.DEPARTMENT, Kind.OTHER_UNIT) or above is None:
        return False
    return code == above.code or (above.placeholder and code == above.parent_id)


def _read_years(asked: QueryDict, choice: ComparisonQuery) -> None:
    counts: dict[int, int] = {}
    if choice.agencies:
        published = Report.objects.published().filter(agency__in=choice.agencies).order_by()
        counts = dict(published.values_list("year").annotate(Count("pk")))
        choice.published_years = sorted(counts)
    wanted = _split(asked, "year")
    choice.years = [year for year in choice.published_years if str(year) in wanted] or choice.published_years
    choice.leading = leading_year({year: counts[year] for year in choice.years})
    missing = [year for year in wanted if year not in map(str, choice.published_years)]
    if missing and choice.agencies:
        told = _("所选机构没有 %s 年的报告。") % _("、").join(year[:8] for year in missing[:5])
        choice.notices.append(Notice("year", told))


def _read_quantities(asked: QueryDict, choice: ComparisonQuery) -> None:
    wanted = _split(asked, "figure")
    found = [COMPARABLE[key] for key in wanted if key in COMPARABLE]
    unknown = [key for key in wanted if key not in COMPARABLE]
    if unknown:
        told = _("表格里没有名为 %s 的数据，已略去。") % _("、").join(key[:60] for key in unknown[:5])
        choice.notices.append(Notice("figure", told))
    if len(found) > MAX_QUANTITIES:
        choice.too_many = True
        choice.notices.append(Notice("figure", _("一次最多比较 %s 项数据，其余没有列入。") % MAX_QUANTITIES))
    choice.quantities = found[:MAX_QUANTITIES] or list(HEADLINES.values())


def _read_view(asked: QueryDict, choice: ComparisonQuery) -> None:
    view = asked.get("view", "")
    choice.view = view if view in VIEWS else default_view(choice)
    of = asked.get("of", "")
    choice.of = COMPARABLE.get(of, choice.quantities[0])
    at = asked.get("at", "")
    choice.at = next((year for year in choice.years if str(year) == at), choice.leading)
    columns = {"name", "overall"} | {str(year) for year in choice.years}
    if choice.view == "ranks":
        columns = {"name"} | {quantity.key for quantity in choice.quantities}
    sort = asked.get("sort", "")
    choice.sort = sort if sort.removeprefix("-") in columns else default_sort(choice)
