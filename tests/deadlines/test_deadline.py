"""Which date applies: an extension before the nearest local date, that before the Regulations."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from pytest_django.fixtures import DjangoAssertNumQueries

from agencies.models import Agency, Division, Kind, Level
from reports.deadlines import Basis, deadlines, due_date, due_dates
from reports.models import Extension, LocalDate
from tests.conftest import agency, division

YEAR = 2025


def of(code: str) -> Agency:
    return Agency.objects.get(pk=code)


def set_date(place: Division, day: date, kind: str = "", **fields: date) -> LocalDate:
    return LocalDate.objects.create(division=place, year=YEAR, kind=kind, due=day, **fields)


def test_without_any_local_date_the_regulations_apply(township: Agency) -> None:
    assert due_date(of("990000000000"), YEAR) == date(2026, 3, 31), "the government of the province"
    assert due_date(of("990101000000"), YEAR) == date(2026, 3, 31), "the government of the county"
    assert due_date(of("990101000000-01"), YEAR) == date(2026, 1, 31), "a department"
    assert due_date(township, YEAR) == date(2026, 1, 31)
    deadline = deadlines([township], YEAR)[township.pk]
    assert (deadline.basis, deadline.opens) == (Basis.STATUTORY, date(2026, 1, 1))
    assert deadline.why == "依据：上级尚未另行规定，暂按 1月31日"
    assert deadlines([of("990101000000-01")], YEAR)["990101000000-01"].why == (
        "依据：《政府信息公开条例》第四十九条，1月31日"
    )


def test_a_township_registered_as_a_government_has_the_date_of_a_township(county: Division) -> None:
    place = division("990101105000", "赤土镇", Level.TOWNSHIP, county)
    assert due_date(agency(place, "赤土镇人民政府", Kind.GOVERNMENT), YEAR) == date(2026, 1, 31)


def test_the_nearest_office_that_set_a_date_decides(
    city: Division, county: Division, township: Agency, foreign_township: Agency
) -> None:
    set_date(city, date(2026, 1, 25))
    set_date(county, date(2026, 1, 20), opens=date(2026, 1, 4))
    dates = due_dates(Agency.objects.all(), YEAR)
    assert dates[township.pk] == date(2026, 1, 20)
    assert dates["990101000000-01"] == date(2026, 1, 20), "the county's own department"
    assert dates["990101000000"] == date(2026, 1, 25), "the county itself obeys the city"
    assert dates[foreign_township.pk] == date(2026, 1, 25), "a county that set none obeys the city"
    assert dates["990100000000"] == date(2026, 3, 31), "the city set none for itself"
    assert due_date(township, YEAR - 1) == date(2025, 1, 31), "another year is another matter"
    deadline = deadlines([township], YEAR)[township.pk]
    assert (deadline.why, deadline.opens) == ("依据：示例县规定 1月20日", date(2026, 1, 4))


def test_a_date_for_its_kind_goes_before_one_for_all_and_the_nearer_before_both(
    city: Division, county: Division, township: Agency
) -> None:
    set_date(city, date(2026, 1, 10), kind=Kind.TOWNSHIP)
    assert due_date(township, YEAR) == date(2026, 1, 10)
    set_date(county, date(2026, 1, 20))
    assert due_date(township, YEAR) == date(2026, 1, 20)
    set_date(county, date(2026, 2, 20), kind=Kind.TOWNSHIP)
    assert due_date(township, YEAR) == date(2026, 2, 20)
    assert due_date(of("990101000000-01"), YEAR) == date(2026, 1, 20)


def test_a_date_for_another_kind_leaves_the_one_from_above(city: Division, county: Division, township: Agency) -> None:
    set_date(city, date(2026, 1, 25))
    set_date(county, date(2026, 1, 20), kind=Kind.DEPARTMENT)
    assert due_date(township, YEAR) == date(2026, 1, 25)


def test_an_extension_in_force_goes_before_everything(
    county: Division, township: Agency, other_township: Agency
) -> None:
    set_date(county, date(2026, 1, 20))
    for place, state in ((township, "granted"), (other_township, "asked"), (other_township, "declined")):
        Extension.objects.create(agency=place, year=YEAR, until=date(2026, 2, 28), reason="洪灾", state=state)
    dates = due_dates([township, other_township], YEAR)
    assert dates == {township.pk: date(2026, 2, 28), other_township.pk: date(2026, 1, 20)}
    deadline = deadlines([township], YEAR)[township.pk]
    assert deadline.why == "依据：主管部门同意延至 2月28日"
    assert deadline.local is not None
    assert [deadline.days_left(date(2026, month, 28)) for month in (1, 2, 3)] == [31, 0, -28]


def test_there_is_one_extension_in_force_at_most(township: Agency) -> None:
    granted = {"agency": township, "year": YEAR, "reason": "洪灾", "state": "granted"}
    Extension.objects.create(until=date(2026, 2, 1), **granted)
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.create(until=date(2026, 3, 1), **granted)


def test_hundreds_of_agencies_take_three_queries(
    county: Division, township: Agency, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    set_date(county, date(2026, 1, 20))
    for number in range(200, 300):
        agency(division(f"990101{number}000", f"第{number}镇", Level.TOWNSHIP, county), "镇政府", Kind.TOWNSHIP)
    with django_assert_num_queries(3):
        dates = due_dates(Agency.objects.under(county), YEAR)
    assert len(dates) == 103
    assert due_dates([], YEAR) == {}
