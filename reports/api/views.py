"""The endpoints. All of them only read, and only what is public."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OrderBy, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import generics
from rest_framework.decorators import api_view
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from agencies.models import Agency, Division
from reports.api import serializers
from reports.api.filters import AgencyFilter, DivisionFilter, StrictFilters
from reports.models import Report, told_of
from reports.public.filters import ReportFilter
from reports.standard import EDITIONS
from reports.standard.measures import HEADLINES


@extend_schema(exclude=True)
@api_view(["GET"])
def root(request: Request) -> Response:
    """Where to begin."""
    names = ("divisions", "agencies", "reports", "compare", "regions", "figures", "schema", "docs")
    return Response({name: reverse(f"api_{name}", request=request) for name in names})


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The endpoints explained, with forms to try them."""
    return render(request, "api/docs.html")


INCLUDED = ("figures", "narrative")
SORTABLE = ("agency", "year", *HEADLINES)


@extend_schema_view(get=extend_schema(operation_id="divisions", summary="Administrative divisions"))
class DivisionListView(generics.ListAPIView[Division]):
    queryset = Division.objects.order_by("code")
    serializer_class = serializers.DivisionSerializer
    filter_backends = (StrictFilters,)
    filterset_class = DivisionFilter


@extend_schema_view(get=extend_schema(operation_id="agencies", summary="Agencies of the register"))
class AgencyListView(generics.ListAPIView[Agency]):
    queryset = Agency.objects.select_related("division").order_by("code")
    serializer_class = serializers.AgencySerializer
    filter_backends = (StrictFilters,)
    filterset_class = AgencyFilter


@extend_schema_view(get=extend_schema(operation_id="agency", summary="One agency and the years it has published"))
class AgencyView(generics.RetrieveAPIView[Agency]):
    queryset = Agency.objects.select_related("division")
    serializer_class = serializers.AgencyDetailSerializer
    lookup_field = "code"

    def get_object(self) -> Agency:
        agency = super().get_object()
        agency.years = list(  # type: ignore[attr-defined]
            Report.objects.published().filter(agency=agency).order_by("year").values_list("year", flat=True)
        )
        return agency


@extend_schema_view(
    get=extend_schema(
        operation_id="reports",
        summary="Published reports, with the filters of the list page",
        parameters=[
            OpenApiParameter(
                "include",
                OpenApiTypes.STR,
                description="figures, narrative, or both with a comma between them: what each report is to hold besides",
            ),
            OpenApiParameter(
                "sort",
                OpenApiTypes.STR,
                enum=[sign + name for name in SORTABLE for sign in ("", "-")],
                description="with a minus sign the largest first; what is blank comes last",
            ),
        ],
    )
)
class ReportListView(generics.ListAPIView[Report]):
    serializer_class = serializers.ReportSerializer
    filter_backends = (StrictFilters,)
    filterset_class = ReportFilter

    def get_queryset(self) -> QuerySet[Report]:
        reports = Report.objects.published().with_headlines().order_by(*self._order())
        if self._included():
            reports = reports.with_figures()
        return reports

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "included": self._included()}

    def _order(self) -> list[OrderBy | str]:
        named = "" if getattr(self, "swagger_fake_view", False) else self.request.query_params.get("sort", "")
        if not named:
            return ["-year", "agency_id"]
        name = named.removeprefix("-")
        if name not in SORTABLE:
            raise ValidationError({"sort": [f"{named[:40]} ∉ {', '.join(SORTABLE)}"]})
        column = F("agency_id" if name == "agency" else name)
        order = column.desc(nulls_last=True) if named.startswith("-") else column.asc(nulls_last=True)
        return [order, "-year", "agency_id"]

    def _included(self) -> set[str]:
        if getattr(self, "swagger_fake_view", False):
            return set()
        named = {name.strip() for name in self.request.query_params.get("include", "").split(",")} - {""}
        if unknown := named - set(INCLUDED):
            raise ValidationError({"include": [f"{', '.join(sorted(unknown))[:60]} ∉ {', '.join(INCLUDED)}"]})
        return named


@extend_schema_view(get=extend_schema(operation_id="report", summary="One report in full"))
class ReportView(generics.RetrieveAPIView[Report]):
    queryset = Report.objects.none()
    serializer_class = serializers.ReportDetailSerializer

    def get_object(self) -> Report:
        reports = Report.objects.published().with_headlines().with_figures()
        found = reports.filter(agency=self.kwargs["code"], year=self.kwargs["year"]).first()
        if found is None:
            raise _why_not(self.kwargs["code"], int(self.kwargs["year"]))
        return found


class Gone(APIException):
    """What was public was taken down."""

    status_code = 410


def _why_not(code: str, year: int) -> Exception:
    """Why a report cannot be read: there is none, or it was taken down, by whom and why."""
    report = Report.objects.taken_down().filter(agency=code, year=year).first()
    if report is None:
        return Http404()
    act = told_of(report)[-1]
    words = {
        "day": date_format(timezone.localtime(act.made_at), "DATE_FORMAT"),
        "office": act.office,
        "reason": act.reason,
    }
    return Gone(_("这份报告已于%(day)s由%(office)s撤下，理由：%(reason)s") % words)


class FigureListView(APIView):
    @extend_schema(
        operation_id="figures",
        summary="Every figure of every edition of the form: the data dictionary",
        responses=serializers.FigureSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response(
            [
                {
                    "edition": edition.name,
                    "key": figure.key,
                    "table": figure.table,
                    "label": figure.label,
                    "label_en": figure.label_en,
                    "unit": figure.column.unit,
                    "decimal": figure.column.decimal,
                    "signed": figure.column.signed,
                    "total": figure.key in edition.totals,
                }
                for edition in EDITIONS.values()
                for figure in edition.figures.values()
            ]
        )
