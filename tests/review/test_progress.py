"""The progress of a year: who has handed in, who has not, over the tree; reminders; the circular."""

from __future__ import annotations

import datetime
import html
import io
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx import Document
from python_calamine import CalamineWorkbook

from agencies.models import Agency, Division, Kind, Level, Membership, Role, User
from reports import lifecycle
from reports.deadlines import due_dates
from reports.models import Extension, ExtensionState, LocalDate, Report, Version
from reports.review.progress import FilingStatus, with_filing_status
from reports.standard import CURRENT
from tests.conftest import agency, division, signed_in
from tests.published import publish

PROGRESS = "progress"


def handed_in(version: Version, on: str) -> None:
    """Sets back the day on which it was handed in, noon local time."""
    at = timezone.make_aware(datetime.datetime.fromisoformat(f"{on}T12:00"))
    Version.objects.filter(pk=version.pk).update(submitted_at=at, published_at=at)


def draft(unit: Agency, year: int, by: User) -> Version:
    version = lifecycle.start_draft(unit, year, by)
    return lifecycle.save_draft(version, dict.fromkeys(CURRENT.figures, 0), {"overview": "情况"}, by)


@pytest.fixture
def year_2023(county: Division, township: Agency, other_township: Agency, clerk: User) -> None:
    """Of the county's four: one in time, one late, one given back; the government has not begun. A farm owes none."""
    handed_in(publish(township, 2023), "2024-01-31")
    handed_in(publish(other_township, 2023), "2024-02-01")
    office = Agency.objects.get(code="990101000000-01")
    returned = lifecycle.submit(draft(office, 2023, clerk), clerk)
    lifecycle.return_to_clerk(returned, clerk, "补正")
    farm = division("990101400000", "示例农场", Level.TOWNSHIP, county)
    agency(farm, "示例农场", Kind.OTHER_UNIT, owes_report=False)


def standings(year: int) -> dict[str, str]:
    return dict(with_filing_status(Agency.objects.all(), year).values_list("code", "standing"))


@pytest.mark.usefixtures("year_2023")
def test_each_unit_that_owes_a_report_stands_somewhere() -> None:
    assert standings(2023) == {
        "990000000000": FilingStatus.MISSING,
        "990100000000": FilingStatus.MISSING,
        "990101000000": FilingStatus.MISSING,
        "990101000000-01": FilingStatus.RETURNED,
        "990101101000": FilingStatus.ON_TIME,
        "990101102000": FilingStatus.LATE,
    }


def test_what_came_published_counts_from_the_day_on_its_own_site_where_that_is_known(township: Agency) -> None:
    version = publish(township, 2023)
    assert standings(2023)[township.pk] == FilingStatus.LATE, "it came to this site today"
    Report.objects.filter(pk=version.report_id).update(official_on=datetime.date(2024, 1, 20))
    assert standings(2023)[township.pk] == FilingStatus.ON_TIME


def test_a_correction_does_not_make_a_report_late(township: Agency) -> None:
    handed_in(publish(township, 2023), "2024-01-15")
    publish(township, 2023, reason="更正")
    assert standings(2023)[township.pk] == FilingStatus.ON_TIME


def test_a_report_that_waits_for_the_supervisor_was_handed_in(township: Agency, clerk: User) -> None:
    version = draft(township, 2023, clerk)
    assert standings(2023)[township.pk] == FilingStatus.IN_WORK
    handed_in(lifecycle.submit(version, clerk), "2024-01-10")
    assert standings(2023)[township.pk] == FilingStatus.ON_TIME


def test_who_did_not_outlive_the_year_owes_nothing(township: Agency, other_township: Agency) -> None:
    Agency.objects.filter(pk=township.pk).update(valid_to=datetime.date(2023, 6, 30))
    Agency.objects.filter(pk=other_township.pk).update(valid_from=datetime.date(2024, 1, 1))
    assert not {township.pk, other_township.pk} & standings(2023).keys()


@pytest.mark.usefixtures("year_2023")
def test_the_database_finds_the_same_days_as_the_rules(township: Agency, city: Division, county: Division) -> None:
    def day(number: int) -> datetime.date:
        return datetime.date(2024, 1, number)

    def agree() -> dict[str, datetime.date]:
        in_database = dict(with_filing_status(Agency.objects.all(), 2023).values_list("code", "due"))
        assert in_database == due_dates(Agency.objects.filter(owes_report=True), 2023)
        return in_database

    assert agree()["990101000000"] == datetime.date(2024, 3, 31)
    LocalDate.objects.create(division=city, year=2023, due=day(10))
    assert agree()[township.pk] == day(10)
    LocalDate.objects.create(division=county, year=2023, due=day(12))
    LocalDate.objects.create(division=county, year=2022, due=day(1))
    assert agree()["990101000000"] == day(10), "the date of its own county binds those below it"
    LocalDate.objects.create(division=county, year=2023, due=day(15), kind=Kind.TOWNSHIP)
    LocalDate.objects.create(division=county, year=2023, due=day(16), kind=Kind.DEPARTMENT)
    assert agree()[township.pk] == day(15)
    LocalDate.objects.create(division=township.division, year=2023, due=day(3))
    Extension.objects.create(agency=township, year=2023, until=day(29), reason="水灾", state=ExtensionState.ASKED)
    assert agree()[township.pk] == day(15), "asked for and not granted"
    Extension.objects.update(state=ExtensionState.GRANTED)
    assert agree()[township.pk] == day(29)


def page_of(client: Client, **asked: Any) -> Any:
    answer = client.get(reverse(PROGRESS), asked)
    assert answer.status_code == 200
    return answer


@pytest.mark.usefixtures("year_2023")
def test_the_page_says_how_many_stand_how_with_their_share(supervisor_client: Client) -> None:
    page = page_of(supervisor_client, year=2023)
    counts = page.context["total"].counts
    assert counts.by == {"on_time": 1, "late": 1, "returned": 1, "in_work": 0, "missing": 1}
    assert (counts.filed, counts.owing, counts.filed_share) == (2, 4, 50.0)
    assert "50.0%" in page.content.decode()


@pytest.mark.usefixtures("year_2023")
def test_every_part_sums_what_lies_below_it(administrator_client: Client, foreign_township: Agency) -> None:
    handed_in(publish(foreign_township, 2022), "2023-01-15")

    def lines(region: str = "", **asked: str) -> dict[str, tuple[int, int]]:
        place = {"region": region} if region else {}
        context = page_of(administrator_client, year=2023, **place, **asked).context
        return {row.name: (row.counts.filed, row.counts.owing) for row in context["rows"]}

    assert lines() == {"示例省": (2, 8)}
    assert lines("990000000000") == {"示例省": (0, 1), "示例市": (2, 7)}
    assert lines("990100000000") == {"示例市": (0, 1), "示例县": (2, 4), "邻水县": (0, 2)}
    assert lines("990101000000") == {"示例县": (0, 2), "青山镇人民政府": (1, 1), "绿水镇人民政府": (1, 1)}
    assert lines("990101000000", own="1") == {"示例县人民政府": (0, 1), "示例县教育局": (0, 1)}
    assert lines("990101101000") == {"青山镇人民政府": (1, 1)}
    rows = page_of(administrator_client, year=2023, region="990100000000").context["rows"]
    assert {row.name: row.years[2022] for row in rows} == {"示例市": (0, 1), "示例县": (0, 4), "邻水县": (1, 2)}


@pytest.mark.usefixtures("year_2023")
def test_the_overdue_are_listed_the_longest_first(supervisor_client: Client) -> None:
    late = [(unit.code, days) for unit, days, _standing in page_of(supervisor_client, year=2023).context["overdue"]]
    assert [code for code, _days in late] == ["990101000000-01", "990101000000"]
    assert late[0][1] == (timezone.localdate() - datetime.date(2024, 1, 31)).days


@pytest.mark.usefixtures("year_2023")
def test_the_ticked_are_reminded_and_nobody_else(
    supervisor_client: Client, clerk: User, other_county: Division
) -> None:
    User.objects.filter(pk=clerk.pk).update(email="clerk@example.gov.cn")
    Membership.objects.create(user=clerk, agency_id="990101000000-01", role=Role.CLERK)
    Membership.objects.create(user=clerk, agency_id="990102000000", role=Role.CLERK)
    address = reverse(PROGRESS) + "?year=2023"
    answer = supervisor_client.post(address, {"unit": ["990101000000-01", "990102000000", "990101101000"]}, follow=True)
    assert "已提醒 1 人" in answer.content.decode()
    (letter,) = mail.outbox
    assert letter.to == ["clerk@example.gov.cn"]
    assert "示例县教育局" in letter.body
    assert "邻水县" not in letter.body, "not under this supervisor"
    again = supervisor_client.post(address, {"all": "1"}, follow=True).content.decode()
    assert "今天已经提醒过" in again
    assert "没有留下电子邮箱" in again
    assert len(mail.outbox) == 1
    assert "请先选中" in supervisor_client.post(address, {}, follow=True).content.decode()


@pytest.mark.usefixtures("year_2023")
def test_the_circular_holds_the_numbers_and_who_was_late(supervisor_client: Client) -> None:
    def file(form: str) -> bytes:
        answer = supervisor_client.get(reverse("circular", args=[form]), {"year": 2023})
        assert f"circular-2023-990101000000.{form}" in answer["Content-Disposition"]
        return bytes(answer.content)

    title = "关于2023年度政府信息公开工作年度报告编制发布情况的通报"
    document = Document(io.BytesIO(file("docx")))
    assert document.paragraphs[0].text == title
    numbers, late = ([[cell.text for cell in row.cells] for row in table.rows] for table in document.tables)
    assert numbers[-1] == ["合计", "4", "2", "1", "1", "1", "0", "1", "50.0%"]
    assert [line[1] for line in late[1:]] == ["示例县人民政府", "示例县教育局", "绿水镇人民政府"]
    assert late[3][2:] == ["2024年1月31日", "逾期报送", "2024年2月1日", "1"]

    book = CalamineWorkbook.from_filelike(io.BytesIO(file("xlsx")))
    sheet = book.get_sheet_by_index(0).to_python()
    assert sheet[0][0] == title
    assert sheet[-1][1:8] == [4, 2, 1, 1, 1, 0, 1]
    assert len(book.sheet_names) == 2

    lines = file("csv").decode("utf-8-sig").splitlines()
    assert lines[0] == "code,name,year,due,filed_on,standing,days_late"
    assert "990101102000,绿水镇人民政府,2023,2024-01-31,2024-02-01,late,1" in lines
    assert len(lines) == 5


@pytest.mark.usefixtures("year_2023")
def test_only_supervisors_come_in_and_only_to_their_own_places(
    clerk_client: Client, outsider_client: Client, reader: Client, supervisor_client: Client, other_county: Division
) -> None:
    neighbour = User.objects.create_user("neighbour")
    Membership.objects.create(user=neighbour, agency_id="990102000000", role=Role.SUPERVISOR)
    for name, args in ((PROGRESS, []), ("circular", ["csv"])):
        address = reverse(name, args=args)
        assert reader.get(address).status_code == 302
        for client in (clerk_client, outsider_client):
            assert client.get(address).status_code == 403
        for place in ("990102000000", "990100000000", "nowhere"):
            assert supervisor_client.get(address, {"region": place}).status_code == 404, place
        page = signed_in(neighbour).get(address, {"year": 2023})
        assert "青山镇" not in html.unescape(page.content.decode())


@pytest.mark.usefixtures("year_2023")
def test_the_page_asks_the_same_number_of_queries_however_many_units(
    supervisor_client: Client, county: Division
) -> None:
    with CaptureQueriesContext(connection) as few:
        page_of(supervisor_client, year=2023)
    for number in range(20):
        place = division(f"9901012{number:02}000", f"第{number}乡", Level.TOWNSHIP, county)
        handed_in(publish(agency(place, f"第{number}乡人民政府", Kind.TOWNSHIP), 2023 - number % 3), "2024-01-05")
    with CaptureQueriesContext(connection) as many:
        assert len(page_of(supervisor_client, year=2023).context["rows"]) > 20
    assert len(many) <= len(few)
