"""Where and when the agency itself made its report public: recorded, compared with its own words, shown to readers."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, User
from reports import lifecycle
from reports.lifecycle import Refused
from reports.models import Action, Change, Report
from tests.pages import text_of

ADDRESS = "https://www.yunchuan.gov.example/nb/2023.html"
DAY = datetime.date(2024, 1, 20)


@pytest.fixture
def public(township: Agency, clerk: User) -> Report:
    version = lifecycle.start_draft(township, 2023, clerk)
    assert version.form
    texts = {"overview": "总体情况。", "website": "www.qingshan.gov.example"}
    version = lifecycle.save_draft(version, dict.fromkeys(version.form.figures, 0), texts, clerk)
    return lifecycle.publish(lifecycle.submit(version, clerk), clerk).report


def page(report: Report) -> str:
    return reverse("locate", args=[report.agency_id, report.year])


def test_the_clerk_records_it_and_readers_see_it(public: Report, clerk_client: Client, reader: Client) -> None:
    answer = clerk_client.post(page(public), {"official_url": ADDRESS, "official_on": "2024年1月20日"}, follow=True)
    assert "已登记公开情况" in text_of(answer)
    shown = text_of(reader.get(reverse("report", args=[public.agency_id, 2023])))
    assert f'<a href="{ADDRESS}" rel="nofollow noopener"' in shown
    assert "2024年1月20日" in shown
    history = text_of(clerk_client.get(reverse("history", args=[public.agency_id, 2023])))
    assert "登记公开" in history
    assert "官方公开网址" in history


def test_what_disagrees_with_the_report_or_comes_late_is_said(public: Report, clerk_client: Client) -> None:
    clerk_client.post(page(public), {"official_url": ADDRESS, "official_on": "2024-02-03"})
    shown = text_of(clerk_client.get(page(public)))
    assert "报告里写的网址是 qingshan.gov.example，登记的公开网址是 yunchuan.gov.example。" in shown
    assert "公开日期比规定的期限晚 3 天。" in shown


def test_recording_the_same_again_makes_one_record(public: Report, clerk: User) -> None:
    for _time in range(2):
        lifecycle.locate(public, clerk, ADDRESS, DAY)
    assert Change.objects.filter(action=Action.LOCATED).count() == 1


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"official_url": "不是网址"}, "这不像一个网址"),
        ({"official_url": "javascript:alert(1)"}, "这不像一个网址"),
        ({"official_on": "2099-01-01"}, "公开日期还没有到"),
        ({"official_on": "2023-01-31"}, "公开日期早于报告年度结束"),
        ({"official_on": "明天"}, "请填日期"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    sent: dict[str, str], told: str, public: Report, clerk_client: Client
) -> None:
    answer = clerk_client.post(page(public), sent)
    assert answer.status_code == 422
    assert told in text_of(answer)
    public.refresh_from_db()
    assert (public.official_url, public.official_on) == ("", None)


def test_what_is_not_public_has_no_place_yet(township: Agency, clerk: User, clerk_client: Client) -> None:
    version = lifecycle.start_draft(township, 2023, clerk)
    assert clerk_client.get(page(version.report)).status_code == 404
    with pytest.raises(Refused):
        lifecycle.locate(version.report, clerk, ADDRESS, DAY)


def test_only_the_office_and_its_supervisor_record_it(
    public: Report, supervisor_client: Client, outsider_client: Client, reader: Client
) -> None:
    assert supervisor_client.post(page(public), {"official_url": ADDRESS}).status_code == 302
    assert outsider_client.post(page(public), {"official_url": ""}).status_code == 404
    assert reader.post(page(public), {"official_url": ""}).status_code == 302
    public.refresh_from_db()
    assert public.official_url == ADDRESS


def test_a_date_that_was_never_one_is_refused_by_the_act_too(public: Report, clerk: User) -> None:
    with pytest.raises(ValidationError):
        lifecycle.locate(public, clerk, "ftp:", None)
