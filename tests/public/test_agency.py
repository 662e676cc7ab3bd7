from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from agencies.models import Agency
from tests.published import ONE_GRANTED, publish

ADDRESS = "/agencies/990101101000/"


def test_the_years_stand_below_each_other_and_a_gap_is_a_gap(reader: Client, township: Agency) -> None:
    publish(township, 2020, ONE_GRANTED)
    publish(township, 2023, {"applications.received.total": None})
    response = reader.get(ADDRESS)
    history = response.context["history"]
    assert [(line.year, line.report is not None) for line in history] == [
        (2023, True),
        (2022, False),
        (2021, False),
        (2020, True),
    ]
    assert history[0].values[0] is None
    assert history[3].values[0] == 1
    # Two years, in the table of figures and in that of rates.
    assert response.content.decode().count("没有公开的报告") == 4


def steps_of(reader: Client, key: str) -> dict[int, tuple[str, str]]:
    """State and printed form of a rate, by year."""
    history = reader.get(ADDRESS).context["rate_history"]
    return {line.year: (step.state, step.shown) for line, steps in history for rate, step in steps if rate.key == key}


def test_rates_stand_below_each_other_and_few_cases_are_only_counted(reader: Client, township: Agency) -> None:
    for year, granted, concluded in ((2020, 2, 3), (2021, 2, 12), (2022, None, 12), (2023, 13, 12)):
        figures = {"applications.granted.total": granted, "applications.concluded.total": concluded}
        publish(township, year, figures)
    assert steps_of(reader, "disclosed_rate") == {
        2023: ("contradictory", "13／12"),
        2022: ("blank", ""),
        2021: ("number", "16.7%"),
        2020: ("few", "2／3"),
    }


def test_charts_are_drawn_from_the_tables_and_know_what_is_missing(reader: Client, township: Agency) -> None:
    publish(township, 2020, {"applications.received.total": 12000})
    publish(township, 2022, {"applications.received.total": None})
    page = reader.get(ADDRESS).content.decode()
    assert 'data-value="12000"' in page
    assert 'data-gap="未填"' in page
    assert '<tr class="gap" data-name="2021" data-gap="没有报告">' in page


def test_a_single_year_needs_no_chart(reader: Client, township: Agency) -> None:
    publish(township, 2020)
    page = reader.get(ADDRESS).content.decode()
    assert "data-chart" not in page
    assert "echarts" not in page


def test_an_agency_without_reports_says_what_would_be_here(reader: Client, township: Agency) -> None:
    assert "还没有公开的报告" in reader.get(ADDRESS).content.decode()
    Agency.objects.filter(pk=township.pk).update(owes_report=False)
    assert "不需要编制年度报告" in reader.get(ADDRESS).content.decode()


def test_its_neighbours_of_the_same_kind_are_one_click_away(
    reader: Client, township: Agency, other_township: Agency, foreign_township: Agency
) -> None:
    assert list(reader.get(ADDRESS).context["neighbours"]) == [other_township]


@pytest.mark.django_db
def test_an_unknown_agency_is_not_found(reader: Client) -> None:
    assert reader.get("/agencies/123456789012/").status_code == 404


def test_a_constant_number_of_queries(
    reader: Client, township: Agency, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for year in range(2019, 2024):
        publish(township, year)
    with django_assert_max_num_queries(6):
        reader.get(ADDRESS)
