"""A supervisor says whom reports cover, one or many at once, and who counts into whom."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.counting import wholes_above
from agencies.models import Agency, CountingRecord, Division, Kind, Level, User
from reports.lifecycle.acts import make_public, new_version
from reports.lifecycle.scoping import decide_scope
from reports.models import Action, Change, Report, Version
from reports.public.regions import by_year
from tests.conftest import agency, division
from tests.pages import text_of
from tests.published import publish

RECEIVED = "applications.received.total"
SCOPES, COUNTING = "/review/scope/", "/review/counting/"


@pytest.fixture
def unknown(county: Division) -> Version:
    return publish(Agency.objects.get(pk=county.code), 2023, {RECEIVED: 9})


def received(place: Division) -> object:
    return by_year(place, [2023])[2023].sums["received"]


def decide(client: Client, *reports: Report, kind: str = "own", **more: str) -> None:
    sent = [f"{report.pk}:{report.published.scope_kind if report.published else ''}" for report in reports]
    client.post(SCOPES, {"report": sent, "kind": kind, **more})


class TestTheQueue:
    def test_lists_what_does_not_say_whom_it_covers(
        self, unknown: Version, township: Agency, supervisor_client: Client
    ) -> None:
        publish(township, 2023)
        page = text_of(supervisor_client.get(SCOPES))
        assert "示例县人民政府" in page
        assert "青山镇人民政府" not in page

    def test_is_named_where_the_supervisor_begins(self, unknown: Version, supervisor_client: Client) -> None:
        assert "1 份公开的报告没有说明统计范围" in text_of(supervisor_client.get("/review/"))

    def test_holds_nothing_of_other_places(
        self, unknown: Version, other_county: Division, supervisor_client: Client
    ) -> None:
        publish(Agency.objects.get(pk=other_county.code), 2023)
        assert "邻水县" not in text_of(supervisor_client.get(SCOPES))

    def test_is_no_business_of_a_clerk(self, unknown: Version, clerk_client: Client) -> None:
        assert clerk_client.get(SCOPES).status_code == 403
        assert clerk_client.get(COUNTING).status_code == 403

    def test_takes_as_many_queries_for_many_as_for_few(self, county: Division, supervisor_client: Client) -> None:
        counts = []
        for many in (2, 8):
            for number in range(many):
                suffix = f"-{number + 10:02}"
                known = Agency.objects.filter(pk=county.code + suffix).first()
                publish(known or agency(county, f"示例第{number}管委会", Kind.COMMITTEE, suffix=suffix), 2023)
            with CaptureQueriesContext(connection) as queries:
                supervisor_client.get(SCOPES)
            counts.append(len(queries))
        assert counts[0] == counts[1]


class TestADecision:
    def test_changes_the_totals_and_is_recorded(
        self, unknown: Version, county: Division, township: Agency, supervisor_client: Client, supervisor: User
    ) -> None:
        publish(township, 2023, {RECEIVED: 2})
        assert received(county) == 2
        decide(supervisor_client, unknown.report, kind="area", comment="问过办公室")
        unknown.refresh_from_db()
        assert (unknown.scope_kind, unknown.scope_by) == ("area", "person")
        change = Change.objects.get(version=unknown, action=Action.SCOPED)
        assert change.texts["scope_kind"] == ["unknown", "area"]
        assert (change.comment, change.made_by) == ("问过办公室", supervisor)

    @pytest.mark.django_db(transaction=True)
    def test_reaches_the_totals_once_it_is_committed(
        self, county: Division, township: Agency, supervisor_client: Client
    ) -> None:
        unknown = publish(Agency.objects.get(pk=county.code), 2023, {RECEIVED: 9})
        publish(township, 2023, {RECEIVED: 2})
        decide(supervisor_client, unknown.report, kind="area")
        assert received(county) == 9

    def test_about_forty_departments_is_one_click(self, county: Division, supervisor_client: Client) -> None:
        many = [
            publish(agency(county, f"示例第{number}管委会", Kind.COMMITTEE, suffix=f"-{number + 10}"), 2023).report
            for number in range(40)
        ]
        decide(supervisor_client, *many)
        assert Version.objects.filter(scope_kind="own", scope_by="person").count() == 40
        assert "没有等待认定的报告" in text_of(supervisor_client.get(SCOPES))

    def test_may_be_about_all_that_the_list_is_narrowed_to(self, county: Division, supervisor_client: Client) -> None:
        for year in (2022, 2023):
            publish(Agency.objects.get(pk=county.code), year)
        supervisor_client.post(f"{SCOPES}?year=2022", {"all": "1", "kind": "own"})
        assert list(Version.objects.filter(scope_by="person").values_list("report__year", flat=True)) == [2022]

    def test_for_a_list_names_the_units(self, unknown: Version, supervisor_client: Client) -> None:
        sent = {"report": f"{unknown.report.pk}:unknown", "kind": "units"}
        answer = supervisor_client.post(SCOPES, sent)
        assert answer.status_code == 422
        assert "请写明是哪些单位" in text_of(answer)
        decide(supervisor_client, unknown.report, kind="units", units="青山镇\n绿水镇")
        unknown.refresh_from_db()
        assert unknown.scope_units == ["青山镇", "绿水镇"]

    def test_of_somebody_else_meanwhile_is_told_and_not_overwritten(
        self, unknown: Version, supervisor: User, supervisor_client: Client
    ) -> None:
        decide_scope(unknown, "own", supervisor)
        sent = {"report": f"{unknown.report.pk}:unknown", "kind": "area"}
        page = text_of(supervisor_client.post(f"{SCOPES}?which=decided", sent, follow=True))
        assert "已有人把统计范围认定为“本机关”" in page
        unknown.refresh_from_db()
        assert unknown.scope_kind == "own"

    def test_about_reports_of_other_places_is_not_taken(
        self, other_county: Division, supervisor_client: Client
    ) -> None:
        foreign = publish(Agency.objects.get(pk=other_county.code), 2023)
        decide(supervisor_client, foreign.report)
        foreign.refresh_from_db()
        assert foreign.scope_kind == "unknown"

    def test_leaves_what_the_record_committed_to(self, county: Division, supervisor: User) -> None:
        report = Report.objects.create(agency=Agency.objects.get(pk=county.code), year=2023)
        version = new_version(report, edition="", origin="imported")
        version.save()
        make_public(version, None, Action.IMPORTED)
        decide_scope(version, "area", supervisor)
        call_command("verify_record")


class TestWhoCountsIntoWhom:
    def test_is_changed_by_codes_from_a_day_on(
        self, county: Division, city: Division, supervisor_client: Client
    ) -> None:
        sent = {"agencies": f"{county.code}-01", "whole": city.code, "since": "2023-01-01", "comment": "由市局汇总"}
        page = text_of(supervisor_client.post(COUNTING, sent, follow=True))
        assert "已更改 1 个机构" in page
        assert "由市局汇总" in page
        assert wholes_above(f"{county.code}-01", 2023)[0] == city.code
        assert CountingRecord.objects.get().before_id == county.code

    def test_of_bodies_of_other_places_is_refused(
        self, other_county: Division, county: Division, supervisor_client: Client
    ) -> None:
        sent = {"agencies": other_county.code, "whole": county.code, "since": "2023-01-01"}
        answer = supervisor_client.post(COUNTING, sent)
        assert answer.status_code == 422
        assert "不是您主管的机构" in text_of(answer)

    def test_may_not_go_round(self, county: Division, township: Agency, supervisor_client: Client) -> None:
        sent = {"agencies": county.code, "whole": township.pk, "since": "2023-01-01"}
        assert "不能反过来" in text_of(supervisor_client.post(COUNTING, sent))

    @pytest.mark.django_db(transaction=True)
    def test_reaches_the_totals(self, county: Division, city: Division, supervisor_client: Client) -> None:
        bureau, government = (Agency.objects.get(pk=code) for code in (f"{county.code}-01", county.code))
        publish(bureau, 2023, {RECEIVED: 3})
        publish(government, 2023, {RECEIVED: 9}, scope_kind="area")
        assert received(county) == 9
        supervisor_client.post(COUNTING, {"agencies": bureau.pk, "whole": city.code, "since": "2023-01-01"})
        assert received(county) == 12

    def test_a_department_that_has_branches_now_may_have_reported_for_them(
        self, county: Division, city: Division, supervisor_client: Client
    ) -> None:
        bureau = Agency.objects.get(pk=f"{county.code}-01")
        station = agency(county, "示例县教育局直属站", Kind.DEPARTMENT, suffix="-02")
        version = publish(bureau, 2023)
        assert (version.scope_kind, version.scope_by) == ("own", "kind")
        supervisor_client.post(COUNTING, {"agencies": station.pk, "whole": bureau.pk, "since": "2023-01-01"})
        version.refresh_from_db()
        assert version.scope_kind == "unknown"


class TestSums:
    def towns(self, county: Division) -> list[Agency]:
        Agency.objects.filter(pk=f"{county.code}-01").update(owes_report=False)
        return [
            agency(
                division(f"9901013{number:02}000", f"第{number}镇", Level.TOWNSHIP, county),
                f"第{number}镇人民政府",
                Kind.TOWNSHIP,
            )
            for number in range(2)
        ]

    def figures(self, times: int) -> dict[str, int]:
        rows = ("received", "granted", "concluded")
        return {f"applications.{row}.{column}": times for row in rows for column in ("natural_person", "total")}

    def test_show_that_a_government_counts_all_below(self, county: Division, reader: Client) -> None:
        for town, times in zip(self.towns(county), (2, 3), strict=True):
            publish(town, 2023, self.figures(times))
        whole = publish(Agency.objects.get(pk=county.code), 2023, self.figures(5))
        whole.refresh_from_db()
        assert (whole.scope_kind, whole.scope_by) == ("area", "sums")
        page = text_of(reader.get(reverse("report", args=[county.code, 2023])))
        assert "据各单位数据之和" in page
        assert "每一格等于所辖 2 个单位之和" in page

    def test_that_do_not_add_up_accuse_nobody_and_show_nothing(self, county: Division) -> None:
        for town, times in zip(self.towns(county), (2, 3), strict=True):
            publish(town, 2023, self.figures(times))
        whole = publish(Agency.objects.get(pk=county.code), 2023, self.figures(6))
        whole.refresh_from_db()
        assert whole.scope_kind == "unknown"
        assert not whole.findings.filter(rule="roll_up").exists()
