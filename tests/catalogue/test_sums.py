"""Each body is used exactly once, whoever counts it: what totals add, and what they leave out."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.counting import count_into, end_with_merger
from agencies.models import Agency, Division, Kind, Level
from reports.catalogue import sums
from reports.models import Report
from reports.public.regions import by_year
from tests.conftest import agency
from tests.published import publish

pytestmark = pytest.mark.django_db

RECEIVED = "applications.received.total"


@pytest.fixture
def government(county: Division) -> Agency:
    return Agency.objects.get(pk=county.code)


@pytest.fixture
def bureau(county: Division) -> Agency:
    return Agency.objects.get(pk=f"{county.code}-01")


def received(place: Division | None, year: int = 2023) -> object:
    return by_year(place, [year])[year].sums["received"]


def counted_by(of: Agency, year: int = 2023) -> str | None:
    return Report.objects.get(agency=of, year=year).counted_by_id


class TestAWhole:
    def test_of_an_area_stands_for_everybody_below(
        self, county: Division, government: Agency, bureau: Agency, township: Agency
    ) -> None:
        publish(township, 2023, {RECEIVED: 2})
        publish(bureau, 2023, {RECEIVED: 3})
        publish(government, 2023, {RECEIVED: 9}, scope_kind="area")
        assert received(county) == 9
        assert counted_by(township) == counted_by(bureau) == government.pk

    def test_of_a_government_stands_for_its_departments_and_not_for_its_townships(
        self, county: Division, government: Agency, bureau: Agency, township: Agency
    ) -> None:
        publish(township, 2023, {RECEIVED: 2})
        publish(bureau, 2023, {RECEIVED: 3})
        publish(government, 2023, {RECEIVED: 4}, scope_kind="government")
        assert received(county) == 6
        assert (counted_by(township), counted_by(bureau)) == (None, government.pk)

    def test_of_a_list_stands_for_those_on_it(
        self, county: Division, government: Agency, township: Agency, other_township: Agency
    ) -> None:
        publish(township, 2023, {RECEIVED: 2})
        publish(other_township, 2023, {RECEIVED: 10})
        publish(government, 2023, {RECEIVED: 4}, scope_kind="units", scope_units=["青山镇"])
        assert received(county) == 14

    def test_that_is_corrected_to_the_body_alone_stands_for_nobody_any_more(
        self, county: Division, government: Agency, township: Agency
    ) -> None:
        publish(township, 2023, {RECEIVED: 2})
        publish(government, 2023, {RECEIVED: 9}, scope_kind="area")
        publish(government, 2023, {RECEIVED: 4}, scope_kind="own")
        assert received(county) == 6

    def test_stands_for_its_own_year_only(self, county: Division, government: Agency, township: Agency) -> None:
        publish(township, 2022, {RECEIVED: 2})
        publish(government, 2023, {RECEIVED: 9}, scope_kind="area")
        assert received(county, 2022) == 2


class TestAList:
    def test_with_a_name_that_means_nobody_is_not_added(self, county: Division, government: Agency) -> None:
        publish(government, 2023, {RECEIVED: 4}, scope_kind="units", scope_units=["无名镇"])
        assert by_year(county, [2023])[2023].overlapping == 1
        assert received(county) is None

    def test_that_names_whom_another_whole_counts_overlaps_and_is_not_added(
        self, city: Division, government: Agency, bureau: Agency
    ) -> None:
        of_city = agency(city, "示例市教育局", Kind.DEPARTMENT, suffix="-01")
        publish(bureau, 2023, {RECEIVED: 3})
        publish(government, 2023, {RECEIVED: 9}, scope_kind="area")
        publish(of_city, 2023, {RECEIVED: 7}, scope_kind="units", scope_units=["示例县教育局"])
        year = by_year(city, [2023])[2023]
        assert (year.sums["received"], year.overlapping, year.covered) == (9, 1, 1)

    def test_is_added_as_soon_as_the_register_says_that_its_body_counts_them(
        self, city: Division, government: Agency, bureau: Agency
    ) -> None:
        of_city = agency(city, "示例市教育局", Kind.DEPARTMENT, suffix="-01")
        publish(bureau, 2023, {RECEIVED: 3})
        publish(government, 2023, {RECEIVED: 9}, scope_kind="area")
        publish(of_city, 2023, {RECEIVED: 7}, scope_kind="units", scope_units=["示例县教育局"])
        count_into([bureau], of_city, datetime.date(2023, 1, 1), None)
        sums.refresh_below([bureau.pk, of_city.pk, government.pk], 2023)
        assert received(city) == 16
        assert counted_by(bureau) == of_city.pk


class TestTheRelation:
    def test_a_body_that_reports_to_the_city_is_no_part_of_its_county(
        self, county: Division, government: Agency, bureau: Agency, city: Division
    ) -> None:
        count_into([bureau], Agency.objects.get(pk=city.code), datetime.date(2023, 1, 1), None)
        publish(bureau, 2022, {RECEIVED: 1})
        publish(bureau, 2023, {RECEIVED: 3})
        for year in (2022, 2023):
            publish(government, year, {RECEIVED: 9}, scope_kind="area")
        assert (received(county, 2022), received(county, 2023)) == (9, 12)

    def test_a_town_that_a_zone_runs_counts_into_the_zone(self, county: Division, township: Agency) -> None:
        zone = agency(county, "示例开发区管理委员会", Kind.COMMITTEE, suffix="-02")
        count_into([township], zone, datetime.date(2023, 1, 1), None)
        publish(township, 2023, {RECEIVED: 2})
        publish(zone, 2023, {RECEIVED: 5}, scope_kind="area")
        assert received(county) == 5

    def test_a_body_abolished_within_the_year_keeps_its_months(
        self, county: Division, government: Agency, township: Agency, other_township: Agency
    ) -> None:
        township.successor, township.valid_to = other_township, datetime.date(2023, 6, 30)
        township.save()
        end_with_merger(township, None)
        publish(township, 2023, {RECEIVED: 2})
        publish(other_township, 2023, {RECEIVED: 3})
        assert received(county) == 5
        publish(government, 2023, {RECEIVED: 5}, scope_kind="area")
        assert counted_by(township) == government.pk


def test_the_whole_can_be_made_anew(county: Division, government: Agency, township: Agency) -> None:
    publish(township, 2023, {RECEIVED: 2})
    publish(government, 2023, {RECEIVED: 9}, scope_kind="area")
    Report.objects.update(counted_by=None, overlapping=True)
    assert sums.rebuild() == 2
    assert sums.rebuild() == 0
    assert counted_by(township) == government.pk


def test_the_queries_do_not_grow_with_the_bodies(county: Division, government: Agency) -> None:
    publish(government, 2023, {RECEIVED: 9}, scope_kind="area")
    counts = []
    for many in (3, 12):
        for number in range(many):
            place, _new = Division.objects.get_or_create(
                code=f"9901012{number:02}000", name=f"第{number}镇", level=Level.TOWNSHIP, parent=county
            )
            town = Agency.objects.filter(pk=place.code).first() or agency(place, f"第{number}镇人民政府", Kind.TOWNSHIP)
            publish(town, 2023)
        Report.objects.update(counted_by=None)
        with CaptureQueriesContext(connection) as queries:
            sums.refresh_below([government.pk], 2023)
        counts.append(len(queries))
    assert counts[0] == counts[1]
