"""Divisions, agencies and the declared form for programs."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from agencies.models import Agency
from tests.standard.contract import CONTRACT

pytestmark = pytest.mark.usefixtures("reports")


def test_an_agency_names_the_years_that_it_has_published(reader: Client, township: Agency) -> None:
    agency = reader.get(f"/api/v1/agencies/{township.pk}/").json()
    assert agency["name"] == "青山镇人民政府"
    assert agency["place"] == "示例省示例市示例县青山镇"
    assert agency["years"] == [2020, 2023]


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 8), ("?division=990102000000", 2), ("?kind=township", 3), ("?q=青山", 1), ("?division=%25", 0)],
)
def test_agencies_are_narrowed_by_place_kind_and_name(query: str, count: int, reader: Client) -> None:
    assert reader.get(f"/api/v1/agencies/{query}").json()["count"] == count


def test_divisions_are_walked_from_the_top(reader: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    (province,) = reader.get("/api/v1/divisions/?level=1").json()["results"]
    (city,) = reader.get(f"/api/v1/divisions/?parent={province['code']}").json()["results"]
    with django_assert_num_queries(2):
        counties = reader.get(f"/api/v1/divisions/?parent={city['code']}").json()["results"]
    assert [county["name"] for county in counties] == ["示例县", "邻水县"]


def test_every_figure_of_both_editions_is_declared(reader: Client) -> None:
    found = reader.get("/api/v1/figures/").json()
    for edition, cells in CONTRACT.items():
        assert [figure["key"] for figure in found if figure["edition"] == edition] == [cell.key for cell in cells]
