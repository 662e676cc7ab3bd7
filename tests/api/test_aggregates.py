"""Comparisons and totals for programs: what the pages show, and what their files hold."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from agencies.models import Agency, Division
from tests.published import publish

GREEN, CLEAR = "990101101000", "990101102000"
COUNTY = "990101000000"
CHOSEN = f"?agency={GREEN},{CLEAR}&figure=received,disclosed_rate,disclosure.procurement.amount&year=2020,2023"

pytestmark = pytest.mark.usefixtures("reports")


def lines_of_file(reader: Client, address: str) -> list[dict[str, str]]:
    content = reader.get(address).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def same(number: Any, printed: str) -> bool:
    return printed == "" if number is None else Decimal(printed) == Decimal(str(number))


class TestComparison:
    def test_holds_the_lines_of_the_file(self, reader: Client) -> None:
        values = reader.get(f"/api/v1/compare/{CHOSEN}").json()["values"]
        in_file = lines_of_file(reader, f"/compare/download/csv/{CHOSEN}")
        assert len(values) == len(in_file) == 12
        for value, line in zip(values, in_file, strict=True):
            for name in ("agency_code", "figure", "state"):
                assert value[name] == line[name]
            for name in ("year", "value", "part", "whole", "change", "rank"):
                assert same(value[name], line[name]), (name, value, line)

    def test_holds_the_numbers_of_the_page(self, reader: Client) -> None:
        page = reader.get(f"/compare/{CHOSEN}&view=ranks&at=2023").context["ledger"]
        shown = {line.agency.pk: line.entries[0].reported.value for line in page.lines}
        values = reader.get(f"/api/v1/compare/{CHOSEN}").json()["values"]
        told = {v["agency_code"]: v["value"] for v in values if v["figure"] == "received" and v["year"] == 2023}
        assert told == shown

    def test_a_county_is_asked_for_at_once(self, reader: Client) -> None:
        values = reader.get(f"/api/v1/compare/?agency=division:{COUNTY}&figure=received").json()["values"]
        assert {value["agency_code"] for value in values} == {GREEN, CLEAR}

    @pytest.mark.parametrize(
        ("query", "about"),
        [
            ("", "agency"),
            ("?agency=123456789012", "agency"),
            (f"?agency={GREEN}&figure=nothing", "figure"),
            (f"?agency={GREEN}&year=1066", "year"),
            (f"?agency={GREEN}&agencies={CLEAR}", "agencies"),
            ("?agency=" + ",".join(f"{number:012d}" for number in range(101)), "agency"),
            ("?agency=%00", "agency"),
        ],
    )
    def test_what_cannot_be_had_is_refused_and_named(self, query: str, about: str, reader: Client) -> None:
        response = reader.get(f"/api/v1/compare/{query}")
        assert response.status_code == 400
        assert about in response.json()

    def test_takes_as_many_queries_for_many_as_for_one(
        self, reader: Client, county: Division, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for code in (GREEN, CLEAR):
            for year in (2021, 2022):
                publish(Agency.objects.get(pk=code), year)
        with django_assert_max_num_queries(5):
            reader.get(f"/api/v1/compare/?agency=division:{COUNTY},{GREEN}")


class TestRegions:
    @pytest.mark.parametrize("place", ["", f"{COUNTY}/", "990000000000/"])
    def test_holds_the_lines_of_the_file(self, place: str, reader: Client) -> None:
        told = reader.get(f"/api/v1/regions/{place}?year=2023").json()
        in_file = lines_of_file(reader, f"/regions/{place}download/csv/?year=2023")
        assert len(in_file) == len(told["years"]) + len(told["parts"])
        for value, line in zip([*told["years"], *told["parts"]], in_file, strict=True):
            assert value["code"] == line["code"]
            for name in ("year", "owing", "published", "summed", "received", "received_blank"):
                assert same(value[name], line[name]), (name, value, line)

    def test_holds_the_totals_of_the_page(self, reader: Client) -> None:
        page = reader.get(f"/regions/{COUNTY}/").context["shown"].totals
        told = reader.get(f"/api/v1/regions/{COUNTY}/").json()["years"]
        assert {line["year"]: line["received"] for line in told} == {
            year: totals.sums["received"] for year, totals in page.items()
        }

    def test_parts_and_own_bodies_add_up_to_the_whole(self, reader: Client) -> None:
        told = reader.get("/api/v1/regions/?year=2023").json()
        (whole,) = [line for line in told["years"] if line["year"] == 2023]
        for name in ("owing", "published", "summed", "received"):
            assert sum(line[name] or 0 for line in told["parts"]) == whole[name], name

    @pytest.mark.parametrize(
        ("address", "status"),
        [
            ("?year=1066", 400),
            ("?years=2023", 400),
            ("?year=%00", 400),
            ("999999999999/", 404),
        ],
    )
    def test_what_cannot_be_had_is_refused(self, address: str, status: int, reader: Client) -> None:
        assert reader.get(f"/api/v1/regions/{address}").status_code == status

    def test_takes_few_queries(self, reader: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
        with django_assert_max_num_queries(7):
            reader.get("/api/v1/regions/")
