"""What search engines and programs are told about the pages."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from lxml import etree
from pytest_django import DjangoAssertNumQueries

from agencies.models import Agency
from reports.views.public import for_machines
from tests.published import publish

GREEN = "990101101000"
NAMES = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def locations(reader: Client, address: str) -> list[str]:
    response = reader.get(address)
    assert response.status_code == 200
    found: list[str] = etree.fromstring(response.content).xpath("//map:loc/text()", namespaces=NAMES)
    return [location.removeprefix("http://testserver") for location in found]


def described(reader: Client, address: str) -> dict[str, Any]:
    page = reader.get(address).content.decode()
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    found: dict[str, Any] = json.loads(block)
    assert (found["@context"], found["@type"]) == ("https://schema.org", "Dataset")
    return found


class TestSitemap:
    def test_the_index_leads_to_every_published_report(self, reader: Client, township: Agency) -> None:
        publish(township, 2022)
        publish(township, 2023)
        pieces = locations(reader, "/sitemap.xml")
        assert pieces == [f"/sitemap-{name}.xml" for name in ("pages", "regions", "agencies", "reports")]
        every = [location for piece in pieces for location in locations(reader, piece)]
        assert {f"/reports/{GREEN}/2022/", f"/reports/{GREEN}/2023/", f"/agencies/{GREEN}/", "/rates/"} < set(every)
        assert "/regions/990101000000/" in every
        assert "/agencies/990101000000/" not in every, "nothing to read there"

    def test_it_comes_in_pieces(self, reader: Client, township: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
        for year in (2021, 2022, 2023):
            publish(township, year)
        monkeypatch.setattr(for_machines.ReportSitemap, "limit", 2)
        assert "/sitemap-reports.xml?p=2" in locations(reader, "/sitemap.xml")
        assert locations(reader, "/sitemap-reports.xml?p=2") == [f"/reports/{GREEN}/2023/"]

    @pytest.mark.django_db
    @pytest.mark.parametrize(
        "address", ["/sitemap-nothing.xml", "/sitemap-reports.xml?p=999", "/sitemap-reports.xml?p=x"]
    )
    def test_what_there_is_not_is_not_found(self, reader: Client, address: str) -> None:
        assert reader.get(address).status_code == 404

    def test_a_constant_number_of_queries(
        self, reader: Client, township: Agency, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for year in range(2019, 2024):
            publish(township, year)
        with django_assert_max_num_queries(5):
            reader.get("/sitemap.xml")
        with django_assert_max_num_queries(3):
            reader.get("/sitemap-reports.xml")


@pytest.mark.django_db
def test_robots_keep_to_what_is_public_and_find_the_sitemap(reader: Client) -> None:
    said = reader.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /filing/" in said
    assert "Sitemap: http://testserver/sitemap.xml" in said
    assert "Disallow: /reports/" not in said


class TestDescription:
    def test_of_a_report_names_who_what_when_and_where_to_get_it(self, reader: Client, township: Agency) -> None:
        version = publish(township, 2023)
        found = described(reader, f"/reports/{GREEN}/2023/")
        assert found["url"] == f"http://testserver/reports/{GREEN}/2023/"
        assert found["creator"]["name"] == "示例省示例市示例县青山镇人民政府"
        assert found["temporalCoverage"] == "2023"
        assert version.published_at is not None
        assert found["datePublished"] == timezone.localtime(version.published_at).date().isoformat()
        for file in found["distribution"]:
            response = reader.get(file["contentUrl"].removeprefix("http://testserver"))
            assert response.status_code == 200
            assert response["Content-Type"].split(";")[0] == file["encodingFormat"]

    def test_of_an_agency_names_its_years_and_leaves_out_gaps(self, reader: Client, township: Agency) -> None:
        publish(township, 2020)
        publish(township, 2023)
        found = described(reader, f"/agencies/{GREEN}/")
        assert found["temporalCoverage"] == "2020/2023"
        assert [part["name"] for part in found["hasPart"]] == ["2020", "2023"]
        assert reader.get(found["distribution"][0]["contentUrl"].removeprefix("http://testserver")).status_code == 200

    def test_of_the_list_downloads_what_it_shows(self, reader: Client, township: Agency) -> None:
        publish(township, 2023)
        found = described(reader, "/reports/?year=2023&sort=-received&page=1")
        assert found["url"] == "http://testserver/reports/?year=2023"
        assert "http://testserver/reports/download/csv/?year=2023" in [
            file["contentUrl"] for file in found["distribution"]
        ]

    def test_nothing_in_a_name_ends_the_block(self, reader: Client, township: Agency) -> None:
        publish(township, 2023)
        Agency.objects.filter(pk=GREEN).update(name="</script><script>alert(1)</script>&amp;")
        found = described(reader, f"/agencies/{GREEN}/")
        assert "</script><script>alert(1)</script>&amp;" in found["name"]

    def test_an_earlier_version_is_not_the_dataset(self, reader: Client, township: Agency) -> None:
        publish(township, 2023)
        publish(township, 2023, reason="更正")
        assert "ld+json" not in reader.get(f"/reports/{GREEN}/2023/?version=1").content.decode()
