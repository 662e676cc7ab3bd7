"""Dates: the office sets them and puts them off, the clerk sees what applies and asks for more time."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from agencies.models import Agency, Division, Kind, Level, User
from reports.deadlines import due_date
from reports.deadlines.acts import ask_extension, grant_extension, set_date
from reports.models import DeadlineChange, Extension, LocalDate
from tests.conftest import agency, division, signed_in
from tests.pages import text_of
from tests.published import publish

YEAR = 2025
OFFICE = "/review/deadlines/"


def extension_of(place: Agency) -> str:
    return reverse("extension", args=[place.code, YEAR])


def asking_of(place: Agency) -> str:
    return reverse("asking", args=[place.code, YEAR])


# ---- the office's dates ----


def test_only_supervisors_come_to_the_dates(
    reader: Client, clerk_client: Client, reviewer_client: Client, supervisor_client: Client, administrator: User
) -> None:
    assert reader.get(OFFICE)["Location"].startswith(reverse("login"))
    for client in (clerk_client, reviewer_client):
        assert client.get(OFFICE).status_code == 403
        assert client.post(OFFICE, {"act": "set", "due": "2026-01-20"}).status_code == 403
    assert supervisor_client.get(OFFICE).status_code == 200
    assert signed_in(administrator).get(OFFICE, {"office": "990101000000"}).status_code == 200
    assert not LocalDate.objects.exists()


def test_a_date_for_the_offices_below_is_set_shown_and_recorded(
    township: Agency, supervisor: User, supervisor_client: Client
) -> None:
    sent = {"act": "set", "kind": "", "due": "2026-01-20", "opens": "2026-01-04", "note": "示例政办〔2025〕9号"}
    assert supervisor_client.post(f"{OFFICE}?year={YEAR}", sent).status_code == 302
    assert due_date(township, YEAR) == date(2026, 1, 20)
    page = text_of(supervisor_client.get(OFFICE, {"year": YEAR}))
    assert re.search(r"下属全部机构.{0,40}2026年1月20日前公开 · 2026年1月4日开始填报 · 示例政办〔2025〕9号", page, re.S)
    assert "示例县规定 1月20日" in page
    change = DeadlineChange.objects.get()
    assert (change.act, change.before, change.after, change.made_by) == ("set", None, date(2026, 1, 20), supervisor)


def test_setting_it_again_replaces_it_and_taking_it_back_leaves_the_rule_above(
    county: Division, township: Agency, supervisor: User, supervisor_client: Client
) -> None:
    set_date(county, YEAR, "", date(2026, 1, 20), supervisor)
    supervisor_client.post(f"{OFFICE}?year={YEAR}", {"act": "set", "due": "2026-01-15"})
    local = LocalDate.objects.get()
    assert local.due == date(2026, 1, 15)
    supervisor_client.post(f"{OFFICE}?year={YEAR}", {"act": "remove", "date": local.pk})
    assert due_date(township, YEAR) == date(2026, 1, 31)
    acts = DeadlineChange.objects.order_by("pk").values_list("act", "before", "after")
    assert list(acts) == [
        ("set", None, date(2026, 1, 20)),
        ("set", date(2026, 1, 20), date(2026, 1, 15)),
        ("removed", date(2026, 1, 15), None),
    ]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"due": ""}, "请填日期"),
        ({"due": "明天"}, "请按“2026-01-20”的样子填日期"),
        ({"due": "2025-12-20"}, "这一天2025年还没有结束"),
        ({"due": "2026-02-10"}, "不能晚于 2026年1月31日"),
        ({"due": "2026-02-10", "kind": "department"}, "不能晚于 2026年1月31日"),
        ({"due": "2026-04-01", "kind": "township"}, "不能晚于 2026年3月31日"),
        ({"due": "2026-01-20", "opens": "2026-01-25"}, "开始填报的日期晚于公开期限"),
        ({"due": "2026-01-20", "kind": "village"}, "village"),
    ],
)
def test_a_date_that_the_office_may_not_set_is_refused_at_its_field(
    sent: dict[str, str], said: str, township: Agency, supervisor_client: Client
) -> None:
    answer = supervisor_client.post(f"{OFFICE}?year={YEAR}", {"act": "set"} | sent)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not LocalDate.objects.exists()
    assert not DeadlineChange.objects.exists()


def test_townships_may_have_until_march(township: Agency, supervisor_client: Client) -> None:
    sent = {"act": "set", "kind": "township", "due": "2026-03-10"}
    assert supervisor_client.post(f"{OFFICE}?year={YEAR}", sent).status_code == 302
    assert due_date(township, YEAR) == date(2026, 3, 10)
    assert due_date(Agency.objects.get(pk="990101000000-01"), YEAR) == date(2026, 1, 31)


def test_another_offices_dates_are_out_of_reach(
    city: Division, other_county: Division, supervisor_client: Client, administrator: User
) -> None:
    for place in (city, other_county):
        local = set_date(place, YEAR, "", date(2026, 1, 20), administrator)
        assert supervisor_client.get(OFFICE, {"office": place.pk}).status_code == 404
        assert (
            supervisor_client.post(f"{OFFICE}?office={place.pk}", {"act": "remove", "date": local.pk}).status_code
            == 404
        )
        assert supervisor_client.post(OFFICE, {"act": "remove", "date": local.pk}).status_code == 404
    assert LocalDate.objects.count() == 2
    page = text_of(supervisor_client.get(OFFICE, {"year": YEAR}))
    assert "示例市规定 2026年1月20日前公开" in page
    assert "邻水县" not in page


@pytest.mark.parametrize("key", ["", "x", "9" * 30])
def test_a_date_that_there_is_not_cannot_be_taken_back(key: str, supervisor_client: Client) -> None:
    assert supervisor_client.post(OFFICE, {"act": "remove", "date": key}).status_code == 404


@pytest.mark.parametrize("query", [{"year": "1900"}, {"year": "abc"}, {"office": "nowhere"}])
def test_an_address_that_means_nothing_is_not_found(query: dict[str, str], supervisor_client: Client) -> None:
    assert supervisor_client.get(OFFICE, query).status_code == 404


def test_the_table_says_what_applies_to_whom_and_how_it_stands(
    county: Division, township: Agency, other_township: Agency, supervisor: User, supervisor_client: Client
) -> None:
    publish(township, YEAR)
    grant_extension(other_township, YEAR, date(2026, 12, 31), "洪灾", supervisor)
    page = text_of(supervisor_client.get(OFFICE, {"year": YEAR}))
    rows = {row.split("</th>")[0]: row for row in re.findall(r'<th scope="row">(.*?)</tr>', page, re.S)}
    assert list(rows) == ["示例县教育局", "青山镇人民政府", "绿水镇人民政府"], (
        "the county's own date is no matter of the county"
    )
    assert "已公开" in rows["青山镇人民政府"]
    assert "主管部门同意延至 12月31日" in rows["绿水镇人民政府"]
    assert "《政府信息公开条例》第四十九条" in rows["示例县教育局"]
    found = text_of(supervisor_client.get(OFFICE, {"year": str(YEAR), "q": "绿水"}))
    assert "应当编制报告的机构 1 个" in found
    assert "没有名称或代码含“不存在”的机构" in text_of(supervisor_client.get(OFFICE, {"q": "不存在"}))


def test_the_page_takes_few_queries_however_many_agencies(
    county: Division,
    township: Agency,
    supervisor: User,
    supervisor_client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(200, 260):
        place = agency(division(f"990101{number}000", f"第{number}镇", Level.TOWNSHIP, county), "镇政府", Kind.TOWNSHIP)
        if number % 2:
            ask_extension(place, YEAR, date(2026, 12, 1), "换届", supervisor)
    with django_assert_max_num_queries(15):
        supervisor_client.get(OFFICE, {"year": YEAR})


# ---- one agency ----


def test_a_clerk_asks_the_supervisor_grants_and_the_clerk_sees_it(
    township: Agency, clerk: User, clerk_client: Client, supervisor_client: Client
) -> None:
    sent = {"until": "2026-02-28", "reason": "机构改革，人员未到位"}
    assert clerk_client.post(asking_of(township), sent).status_code == 302
    assert "等待主管部门答复" in text_of(clerk_client.get(asking_of(township)))
    assert due_date(township, YEAR) == date(2026, 1, 31), "nothing changes before the answer"
    assert "申请延期，待答复" in text_of(supervisor_client.get(OFFICE, {"year": YEAR}))
    page = text_of(supervisor_client.get(extension_of(township)))
    assert re.search(r"clerk 于 .{,30} 申请延至 2026年2月28日，理由：机构改革，人员未到位", page)
    assert 'value="2026-02-28"' in page
    answer = supervisor_client.post(
        extension_of(township), {"act": "grant", "until": "2026-02-20", "reason": "尽量提前"}
    )
    assert answer.status_code == 302
    assert due_date(township, YEAR) == date(2026, 2, 20)
    mine = text_of(clerk_client.get(asking_of(township)))
    assert "依据：主管部门同意延至 2月20日" in mine
    assert "主管部门答复：尽量提前" in mine
    assert list(DeadlineChange.objects.order_by("pk").values_list("act", flat=True)) == ["asked", "granted"]


def test_a_request_is_declined_with_a_reason_and_may_be_made_again(
    township: Agency, clerk: User, clerk_client: Client, supervisor_client: Client
) -> None:
    ask_extension(township, YEAR, date(2026, 2, 28), "忙", clerk)
    answer = supervisor_client.post(extension_of(township), {"act": "decline", "reason": " "})
    assert answer.status_code == 422
    assert "请写明理由" in text_of(answer)
    supervisor_client.post(extension_of(township), {"act": "decline", "reason": "不属于特殊情况"})
    assert "延至 2026年2月28日 的申请未获同意：不属于特殊情况" in text_of(clerk_client.get(asking_of(township)))
    sent = {"until": "2026-02-10", "reason": "洪灾"}
    assert clerk_client.post(asking_of(township), sent).status_code == 302
    assert clerk_client.post(asking_of(township), sent).status_code == 302, "asked twice is asked once"
    assert sorted(Extension.objects.values_list("state", flat=True)) == ["asked", "declined"]


def test_a_supervisor_grants_of_his_own_accord_and_takes_it_back_each_with_a_reason(
    township: Agency, supervisor: User, supervisor_client: Client
) -> None:
    without = supervisor_client.post(extension_of(township), {"act": "grant", "until": "2026-02-20", "reason": ""})
    assert without.status_code == 422
    supervisor_client.post(extension_of(township), {"act": "grant", "until": "2026-02-20", "reason": "洪灾"})
    supervisor_client.post(extension_of(township), {"act": "grant", "until": "2026-03-05", "reason": "洪灾未退"})
    assert due_date(township, YEAR) == date(2026, 3, 5)
    assert supervisor_client.post(extension_of(township), {"act": "withdraw", "reason": ""}).status_code == 422
    supervisor_client.post(extension_of(township), {"act": "withdraw", "reason": "已恢复办公"})
    assert due_date(township, YEAR) == date(2026, 1, 31)
    changes = DeadlineChange.objects.order_by("pk").values_list("act", "before", "after", "comment", "made_by")
    assert list(changes) == [
        ("granted", date(2026, 1, 31), date(2026, 2, 20), "洪灾", supervisor.pk),
        ("granted", date(2026, 2, 20), date(2026, 3, 5), "洪灾未退", supervisor.pk),
        ("withdrawn", date(2026, 3, 5), date(2026, 1, 31), "已恢复办公", supervisor.pk),
    ]


@pytest.mark.parametrize(
    ("until", "said"),
    [("2026-01-31", "应晚于现在的期限 2026年1月31日"), ("2027-01-01", "最晚延至 2026年12月31日"), ("", "请填日期")],
)
def test_a_date_that_is_no_extension_is_refused(
    until: str, said: str, township: Agency, clerk_client: Client, supervisor_client: Client
) -> None:
    for client, address in ((clerk_client, asking_of(township)), (supervisor_client, extension_of(township))):
        answer = client.post(address, {"act": "grant", "until": until, "reason": "洪灾"})
        assert answer.status_code == 422
        assert said in text_of(answer)
    assert not Extension.objects.exists()


@pytest.mark.parametrize("act", ["", "set"])
def test_an_answer_that_is_none_is_refused(act: str, township: Agency, supervisor_client: Client) -> None:
    answer = supervisor_client.post(extension_of(township), {"act": act, "until": "2026-02-20", "reason": "洪灾"})
    assert answer.status_code == 422
    assert "请选择一项处理。" in text_of(answer)
    assert not Extension.objects.exists()


def test_what_is_public_needs_no_extension(township: Agency, clerk_client: Client, supervisor_client: Client) -> None:
    publish(township, YEAR)
    sent = {"act": "grant", "until": "2026-02-20", "reason": "洪灾"}
    for client, address in ((clerk_client, asking_of(township)), (supervisor_client, extension_of(township))):
        assert "不需要延期" in text_of(client.get(address))
        client.post(address, sent)
    assert not Extension.objects.exists()


def test_nobody_from_elsewhere_sees_or_decides_an_extension(
    county: Division,
    township: Agency,
    foreign_township: Agency,
    reader: Client,
    clerk_client: Client,
    outsider_client: Client,
    supervisor_client: Client,
) -> None:
    sent = {"act": "grant", "until": "2026-02-20", "reason": "洪灾"}
    assert reader.get(extension_of(township)).status_code == 302
    assert clerk_client.post(extension_of(township), sent).status_code == 404
    assert outsider_client.get(asking_of(township)).status_code == 404
    assert outsider_client.post(asking_of(township), sent).status_code == 404
    assert supervisor_client.get(asking_of(township)).status_code == 404, "a supervisor does not file"
    assert supervisor_client.post(extension_of(foreign_township), sent).status_code == 404
    own = Agency.objects.get(pk=county.pk)
    assert "由上级主管部门决定" in text_of(supervisor_client.get(extension_of(own)))
    assert supervisor_client.post(extension_of(own), sent).status_code == 403
    assert not Extension.objects.exists()


def test_the_pages_of_one_agency_take_few_queries(
    township: Agency,
    supervisor: User,
    clerk_client: Client,
    supervisor_client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for day in range(1, 20):
        grant_extension(township, YEAR, date(2026, 2, day), "洪灾", supervisor)
    with django_assert_max_num_queries(12):
        supervisor_client.get(extension_of(township))
    with django_assert_max_num_queries(12):
        clerk_client.get(asking_of(township))
