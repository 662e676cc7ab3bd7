from __future__ import annotations

from django.urls import URLPattern, path, re_path
from drf_spectacular.views import SpectacularAPIView

from reports.api import aggregates, views

CODE = "(?P<code>[0-9]{12}(?:-[0-9]{2})?)"

urlpatterns: list[URLPattern] = [
    path("", views.root, name="api"),
    path("divisions/", views.DivisionListView.as_view(), name="api_divisions"),
    path("agencies/", views.AgencyListView.as_view(), name="api_agencies"),
    re_path(rf"^agencies/{CODE}/$", views.AgencyView.as_view(), name="api_agency"),
    path("reports/", views.ReportListView.as_view(), name="api_reports"),
    re_path(rf"^reports/{CODE}/(?P<year>[0-9]{{4}})/$", views.ReportView.as_view(), name="api_report"),
    path("compare/", aggregates.ComparisonView.as_view(), name="api_compare"),
    path("regions/", aggregates.NationView.as_view(), name="api_regions"),
    re_path(r"^regions/(?P<code>[0-9]{12})/$", aggregates.RegionView.as_view(), name="api_region"),
    path("figures/", views.FigureListView.as_view(), name="api_figures"),
    path("schema/", SpectacularAPIView.as_view(), name="api_schema"),
    path("docs/", views.docs, name="api_docs"),
]
