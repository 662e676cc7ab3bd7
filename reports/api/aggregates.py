"""Endpoints over many reports: comparisons, and the totals of regions. The same lines as the pages and their files."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.models import Division
from reports.api import serializers
from reports.api.schema import responses
from reports.public import region_files, region_query
from reports.public.comparison.files import lines
from reports.public.comparison.query import MAX_AGENCIES, MAX_QUANTITIES, read_query
from reports.public.comparison.values import published_with_previous_years


def _refuse_unknown(request: Request, *names: str) -> None:
    """Whoever misspells a parameter would else take the answer to another question for theirs."""
    unknown = sorted(request.query_params.keys() - {*names, "format"})
    if unknown:
        messages = _("没有这样的参数。可用的有：%(known)s。") % {"known": ", ".join(names)}
        raise ValidationError({name: [messages] for name in unknown[:10]})


def _parameter(name: str, description: str, required: bool = False) -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.STR, description=description, required=required)


class ComparisonView(APIView):
    @extend_schema(
        operation_id="compare",
        summary="Figures and rates of several agencies through the years, with changes and ranks",
        parameters=[
            _parameter(
                "agency",
                f"codes, apart by commas, at most {MAX_AGENCIES}; division:CODE stands for the governments right below a "
                "place, departments:CODE for its departments",
                required=True,
            ),
            _parameter("year", "years, apart by commas; all that are published without it"),
            _parameter(
                "figure",
                f"keys of headlines, rates or figures, apart by commas, at most {MAX_QUANTITIES}; the headlines without it",
            ),
        ],
        responses=responses(serializers.ComparisonSerializer),
    )
    def get(self, request: Request) -> Response:
        _refuse_unknown(request, "agency", "year", "figure")
        choice = read_query(request.query_params)
        if choice.notices:
            messages: dict[str, list[str]] = {}
            for notice in choice.notices:
                messages.setdefault(notice.about, []).append(notice.sentence)
            raise ValidationError(messages)
        if not choice.tokens:
            raise ValidationError({"agency": [_("请给出机构代码。")]})
        published = published_with_previous_years(choice.agencies, choice.quantities, choice.years)
        return Response({"values": list(lines(choice, published))})


_OF_A_REGION: dict[str, Any] = {
    "summary": "Totals of the nation or of a region by year, and those of its parts in one year",
    "parameters": [_parameter("year", "the year of the parts; the newest that is well filled without it")],
    "responses": responses(serializers.RegionSerializer),
}


@extend_schema_view(get=extend_schema(operation_id="region", **_OF_A_REGION))
class RegionView(APIView):
    def get(self, request: Request, code: str | None = None) -> Response:
        _refuse_unknown(request, "year")
        governed = Division.objects.governed().select_related("parent__parent__parent")
        place = get_object_or_404(governed, pk=code) if code else None
        shown = region_query.read_region_query(place, request.query_params.get("year", ""), "")
        if shown.unknown_year:
            raise ValidationError({"year": [_("没有 %(asked)s 年度的报告。") % {"asked": shown.unknown_year}]})
        return Response(region_files.by_name(shown))


@extend_schema_view(get=extend_schema(operation_id="nation", **_OF_A_REGION))
class NationView(RegionView):
    """The whole country: what a region is, without a code."""
