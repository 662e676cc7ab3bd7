from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from agencies.access import agencies_of, may, scope_of, supervises
from agencies.models import Agency, Division, Membership, Role, User


def codes_of(user: User | AnonymousUser, *roles: str) -> list[str]:
    return list(agencies_of(user, *roles).values_list("code", flat=True))


def test_a_clerk_has_the_own_agency_and_no_other(clerk: User, township: Agency, other_township: Agency) -> None:
    assert codes_of(clerk) == [township.code]
    assert codes_of(clerk, Role.CLERK) == [township.code]
    assert codes_of(clerk, Role.REVIEWER, Role.SUPERVISOR) == []
    assert may(clerk, township, Role.CLERK)
    assert not may(clerk, township, Role.REVIEWER)
    assert not may(clerk, other_township)
    assert not supervises(clerk, township)


def test_a_reviewer_signs_off_and_does_not_fill_in(reviewer: User, township: Agency) -> None:
    assert may(reviewer, township, Role.REVIEWER)
    assert not may(reviewer, township, Role.CLERK)
    assert may(reviewer, township, Role.CLERK, Role.REVIEWER)


def test_a_supervisor_has_the_whole_county_and_nothing_beyond(
    supervisor: User, township: Agency, other_township: Agency, foreign_township: Agency
) -> None:
    assert codes_of(supervisor) == ["990101000000", "990101000000-01", township.code, other_township.code]
    assert supervises(supervisor, other_township)
    assert not supervises(supervisor, foreign_township)
    assert not supervises(supervisor, Agency.objects.get(code="990100000000"))
    assert not may(supervisor, township, Role.CLERK)


def test_a_supervisor_of_the_city_has_both_counties(
    township: Agency, foreign_township: Agency, supervisor: User
) -> None:
    Membership.objects.create(user=supervisor, agency_id="990100000000", role=Role.SUPERVISOR)
    assert supervises(supervisor, township)
    assert supervises(supervisor, foreign_township)
    assert "990000000000" not in codes_of(supervisor)


def test_a_supervisor_at_a_department_has_the_departments_division(county: Division, township: Agency) -> None:
    person = User.objects.create_user("office")
    Membership.objects.create(user=person, agency_id="990101000000-01", role=Role.SUPERVISOR)
    assert supervises(person, township)


def test_several_memberships_add_up(clerk: User, foreign_township: Agency, township: Agency) -> None:
    Membership.objects.create(user=clerk, agency=foreign_township, role=Role.REVIEWER)
    assert codes_of(clerk) == [township.code, foreign_township.code]
    assert codes_of(clerk, Role.CLERK) == [township.code]


def test_an_outsider_has_nothing_here(outsider: User, township: Agency) -> None:
    assert not may(outsider, township)
    assert township.code not in codes_of(outsider)


@pytest.mark.django_db
def test_an_administrator_has_everything(administrator: User, township: Agency, foreign_township: Agency) -> None:
    assert may(administrator, township, Role.CLERK)
    assert supervises(administrator, foreign_township)
    assert len(codes_of(administrator)) == Agency.objects.count()


def test_nobody_has_nothing(township: Agency) -> None:
    assert codes_of(AnonymousUser()) == []
    assert not may(AnonymousUser(), township)
    assert not supervises(AnonymousUser(), township)


@pytest.mark.parametrize("name", ["clerk", "supervisor", "administrator"])
def test_an_account_that_is_closed_has_nothing(name: str, township: Agency, request: pytest.FixtureRequest) -> None:
    person: User = request.getfixturevalue(name)
    person.is_active = False
    person.save()
    assert codes_of(person) == []
    assert not may(person, township)


def test_the_scope_reaches_models_that_hang_on_an_agency(supervisor: User, clerk: User, outsider: User) -> None:
    staff = Membership.objects.filter(scope_of(supervisor, Role.SUPERVISOR, on="agency"))
    assert {membership.user for membership in staff} == {supervisor, clerk}


def test_access_costs_one_query(
    supervisor: User, township: Agency, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        may(supervisor, township)
    with django_assert_num_queries(2):
        list(agencies_of(supervisor))
