"""The filters of the pages, for programs: the same names and the same answers, but nothing is passed over in silence."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from django_filters.utils import translate_validation
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from agencies.models import Agency, Division, Kind, Level, within
from reports.public.filters import agencies_named

# What the framework itself reads from the address.
_FURTHER = frozenset({"page", "page_size", "include", "sort", "format"})


class StrictFilters(DjangoFilterBackend):
    """A filter that is unknown or cannot be read is an error: whoever misspells one would else take everything for an
    answer. Pages leave such a filter out and say so."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        filterset = self.get_filterset(request, queryset, view)
        if filterset is None:
            return queryset
        known = {*filterset.filters, *_FURTHER}
        unknown = sorted(request.query_params.keys() - known)
        if unknown:
            told = _("没有这样的参数。可用的有：%(known)s。") % {"known": ", ".join(sorted(known - {"format"}))}
            raise ValidationError({name: [told] for name in unknown[:10]})
        if not filterset.is_valid():
            raise translate_validation(filterset.errors)
        found: QuerySet[Any] = filterset.qs
        return found


class AgencyFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        method="by_name", max_length=100, help_text="words of the name, the place or the code"
    )
    division = django_filters.CharFilter(
        method="by_division", max_length=12, help_text="code of a division; the agencies in it and below it"
    )
    kind = django_filters.ChoiceFilter(choices=Kind.choices)

    class Meta:
        model = Agency
        fields: list[str] = []

    def by_name(self, agencies: QuerySet[Agency], name: str, value: str) -> QuerySet[Agency]:
        return agencies.filter(pk__in=agencies_named(value))

    def by_division(self, agencies: QuerySet[Agency], name: str, value: str) -> QuerySet[Agency]:
        place = Division.objects.filter(pk=value).first()
        return agencies.filter(within(place)) if place else agencies.none()


class DivisionFilter(django_filters.FilterSet):
    parent = django_filters.CharFilter(
        field_name="parent_id", max_length=12, help_text="code of the division directly above"
    )
    level = django_filters.ChoiceFilter(choices=[(str(level.value), level.label) for level in Level])

    class Meta:
        model = Division
        fields: list[str] = []
