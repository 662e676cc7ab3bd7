from __future__ import annotations

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from agencies.matching import match_agency
from agencies.models import Agency, Division, FormerName, Kind, Level

PARTS = ["示例省", "示例市", "示例县", "邻水县", "青山镇", "外省", "人民政府"]


@pytest.fixture
def namesake(other_county: Division) -> Agency:
    """A second 青山镇, in the other county."""
    place = Division.objects.create(code="990102102000", name="青山镇", level=Level.TOWNSHIP, parent=other_county)
    return Agency.objects.create(code=place.code, name="青山镇人民政府", kind=Kind.TOWNSHIP, division=place)


@pytest.mark.django_db
def test_an_empty_register_says_what_to_do() -> None:
    match = match_agency("示例市示例县青山镇人民政府", 2023)
    assert (match.agency, match.candidates) == (None, [])
    assert match.why == "机构名录是空的，请先载入行政区划（manage.py load_divisions）。"


@pytest.mark.parametrize(
    "printed",
    [
        "示例省示例市示例县青山镇人民政府",
        "示例市示例县青山镇人民政府",
        "示例县青山镇人民政府",
        "示例省示例县青山镇人民政府",
        "示例市青山镇人民政府",
        "示例县人民政府青山镇人民政府",
        "示例市 示例县　青山镇 人民政府",
        "示例县青山镇政府",
        "示例县青山镇",
        "示例县青山镇党政办公室",
        "青山镇人民政府",
    ],
)
def test_levels_of_the_path_may_be_left_out(township: Agency, printed: str) -> None:
    assert match_agency(printed).agency == township


@pytest.mark.parametrize(
    "printed",
    [
        "邻水县青山镇人民政府",
        "示例县示例市青山镇人民政府",
        "外省示例市示例县青山镇人民政府",
        "示例县示例县青山镇人民政府",
    ],
)
def test_a_path_that_contradicts_the_register_is_no_match(
    township: Agency, other_county: Division, printed: str
) -> None:
    match = match_agency(printed)
    assert match.agency is None
    assert match.candidates == [township]
    assert match.why == f"名录中有同名机构，但所在地与“{printed}”不符，请核对。"


def test_a_name_that_two_places_bear_is_never_guessed(township: Agency, namesake: Agency) -> None:
    match = match_agency("示例市青山镇人民政府")
    assert match.agency is None
    assert match.candidates == [township, namesake]
    assert match.why == "名录中有 2 个机构符合“示例市青山镇人民政府”，文中没有写明是哪一个，请选定。"
    assert match_agency("示例市邻水县青山镇人民政府").agency == namesake


def test_a_town_is_not_taken_for_another_of_which_its_name_is_the_end(township: Agency) -> None:
    assert match_agency("大青山镇人民政府").agency is None
    assert match_agency("示例县大青山镇人民政府").agency is None


def test_a_township_is_not_taken_for_a_town(township: Agency) -> None:
    match = match_agency("示例县青山乡人民政府")
    assert (match.agency, match.candidates) == (None, [])
    assert match.why == "名录中没有“示例县青山乡人民政府”，请选定已有机构或新建。"


def test_departments_are_matched_by_their_whole_name(county: Division) -> None:
    department = Agency.objects.get(code="990101000000-01")
    assert match_agency("示例市示例县教育局").agency == department
    assert match_agency("示例县教育局").agency == department
    assert match_agency("示例市教育局").agency is None


def test_a_department_registered_without_its_place_is_found_by_the_path(county: Division) -> None:
    bare = Agency.objects.create(code="990101000000-02", name="财政局", kind=Kind.DEPARTMENT, division=county)
    assert match_agency("示例市示例县财政局").agency == bare


def test_a_government_is_matched_with_and_without_the_word(county: Division) -> None:
    government = Agency.objects.get(code="990101000000")
    found = {match_agency(name).agency for name in ("示例市示例县人民政府", "示例县政府", "示例省示例市示例县")}
    assert found == {government}
    assert match_agency("示例县人民政府办公室").agency is None


def test_a_former_name_is_matched_and_said_to_be_one(township: Agency) -> None:
    FormerName.objects.create(agency=township, name="青山乡人民政府")
    match = match_agency("示例县青山乡人民政府")
    assert match.agency == township
    assert match.why == "“示例县青山乡人民政府”是“示例省示例市示例县青山镇人民政府”的曾用名。"


def test_a_former_name_no_longer_counts_after_it_was_given_up(township: Agency) -> None:
    FormerName.objects.create(agency=township, name="青山乡人民政府", until=datetime.date(2020, 3, 31))
    found = [match_agency("示例县青山乡人民政府", year).agency for year in (2019, 2020, 2021)]
    assert found == [township, township, None]


def test_a_former_name_of_one_and_the_name_of_another_are_two(township: Agency, namesake: Agency) -> None:
    FormerName.objects.create(agency=namesake, name="红旗镇人民政府")
    Agency.objects.filter(pk=township.pk).update(name="红旗镇人民政府")
    match = match_agency("红旗镇人民政府")
    assert match.agency is None
    assert {agency.pk for agency in match.candidates} == {township.pk, namesake.pk}


def test_an_agency_that_did_not_exist_in_the_year_does_not_count(township: Agency, namesake: Agency) -> None:
    Agency.objects.filter(pk=namesake.pk).update(valid_to=datetime.date(2020, 12, 31))
    assert match_agency("青山镇人民政府", 2020).agency is None
    assert match_agency("青山镇人民政府", 2021).agency == township
    assert match_agency("邻水县青山镇人民政府", 2021).agency is None


@pytest.mark.parametrize("printed", ["", " ", "镇", "\x00\x00"])
def test_where_no_name_was_read_that_is_said(township: Agency, printed: str) -> None:
    match = match_agency(printed)
    assert (match.agency, match.why) == (None, "文中没有读到机构名称。")


def test_a_name_longer_than_any_is_unknown(township: Agency) -> None:
    assert match_agency("示例县" * 2000 + "青山镇人民政府").agency is None


@pytest.mark.parametrize(
    "printed",
    ["示例市示例县青山镇人民政府", "青山镇人民政府", "邻水县青山镇人民政府", "哪里也没有镇人民政府", "示例县教育局"],
)
def test_a_name_costs_three_queries_at_most(
    township: Agency, namesake: Agency, printed: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(3):
        for candidate in match_agency(printed, 2023).candidates:
            assert candidate.full_name.endswith(candidate.name)


# The register is only read, so that every example may see the same one.
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    parts=st.lists(st.sampled_from(["示例省", "示例市", "示例县", "邻水县", "青山镇", "外省", "人民政府"]), max_size=6)
)
def test_no_match_contradicts_any_part_of_the_printed_name(
    township: Agency, namesake: Agency, parts: list[str]
) -> None:
    if agency := match_agency("".join(parts)).agency:
        assert [part for part in parts if part not in agency.full_name] == []
