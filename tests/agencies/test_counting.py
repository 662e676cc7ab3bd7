"""Who counts into whom: as the codes have it at first, then as supervisors change it, with dates and a record."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from agencies.counting import begin_as_coded, count_into, end_with_merger, parts_below, wholes_above
from agencies.models import Agency, CountingRecord, CountsInto, Division, Kind, Level, User
from tests.conftest import agency, division

pytestmark = pytest.mark.django_db

NEW_YEAR = datetime.date(2023, 1, 1)


def test_it_begins_as_the_codes_have_it(county: Division, township: Agency) -> None:
    assert wholes_above(township.pk, 2023) == ["990101000000", "990100000000", "990000000000"]
    assert wholes_above("990101000000-01", 2023)[0] == "990101000000"
    assert parts_below(["990101000000"], 2023) == {
        township.pk: "990101000000",
        "990101000000-01": "990101000000",
    }


def test_what_a_bulk_load_registers_is_filled_in_once(county: Division, township: Agency) -> None:
    CountsInto.objects.all().delete()
    assert begin_as_coded() == Agency.objects.count() - 1, "the province counts into nobody"
    assert begin_as_coded() == 0


def test_a_change_holds_from_its_day_on_and_is_recorded(township: Agency, city: Division, supervisor: User) -> None:
    top = Agency.objects.get(pk=city.code)
    assert count_into([township], top, NEW_YEAR, supervisor, "由市直管") == [township]
    assert wholes_above(township.pk, 2022)[0] == "990101000000"
    assert wholes_above(township.pk, 2023)[0] == top.pk
    (record,) = CountingRecord.objects.all()
    assert (record.before_id, record.after_id, record.comment) == ("990101000000", top.pk, "由市直管")
    assert record.made_by == supervisor
    assert count_into([township], top, NEW_YEAR, supervisor) == [], "what holds already changes nothing"


def test_nobody_counts_into_its_own_part(township: Agency, county: Division) -> None:
    with pytest.raises(ValidationError, match="不能反过来"):
        count_into([Agency.objects.get(pk=county.code)], township, NEW_YEAR, None)


def test_whoever_counted_into_a_body_counts_into_the_one_that_took_it_over(county: Division, township: Agency) -> None:
    zone = agency(county, "旧区管理委员会", Kind.COMMITTEE, suffix="-02")
    heir = agency(county, "新区管理委员会", Kind.COMMITTEE, suffix="-03")
    count_into([township], zone, datetime.date(2020, 1, 1), None)
    zone.valid_to, zone.successor = datetime.date(2023, 6, 30), heir
    zone.save()
    assert end_with_merger(zone, None) == [township]
    assert [wholes_above(township.pk, year)[0] for year in (2019, 2022, 2024)] == [county.code, zone.pk, heir.pk]
    assert wholes_above(zone.pk, 2023) != []
    assert wholes_above(zone.pk, 2024) == [], "it ended"


def test_a_place_without_a_government_of_its_own_counts_further_up(city: Division) -> None:
    gap = Division.objects.create(code="990201000000", name="市辖区", level=Level.COUNTY, parent=city.parent)
    town = division("990201101000", "直管镇", Level.TOWNSHIP, gap)
    assert wholes_above(agency(town, "直管镇人民政府", Kind.TOWNSHIP).pk, 2023) == ["990000000000"]


def test_ending_a_body_on_the_admin_site_moves_its_parts_to_its_successor(
    administrator_client: Client, county: Division, township: Agency
) -> None:
    zone = agency(county, "旧区管理委员会", Kind.COMMITTEE, suffix="-02")
    heir = agency(county, "新区管理委员会", Kind.COMMITTEE, suffix="-03")
    count_into([township], zone, datetime.date(2020, 1, 1), None)
    sent = {
        "name": zone.name,
        "kind": zone.kind,
        "division": county.pk,
        "valid_to": "2023-06-30",
        "successor": heir.pk,
        "former_names-TOTAL_FORMS": "0",
        "former_names-INITIAL_FORMS": "0",
        "counts_into-TOTAL_FORMS": "0",
        "counts_into-INITIAL_FORMS": "0",
    }
    answer = administrator_client.post(f"/admin/agencies/agency/{zone.pk}/change/", sent)
    assert answer.status_code == 302
    assert wholes_above(township.pk, 2024)[0] == heir.pk
    assert CountingRecord.objects.filter(agency=township, after=heir).exists()
