"""How readers narrow the list of reports: the same filters for the page and for programs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Division, Kind, Level, within
from agencies.search import agencies_named
from reports.catalogue.text_index import versions_matching
from reports.catalogue.words import MAX_SEARCH_LENGTH, phrases
from reports.models import Report, unbalanced, undecided

REGION_FIELDS = {"province": Level.PROVINCE, "city": Level.CITY, "county": Level.COUNTY}


@dataclass(frozen=True)
class Chip:
    """One active filter, and the address of the list without it."""

    label: str
    value: str
    without: str


class ReportFilter(filters.FilterSet):
    q = filters.CharFilter(label=gettext_lazy("名称、拼音或代码"), method="by_name", max_length=100)
    text = filters.CharFilter(label=gettext_lazy("正文里的词"), method="by_text", max_length=MAX_SEARCH_LENGTH)
    province = filters.ChoiceFilter(label=gettext_lazy("省"), method="by_region", empty_label=gettext_lazy("全部"))
    city = filters.ChoiceFilter(label=gettext_lazy("市"), method="by_region", empty_label=gettext_lazy("全部"))
    county = filters.ChoiceFilter(label=gettext_lazy("县"), method="by_region", empty_label=gettext_lazy("全部"))
    year = filters.ChoiceFilter(label=gettext_lazy("年度"), empty_label=gettext_lazy("全部"))
    kind = filters.ChoiceFilter(
        label=gettext_lazy("单位类别"),
        field_name="agency__kind",
        choices=Kind.choices,
        empty_label=gettext_lazy("全部"),
    )
    balanced = filters.ChoiceFilter(
        label=gettext_lazy("勾稽关系"),
        method="by_balance",
        choices=[
            ("yes", gettext_lazy("平衡")),
            ("no", gettext_lazy("有不平")),
            ("unknown", gettext_lazy("缺数，不能核对")),
        ],
        empty_label=gettext_lazy("全部"),
    )

    class Meta:
        model = Report
        fields: list[str] = []

    def __init__(self, data: QueryDict | None = None, *args: Any, **kwargs: Any) -> None:
        given = data.copy() if data is not None else QueryDict(mutable=True)
        self.region = _settle_region(given)
        super().__init__(given, *args, **kwargs)
        years = Report.objects.published().order_by("-year").values_list("year", flat=True).distinct()
        self._offer("year", [(str(year), str(year)) for year in years])
        for name, options in _regions_on_offer(self.region).items():
            self._offer(name, options)

    def _offer(self, name: str, options: list[tuple[str, str]]) -> None:
        field = self.form.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("全部")), *options]

    def by_name(self, reports: QuerySet[Report], name: str, value: str) -> QuerySet[Report]:
        return reports.filter(agency__in=agencies_named(value))

    def by_text(self, reports: QuerySet[Report], name: str, value: str) -> QuerySet[Report]:
        return reports.filter(versions_matching(phrases(value)))

    def by_region(self, reports: QuerySet[Report], name: str, value: str) -> QuerySet[Report]:
        chosen = self.region[name]
        if not chosen:
            return reports
        return reports.filter(within(chosen, on="agency"))

    def by_balance(self, reports: QuerySet[Report], name: str, value: str) -> QuerySet[Report]:
        if value == "no":
            return reports.filter(unbalanced())
        return reports.filter(~unbalanced(), undecided() if value == "unknown" else ~undecided())

    def chips(self) -> list[Chip]:
        """What is filtered by at present, in the order of the form."""
        chips = []
        for name, field in self.form.fields.items():
            value = self.understood.get(name)
            if value:
                options: Any = field.choices if isinstance(field, forms.ChoiceField) else ()
                shown = next((text for key, text in options if key == value), value)
                chips.append(Chip(str(field.label), str(shown), self._address_without(name)))
        return chips

    def narrowed(self, leaving_out: Collection[str] = ()) -> QuerySet[Report]:
        """The published reports under all filters but some, bare of everything that only a table shows."""
        reports: QuerySet[Report] = Report.objects.published().order_by()
        for name, value in self.understood.items():
            if name not in leaving_out:
                reports = self.filters[name].filter(reports, value)
        return reports

    def options(self, name: str) -> list[tuple[str, str]]:
        """What the form offers for a filter: value and label."""
        field = self.form.fields[name]
        assert isinstance(field, forms.ChoiceField)
        choices: Any = field.choices
        return [(str(value), str(label)) for value, label in choices]

    def address(self, **changed: str | None) -> str:
        """The address of the list with some filters changed, from its first page; None takes a filter away."""
        address = self.data.copy()
        address.pop("page", None)
        for name, value in changed.items():
            address.pop(name, None)
            if value:
                address[name] = value
        return f"?{address.urlencode()}"

    @property
    def understood(self) -> dict[str, str]:
        """The filters that could be read; one that could not is left out and named in `form.errors`."""
        self.form.is_valid()
        return dict(self.form.cleaned_data)

    def _address_without(self, name: str) -> str:
        # Whatever lies inside a region goes with it.
        inside = list(REGION_FIELDS)[list(REGION_FIELDS).index(name) :] if name in REGION_FIELDS else [name]
        return self.address(**dict.fromkeys(inside))


def _settle_region(given: QueryDict) -> dict[str, Division | None]:
    """The province, city and county asked for, made consistent in `given`.

    What lies above a place and is not mentioned follows from its code. A place outside the one chosen above it was left
    over from an earlier choice, and goes.
    """
    for below, above, digits in (("county", "city", 4), ("city", "province", 2)):
        code = given.get(below)
        if isinstance(code, str) and code and above not in given:
            given[above] = code[:digits].ljust(12, "0")
    codes = [given.get(name, "") for name in REGION_FIELDS]
    known = {
        place.code: place
        for place in Division.objects.filter(code__in=[code for code in codes if code.isascii() and code.isdigit()])
    }
    chosen: dict[str, Division | None] = {}
    above_it: Division | None = None
    for name, level in REGION_FIELDS.items():
        place = known.get(given.get(name, ""))
        at_top = level == Level.PROVINCE
        fits = place and place.level == level and (at_top or (above_it and place.code.startswith(above_it.prefix)))
        chosen[name] = above_it = place if fits else None
        if place and not fits:
            del given[name]
    return chosen


def _regions_on_offer(chosen: dict[str, Division | None]) -> dict[str, list[tuple[str, str]]]:
    """All provinces, the cities of the chosen province, the counties of the chosen city: one query for the three."""
    inside = Q(level=Level.PROVINCE)
    for above, level in (("province", Level.CITY), ("city", Level.COUNTY)):
        place = chosen[above]
        if place:
            inside |= Q(level=level) & within(place)
    offered: dict[str, list[tuple[str, str]]] = {name: [] for name in REGION_FIELDS}
    names = {level: name for name, level in REGION_FIELDS.items()}
    for place in Division.objects.filter(inside):
        offered[names[Level(place.level)]].append((place.code, place.name))
    return offered
