"""What stored reports are held against: their series, their units, their peers, other texts."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Agency, Division, FormerName, Kind, Level
from reports.checks.reuse.bands import BANDS
from reports.filing.prefill import last_year_of
from reports.findings.neighbours import check_pending
from reports.findings.run import check_version, check_versions
from reports.importing.parsed import Scope
from reports.intake.storing import import_as_draft, publish_import
from reports.models import Decision, MinHashBand, MinHashSignature, Version
from tests.conftest import agency, division
from tests.findings.test_run import parsed
from tests.samples.made_files import SAMPLES

pytestmark = pytest.mark.django_db

CARRIED_OUT = {
    f"applications.{row}.{column}": 1 for row in ("received", "carried_out") for column in ("business", "total")
}
IN_FORCE = "disclosure.regulations.in_force"
LICENSING = "disclosure.licensing.decisions"


def publish(of: Agency, figures: dict[str, Any] | None = None, year: int = 2023, **more: Any) -> Version:
    report = parsed(figures, year, **more)
    report.agency = of.full_name
    version = publish_import(of, report, None, None)
    check_pending()
    return version


def rules(version: Version) -> list[tuple[str, str, str]]:
    found = version.findings.exclude(decision=Decision.RESOLVED).order_by("pk")
    return [(record.rule, record.where, record.severity) for record in found]


def made(county: Division, number: int, name: str = "") -> Agency:
    name = name or f"第{number}镇"
    place = division(f"9901012{number:02}000", name, Level.TOWNSHIP, county)
    return agency(place, name + "人民政府", Kind.TOWNSHIP)


def becomes(old: Agency, new: Agency, until: datetime.date | None = datetime.date(2023, 6, 30)) -> None:
    old.successor, old.valid_to = new, until
    old.save()


# The series of an agency that was renamed or merged


def test_a_new_name_is_the_same_agency(township: Agency) -> None:
    publish(township, CARRIED_OUT, 2022)
    FormerName.objects.create(agency=township, name="旧镇人民政府", until=datetime.date(2023, 6, 30))
    township.name = "新青山镇人民政府"
    township.save()
    assert [rule for rule, _where, _severity in rules(publish(township))] == ["carry_over", "carry_over"]


def test_the_one_agency_that_took_anothers_place_continues_its_reports(county: Division) -> None:
    old, new = made(county, 1), made(county, 2)
    becomes(old, new)
    before = publish(old, CARRIED_OUT, 2022)
    version = publish(new)
    assert [rule for rule, _where, _severity in rules(version)] == ["carry_over", "carry_over"]
    assert last_year_of(version) == before


def test_documents_roll_forward_under_the_new_code(county: Division) -> None:
    old, new = made(county, 1), made(county, 2)
    becomes(old, new, None)
    publish(old, {IN_FORCE: 4}, 2022)
    assert ("documents_roll_forward", "disclosure.regulations", "warning") in rules(publish(new))


def test_what_the_predecessor_publishes_later_is_compared_too(county: Division) -> None:
    old, new = made(county, 1), made(county, 2)
    becomes(old, new)
    version = publish(new)
    assert rules(version) == []
    publish(old, CARRIED_OUT, 2022)
    assert [rule for rule, _where, _severity in rules(version)] == ["carry_over", "carry_over"]


def test_the_sum_of_several_is_not_guessed(county: Division) -> None:
    one, two, new = (made(county, number) for number in (1, 2, 3))
    becomes(one, new)
    becomes(two, new)
    publish(one, CARRIED_OUT, 2022)
    publish(two, CARRIED_OUT, 2022)
    version = publish(new)
    assert rules(version) == []
    assert last_year_of(version) is None


def test_one_that_took_another_in_is_compared_with_neither(county: Division) -> None:
    taken, heir = made(county, 1), made(county, 2)
    becomes(taken, heir)
    publish(taken, CARRIED_OUT, 2022)
    publish(heir, CARRIED_OUT, 2022)
    assert rules(publish(heir)) == []


def test_nor_is_it_while_what_the_other_reported_is_not_known(county: Division) -> None:
    taken, heir = made(county, 1), made(county, 2)
    becomes(taken, heir)
    publish(heir, CARRIED_OUT, 2022)
    assert rules(publish(heir)) == []


def test_the_year_after_a_merger_is_compared_again(county: Division) -> None:
    taken, heir = made(county, 1), made(county, 2)
    becomes(taken, heir, datetime.date(2022, 6, 30))
    publish(taken, {}, 2021)
    publish(heir, {}, 2021)
    publish(heir, CARRIED_OUT, 2022)
    assert [rule for rule, _where, _severity in rules(publish(heir))] == ["carry_over", "carry_over"]


def test_what_is_usual_goes_on_under_the_new_code(county: Division) -> None:
    old, new = made(county, 1), made(county, 2)
    becomes(old, new, datetime.date(2024, 6, 30))
    for year, number in ((2021, 40), (2022, 43), (2023, 38)):
        publish(old, {LICENSING: number}, year)
    assert rules(publish(new, {LICENSING: 4000}, 2024)) == [("unlikely_figure", LICENSING, "info")]


# Units


def covering(*listed: str) -> dict[str, Any]:
    return {"scope": Scope("units" if listed else "area", listed, "本表为汇总数。", "text")}


@pytest.fixture
def government(county: Division) -> Agency:
    """示例县 owes reports of its own; its department does not."""
    Agency.objects.filter(code="990101000000-01").update(owes_report=False)
    return Agency.objects.get(code=county.code)


def test_a_whole_is_checked_anew_whenever_a_unit_publishes(government: Agency, county: Division) -> None:
    one, two = made(county, 1), made(county, 2)
    whole = publish(government, {LICENSING: 7}, **covering())
    assert rules(whole) == [("roll_up", "document", "info")]
    (record,) = whole.findings.all()
    assert record.operands == {"units": 2, "missing": "第1镇人民政府、第2镇人民政府"}
    publish(one, {LICENSING: 3})
    (record,) = whole.findings.exclude(decision=Decision.RESOLVED)
    assert record.operands["missing"] == "第2镇人民政府"
    publish(two, {LICENSING: 5})
    (record,) = whole.findings.exclude(decision=Decision.RESOLVED)
    assert (record.where, record.severity, record.expected, record.actual) == (LICENSING, "warning", 8, 7)
    publish(two, {LICENSING: 4})
    assert rules(whole) == []


def test_a_unit_that_covers_its_own_subtree_counts_for_it(city: Division, government: Agency, county: Division) -> None:
    top = Agency.objects.get(code=city.code)
    publish(made(county, 1), {LICENSING: 3})
    publish(government, {LICENSING: 3}, **covering())
    assert rules(publish(top, {LICENSING: 3}, **covering())) == []
    assert [where for _rule, where, _severity in rules(publish(top, {LICENSING: 6}, **covering()))] == [LICENSING]


def test_only_those_that_owe_a_report_for_the_year_are_units(government: Agency, county: Division) -> None:
    publish(made(county, 1), {LICENSING: 3})
    farm, ended = made(county, 2), made(county, 3)
    farm.owes_report = False
    farm.save()
    ended.valid_to = datetime.date(2022, 12, 31)
    ended.save()
    assert rules(publish(government, {LICENSING: 3}, **covering())) == []


def test_where_the_register_knows_no_units_the_statement_names_them(county: Division) -> None:
    bureau = Agency.objects.get(code="990101000000-01")
    publish(made(county, 1, "青山镇"), {LICENSING: 3})
    whole = publish(bureau, {LICENSING: 4}, **covering("青山镇", "绿水镇"))
    assert rules(whole) == [("roll_up", "document", "info")]
    assert whole.findings.get().operands == {"units": 2, "missing": "绿水镇"}


def test_a_report_of_the_agency_alone_sums_up_nobody(government: Agency, county: Division) -> None:
    publish(made(county, 1), {LICENSING: 3})
    assert rules(publish(government, {LICENSING: 9})) == []


# Peers


def test_peers_are_the_agencies_of_its_kind_in_the_county(county: Division, other_county: Division) -> None:
    for number in range(1, 10):
        publish(made(county, number), {LICENSING: 30 + number})
    odd = publish(made(county, 10), {LICENSING: 5000})
    assert rules(odd) == [("unlikely_figure", LICENSING, "info")]
    assert odd.findings.get().operands["count"] == 9
    place = division("990102201000", "近山镇", Level.TOWNSHIP, other_county)
    neighbour = publish(agency(place, "近山镇人民政府", Kind.TOWNSHIP), {LICENSING: 9000})
    assert neighbour.findings.get().operands["count"] == 10, "its county has too few, the city has enough"
    bureau = Agency.objects.get(code="990101000000-01")
    assert rules(publish(bureau, {LICENSING: 5000})) == []


# Texts


def copied(of: str = "daishan-2022") -> dict[str, Any]:
    return {"narrative": SAMPLES[of].narrative}


def reused(version: Version) -> list[Any]:
    """What the version's text is nearly the same as: whose, which code and year."""
    found = version.findings.filter(rule="reused_text").exclude(decision=Decision.RESOLVED)
    return [(each.operands["whose"], each.operands.get("code"), each.operands["year"]) for each in found]


def test_a_copy_is_found_on_both_sides_as_soon_as_it_is_public(county: Division) -> None:
    one, two, three = (made(county, number) for number in (1, 2, 3))
    first = publish(one, year=2022, **copied())
    assert reused(first) == []
    publish(three, year=2022, **copied("wangyu-2022"))
    second = publish(two, year=2022, **copied())
    assert (reused(first), reused(second)) == ([("another", two.code, 2022)], [("another", one.code, 2022)])
    assert second.findings.get(rule="reused_text").operands["percent"] == 100


def test_a_corrected_text_is_like_nobodys_any_more(county: Division) -> None:
    one, two = made(county, 1), made(county, 2)
    first = publish(one, year=2022, **copied())
    publish(two, year=2022, **copied())
    publish(two, year=2022, **copied("wangyu-2022"))
    check_version(first)
    assert reused(first) == []


def test_a_text_of_two_years_ago_or_of_next_year_is_not_compared(county: Division) -> None:
    publish(made(county, 1), year=2021, **copied())
    publish(made(county, 2), year=2024, **copied())
    assert reused(publish(made(county, 3), year=2023, **copied())) == []


def test_last_years_own_text_is_found(township: Agency) -> None:
    publish(township, year=2022, **copied())
    assert reused(publish(township, year=2023, **copied())) == [("own", None, 2022)]


def test_a_draft_is_compared_with_what_is_public_and_nothing_public_with_a_draft(
    county: Division, township: Agency
) -> None:
    draft = import_as_draft(township, parsed({}, 2022, **copied()), None, None)
    public = publish(made(county, 1), year=2022, **copied())
    assert reused(public) == []
    check_version(draft)
    assert reused(draft) == [("another", public.report.agency_id, 2022)]


def test_a_signature_is_made_once_for_a_text(township: Agency) -> None:
    version = publish(township, year=2022, **copied())
    before = list(MinHashBand.objects.order_by("pk").values())
    assert len(before) == BANDS
    check_version(version)
    assert list(MinHashBand.objects.order_by("pk").values()) == before
    Version.objects.filter(pk=version.pk).update(overview="改", problems="", other="")
    check_version(version)
    assert not MinHashBand.objects.exists()
    assert MinHashSignature.objects.get().pk == version.pk


# Few queries


def test_however_many_reports_there_are_the_queries_stay_the_same(government: Agency, county: Division) -> None:
    versions = [publish(made(county, 1), {LICENSING: 1}, 2022, **copied())]
    versions.append(publish(government, {LICENSING: 1}, 2022, **covering()))
    versions.append(publish(made(county, 9), {LICENSING: 1}, 2022, **copied()))
    with CaptureQueriesContext(connection) as few:
        check_versions(versions)
    for number in range(2, 8):
        unit = made(county, number)
        versions += [publish(unit, {LICENSING: number}, year, **copied()) for year in (2022, 2023)]
    with CaptureQueriesContext(connection) as many:
        check_versions(versions)
    assert len(versions) == 15
    assert len(many) <= len(few) + WRITES


WRITES = 3
"""Findings that are new, changed or gone are written, each kind in one query."""
