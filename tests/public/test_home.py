from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from agencies.models import Agency, Division, Kind
from tests.published import ONE_GRANTED, checked_together, publish


@pytest.mark.django_db
def test_an_empty_site_says_what_would_be_here(reader: Client) -> None:
    page = reader.get("/").content.decode()
    assert "还没有公开的报告" in page


def test_the_latest_year_in_numbers(reader: Client, township: Agency, other_township: Agency) -> None:
    publish(township, 2022, ONE_GRANTED)
    publish(township, 2023, ONE_GRANTED)
    publish(other_township, 2023, {"applications.received.total": 2})
    response = reader.get("/")
    numbers = response.context["numbers"]
    assert (numbers.year, numbers.filed, numbers.unbalanced) == (2023, 2, 1)
    assert numbers.owing == Agency.objects.filter(owes_report=True).count()
    assert {measure.key: total for measure, total in numbers.headlines}["received"] == 3
    assert response.context["by_year"] == {2023: 2, 2022: 1}


def test_a_report_that_covers_its_subtree_is_not_added_to_its_parts(
    reader: Client, township: Agency, county: Division
) -> None:
    publish(township, 2023, ONE_GRANTED)
    publish(Agency.objects.get(pk=county.code), 2023, ONE_GRANTED, scope_kind="area")
    numbers = reader.get("/").context["numbers"]
    assert numbers.filed == 2
    assert {measure.key: total for measure, total in numbers.headlines}["received"] == 1


def test_regions_begin_where_the_register_branches(reader: Client, township: Agency, foreign_township: Agency) -> None:
    publish(township, 2023)
    regions = {region.division.name: region for region in reader.get("/").context["regions"]}
    assert {name: region.filed for name, region in regions.items()} == {"示例县": 1, "邻水县": 0}
    assert regions["邻水县"].owing == 2


def test_the_newest_report_leads(reader: Client, township: Agency, other_township: Agency) -> None:
    publish(township, 2023)
    publish(other_township, 2021)
    newest = list(reader.get("/").context["newest"])
    assert [report.agency for report in newest] == [other_township, township]


def test_as_many_queries_for_many_reports_as_for_one(
    reader: Client, township: Agency, county: Division, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for year in range(2019, 2025):
        publish(township, year)
    with checked_together():
        for number in range(10, 20):
            other = Agency.objects.create(
                code=f"{county.code}-{number}", name=f"第{number}局", kind=Kind.DEPARTMENT, division=county
            )
            publish(other, 2024)
    with django_assert_max_num_queries(11):
        reader.get("/")


def test_large_type_is_remembered_without_a_script(reader: Client, db: None) -> None:
    response = reader.post("/display/", {"type": "large", "next": "/reports/"})
    assert response["Location"] == "/reports/"
    assert 'class="large-type"' in reader.get("/").content.decode()
    reader.post("/display/", {"type": "normal", "next": "/"})
    assert 'class="large-type"' not in reader.get("/").content.decode()


def test_the_language_is_remembered(reader: Client, db: None) -> None:
    reader.post("/language/", {"language": "en", "next": "/"})
    assert '<html lang="en"' in reader.get("/").content.decode()


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", ""])
def test_nobody_is_sent_to_another_site(reader: Client, target: str) -> None:
    assert reader.post("/display/", {"type": "large", "next": target})["Location"] == "/"


@pytest.mark.django_db
def test_a_page_that_does_not_exist_helps_on(reader: Client) -> None:
    response = reader.get("/nowhere/")
    assert response.status_code == 404
    assert "没有这一页" in response.content.decode()
    assert "查报告" in response.content.decode()


@pytest.mark.django_db
def test_the_sign_in_page_says_who_needs_it(reader: Client) -> None:
    page = reader.get("/accounts/login/").content.decode()
    assert "查阅报告不需要" in page


@pytest.mark.django_db
def test_a_wrong_password_is_told_without_saying_which_part_is_wrong(reader: Client) -> None:
    page = reader.post("/accounts/login/", {"username": "nobody", "password": "wrong"}).content.decode()
    assert "用户名或密码不对" in page
