from __future__ import annotations

from django.contrib.sitemaps.views import index, sitemap
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from reports.views.desk import desk
from reports.views.display import display
from reports.views.download import download, draft_download
from reports.views.filing.draft import draft
from reports.views.filing.filing import filing
from reports.views.filing.history import history
from reports.views.filing.official_publication import locate
from reports.views.intake.batches import batch, batch_files, batches
from reports.views.intake.preview import preview
from reports.views.intake.source import source, source_page, source_view
from reports.views.intake.upload import reading, upload
from reports.views.public.agency import agency
from reports.views.public.compare import comparison, comparison_file, to_compare
from reports.views.public.datasets import data_file, datasets, list_download
from reports.views.public.for_machines import SITEMAPS, robots
from reports.views.public.public import home, report_list
from reports.views.public.rates import rates
from reports.views.public.record import proof, record, record_of_day
from reports.views.public.regions import region, region_file
from reports.views.public.report import report, versions
from reports.views.public.rules import rule_list, rule_page
from reports.views.public.search import results, suggestions
from reports.views.review.deadlines import asking, extension, office_dates
from reports.views.review.finding import finding
from reports.views.review.progress import circular_file, progress
from reports.views.review.recheck import recheck
from reports.views.review.review import review
from reports.views.review.scoping import counting, scopes
from reports.views.review.takedown import takedown
from reports.views.review.texts import texts

# A code of the register is twelve digits, with `-NN` for the bodies of one place beyond its government.
CODE = "(?P<code>[0-9]{12}(?:-[0-9]{2})?)"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("reports/", report_list, name="report_list"),
    re_path(rf"^reports/{CODE}/(?P<year>[0-9]{{4}})/$", report, name="report"),
    re_path(rf"^reports/{CODE}/(?P<year>[0-9]{{4}})/versions/$", versions, name="versions"),
    re_path(rf"^reports/{CODE}/(?P<year>[0-9]{{4}})/download/(?P<form>[a-z]+)/$", download, name="download"),
    re_path(rf"^agencies/{CODE}/$", agency, name="agency"),
    path("compare/", comparison, name="compare"),
    path("compare/found/", to_compare, name="compare_found"),
    path("compare/download/<slug:form>/", comparison_file, name="compare_file"),
    path("rates/", rates, name="rates"),
    path("rules/", rule_list, name="rules"),
    path("rules/<slug:code>/", rule_page, name="rule"),
    path("regions/", region, name="regions"),
    path("regions/download/<str:form>/", region_file, name="nation_file"),
    re_path(r"^regions/(?P<code>[0-9]{12})/$", region, name="region"),
    re_path(r"^regions/(?P<code>[0-9]{12})/download/(?P<form>[a-z]+)/$", region_file, name="region_file"),
    path("search/", results, name="search"),
    path("search/suggestions/", suggestions, name="suggestions"),
    path("desk/", desk, name="desk"),
    path("filing/", filing, name="filing"),
    re_path(rf"^filing/{CODE}/(?P<year>[0-9]{{4}})/$", draft, name="draft"),
    re_path(rf"^filing/{CODE}/(?P<year>[0-9]{{4}})/download/(?P<form>[a-z]+)/$", draft_download, name="draft_download"),
    re_path(rf"^filing/{CODE}/(?P<year>[0-9]{{4}})/history/$", history, name="history"),
    re_path(rf"^filing/{CODE}/(?P<year>[0-9]{{4}})/official/$", locate, name="locate"),
    re_path(r"^sources/(?P<sha256>[0-9a-f]{64})/$", source, name="source"),
    re_path(r"^sources/(?P<sha256>[0-9a-f]{64})/view/$", source_view, name="source_view"),
    path("sources/<str:sha256>/pages/<int:page>/", source_page, name="source_page"),
    path("filing/import/", upload, name="upload"),
    path("filing/import/reading/<int:pk>/", reading, name="reading"),
    path("filing/import/batches/", batches, name="batches"),
    path("filing/import/batches/<int:pk>/", batch, name="batch"),
    path("filing/import/batches/<int:pk>/files.xlsx", batch_files, name="batch_files"),
    path("filing/import/<int:pk>/", preview, name="preview"),
    path("review/", review, name="review"),
    path("review/progress/", progress, name="progress"),
    re_path(r"^review/progress/circular\.(?P<form>docx|xlsx|csv)$", circular_file, name="circular"),
    path("review/findings/<int:pk>/", finding, name="finding"),
    path("review/findings/<int:pk>/texts/", texts, name="texts"),
    path("review/deadlines/", office_dates, name="deadlines"),
    re_path(rf"^review/deadlines/{CODE}/(?P<year>[0-9]{{4}})/$", extension, name="extension"),
    re_path(rf"^filing/{CODE}/(?P<year>[0-9]{{4}})/extension/$", asking, name="asking"),
    re_path(rf"^review/takedown/{CODE}/(?P<year>[0-9]{{4}})/$", takedown, name="takedown"),
    path("review/recheck/", recheck, name="recheck"),
    path("review/scope/", scopes, name="scopes"),
    path("review/counting/", counting, name="counting"),
    path("display/", display, name="display"),
    # No token, for the same reason as above.
    path("language/", csrf_exempt(set_language), name="set_language"),
    path("reports/download/<slug:form>/", list_download, name="list_download"),
    path("record/", record, name="record"),
    re_path(r"^record/(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})\.json$", record_of_day, name="record_of_day"),
    re_path(rf"^record/proof/{CODE}/(?P<year>[0-9]{{4}})/$", proof, name="proof"),
    path("data/", datasets, name="datasets"),
    path("data/<str:name>", data_file, name="data_file"),
    path("api/v1/", include("reports.api.urls")),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap"}, name="sitemaps"),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
]
