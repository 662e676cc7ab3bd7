"""Every public page asks the database as often for many reports as for few."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver

from agencies.models import Agency, Division, Kind, Level
from reports import urls
from reports.api import urls as api_urls
from tests.conftest import agency, division
from tests.published import ONE_GRANTED, checked_together, publish

GREEN, COUNTY = "990101101000", "990101000000"
BROKEN = {"applications.received.total": 3}

# Of each address that anybody may open: how it is opened.
PUBLIC = {
    "home": ["/"],
    "report_list": ["/reports/", "/reports/?text=公开&balanced=no"],
    "report": [f"/reports/{GREEN}/2023/", f"/reports/{GREEN}/2023/?version=1"],
    "versions": [f"/reports/{GREEN}/2023/versions/"],
    "download": [f"/reports/{GREEN}/2023/download/csv/"],
    "agency": [f"/agencies/{GREEN}/"],
    "compare": [f"/compare/?agency=division:{COUNTY}&view={view}" for view in ("overview", "years", "ranks", "heat")],
    "compare_found": ["/compare/found/?find=镇"],
    "compare_file": [f"/compare/download/json/?agency=division:{COUNTY}"],
    "rates": ["/rates/"],
    "rules": ["/rules/"],
    "rule": ["/rules/row_total/"],
    "regions": ["/regions/"],
    "region": [f"/regions/{COUNTY}/", "/regions/990000000000/"],
    "nation_file": ["/regions/download/csv/"],
    "region_file": [f"/regions/{COUNTY}/download/csv/"],
    "search": ["/search/?q=镇", "/search/?q=公开&in=texts"],
    "suggestions": ["/search/suggestions/?q=镇"],
    "list_download": ["/reports/download/jsonl/"],
    "datasets": ["/data/"],
    "record": ["/record/"],
    "proof": [f"/record/proof/{GREEN}/2023/"],
    "robots": ["/robots.txt"],
    "sitemaps": ["/sitemap.xml"],
    "sitemap": ["/sitemap-agencies.xml", "/sitemap-reports.xml", "/sitemap-regions.xml"],
    "api_divisions": ["/api/v1/divisions/"],
    "api_agencies": ["/api/v1/agencies/"],
    "api_agency": [f"/api/v1/agencies/{GREEN}/"],
    "api_reports": ["/api/v1/reports/", "/api/v1/reports/?include=figures,narrative"],
    "api_report": [f"/api/v1/reports/{GREEN}/2023/"],
    "api_compare": [f"/api/v1/compare/?agency=division:{COUNTY}"],
    "api_regions": ["/api/v1/regions/"],
    "api_region": [f"/api/v1/regions/{COUNTY}/"],
    "api_figures": ["/api/v1/figures/"],
}
# Files as they were kept, what only redirects, and what describes the API.
ELSEWHERE = {
    "source",
    "source_view",
    "source_page",
    "data_file",
    "record_of_day",
    "display",
    "set_language",
    "api",
    "api_schema",
    "api_docs",
}
SIGNED_IN = ("desk/", "filing/", "review/")
MOST = 20


def names(patterns: list[URLPattern | URLResolver]) -> set[str]:
    """Of all addresses but those of clerks, reviewers and supervisors."""
    return {
        pattern.name
        for pattern in patterns
        if isinstance(pattern, URLPattern)
        and pattern.name
        and not str(pattern.pattern).lstrip("^").startswith(SIGNED_IN)
    }


def test_no_public_page_is_left_out() -> None:
    assert names([*urls.urlpatterns, *api_urls.urlpatterns]) == PUBLIC.keys() | ELSEWHERE


def queries(reader: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        response = reader.get(address)
        assert response.status_code == 200, address
        assert b"".join(response) if response.streaming else response.content
    return len(captured)


@pytest.fixture
def counts_of_few(township: Agency, other_township: Agency, reader: Client) -> dict[str, int]:
    """Two versions of a report with a broken equation, and another; everything was opened once before it is counted."""
    publish(township, 2023, BROKEN)
    publish(township, 2023, BROKEN, reason="更正", overview="主动公开。")
    publish(other_township, 2022, ONE_GRANTED)
    addresses = [address for several in PUBLIC.values() for address in several]
    for address in addresses:
        reader.get(address)
    return {address: queries(reader, address) for address in addresses}


@pytest.mark.slow
def test_as_many_for_many_as_for_few(
    counts_of_few: dict[str, int], township: Agency, county: Division, reader: Client
) -> None:
    with checked_together():
        for number in range(3, 11):
            place = division(f"9901011{number:02d}000", f"第{number}镇", Level.TOWNSHIP, county)
            another = agency(place, f"第{number}镇人民政府", Kind.TOWNSHIP)
            for year in (2022, 2023):
                publish(another, year, BROKEN if number % 2 else ONE_GRANTED, overview="主动公开。")
    publish(township, 2023, {"applications.received.total": 5}, reason="再次更正")
    publish(township, 2021)
    counts_of_many = {address: queries(reader, address) for address in counts_of_few}
    more = {
        address: (count, counts_of_many[address])
        for address, count in counts_of_few.items()
        if counts_of_many[address] > count
    }
    assert more == {}
    assert {address: count for address, count in counts_of_many.items() if count > MOST} == {}
