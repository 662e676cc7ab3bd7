from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from agencies.models import Agency, Division, FormerName, Kind, Level


def test_a_path_follows_from_the_names_above(county: Division, township: Agency) -> None:
    assert township.division.path == "示例省示例市示例县青山镇"
    assert township.full_name == "示例省示例市示例县青山镇人民政府"
    assert township.place == "示例省示例市示例县"


def test_the_full_name_of_a_department_names_its_place_once(county: Division) -> None:
    assert Agency.objects.get(code="990101000000-01").full_name == "示例省示例市示例县教育局"


def test_a_new_name_reaches_the_paths_below(city: Division, township: Agency) -> None:
    city.name = "模范市"
    city.save()
    paths = Division.objects.under(city).values_list("path", flat=True)
    assert list(paths) == ["示例省模范市", "示例省模范市示例县", "示例省模范市示例县青山镇"]


def test_a_placeholder_leaves_no_trace_in_the_paths(city: Division) -> None:
    gap = Division.objects.create(
        code="999000000000", name="省直辖县级行政区划", level=Level.CITY, parent=city.parent, placeholder=True
    )
    below = Division.objects.create(code="999001000000", name="直管市", level=Level.COUNTY, parent=gap)
    assert below.path == "示例省直管市"
    assert gap.path == "示例省"
    assert gap not in Division.objects.governed()


def test_a_subtree_is_a_code_prefix(county: Division, township: Agency, foreign_township: Agency) -> None:
    codes = Agency.objects.under(county).values_list("code", flat=True)
    assert list(codes) == ["990101000000", "990101000000-01", "990101101000"]


def test_an_agency_counts_in_the_years_in_which_it_existed(township: Agency) -> None:
    township.valid_from, township.valid_to = datetime.date(2019, 5, 1), datetime.date(2022, 6, 30)
    township.save()
    valid = [year for year in range(2017, 2025) if Agency.objects.valid_in(year).filter(pk=township.pk).exists()]
    owing = [year for year in range(2017, 2025) if Agency.objects.owing(year).filter(pk=township.pk).exists()]
    assert valid == [2019, 2020, 2021, 2022]
    assert owing == [2019, 2020, 2021]


def test_what_owes_no_report_is_not_asked_for_one(township: Agency) -> None:
    Agency.objects.filter(pk=township.pk).update(owes_report=False)
    assert township not in Agency.objects.owing(2023)
    assert township in Agency.objects.valid_in(2023)


def test_a_further_body_gets_the_next_free_code(county: Division) -> None:
    assert Agency.objects.free_code(county) == "990101000000-02"
    Agency.objects.filter(code="990101000000-01").delete()
    assert Agency.objects.free_code(county) == "990101000000-01"


def test_a_hundred_and_first_body_is_refused(county: Division) -> None:
    taken = Agency.objects.under(county).values_list("code", flat=True)
    every = {county.code, *(f"{county.code}-{number:02}" for number in range(1, 100))}
    Agency.objects.bulk_create(
        [Agency(code=code, name=f"{code}局", kind=Kind.DEPARTMENT, division=county) for code in every - set(taken)]
    )
    with pytest.raises(ValidationError, match="已经用完"):
        Agency.objects.free_code(county)


def test_an_agency_belongs_to_the_division_that_its_code_names(county: Division) -> None:
    stray = Agency(code="990102000000-01", name="示例县民政局", kind=Kind.DEPARTMENT, division=county)
    with pytest.raises(ValidationError) as error:
        stray.full_clean()
    assert error.value.message_dict["division"] == ["机构代码“990102000000-01”应以所在区划的代码 990101000000 开头。"]


def test_a_wrong_credit_code_is_refused_by_the_model(township: Agency) -> None:
    township.credit_code = "11371003004365238X"
    with pytest.raises(ValidationError) as error:
        township.full_clean()
    assert list(error.value.message_dict) == ["credit_code"]


def test_an_agency_cannot_end_before_it_begins(township: Agency) -> None:
    township.valid_from, township.valid_to = datetime.date(2020, 1, 2), datetime.date(2020, 1, 1)
    with pytest.raises(ValidationError, match="撤销日期早于设立日期"):
        township.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        township.save()


def test_an_agency_is_not_merged_into_itself(township: Agency) -> None:
    township.successor = township
    with pytest.raises(ValidationError, match="并入自己"):
        township.full_clean()


def test_a_division_lies_under_the_code_of_its_parent(county: Division, other_county: Division) -> None:
    stray = Division(code="990101103000", name="错位镇", level=Level.TOWNSHIP, parent=other_county)
    with pytest.raises(ValidationError) as error:
        stray.full_clean()
    assert error.value.message_dict["parent"] == ["990101103000 不在上级“示例省示例市邻水县”的代码之下。"]


@pytest.mark.parametrize(("code", "level"), [("990101103000", Level.COUNTY), ("99010110300012345", Level.TOWNSHIP)])
def test_a_division_whose_code_and_level_disagree_is_refused(county: Division, code: str, level: Level) -> None:
    with pytest.raises(ValidationError):
        Division(code=code, name="错位镇", level=level, parent=county.parent).full_clean()


def test_names_are_kept_in_one_spelling(township: Agency) -> None:
    former = FormerName(agency=township, name=" 青山(城关) 镇 ")
    former.full_clean()
    township.name = "青 山　镇人民政府"
    township.full_clean()
    assert (former.name, township.name) == ("青山（城关）镇", "青山镇人民政府")
