"""The page on which words are redacted and reports taken down: seen before, confirmed, said afterwards."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, User
from reports import lifecycle
from reports.models import Report, TakeDown, Version
from tests.pages import text_of
from tests.published import publish

NAME = "欧阳静婉"
YEAR = 2023


@pytest.fixture
def report(township: Agency) -> Report:
    publish(township, YEAR - 1, overview=f"去年也是{NAME}。")
    return publish(township, YEAR, overview=f"联系人{NAME}。{NAME[:2]}　{NAME[2:]}负责。").report


def page(report: Report) -> str:
    return reverse("takedown", args=[report.agency_id, report.year])


def test_what_will_go_is_shown_before_with_where_and_how_often(report: Report, supervisor_client: Client) -> None:
    shown = supervisor_client.post(page(report), {"act": "look", "words": NAME})
    text = text_of(shown)
    assert shown.status_code == 200
    assert f"“{NAME}”出现 2 次" in text
    assert "第 1 版 · " in text
    assert "2022 年 1 次" in text
    assert "隐去以后不能恢复" in text
    assert TakeDown.objects.count() == 0


def test_nothing_happens_until_it_is_confirmed_with_a_reason(report: Report, supervisor_client: Client) -> None:
    sent = {"act": "redact", "words": NAME, "reason": "误写"}
    assert "请先勾选" in text_of(supervisor_client.post(page(report), sent))
    answer = supervisor_client.post(page(report), sent | {"reason": " ", "confirmed": "1"})
    assert (answer.status_code, "请写明理由" in text_of(answer), f"“{NAME}”出现 2 次" in text_of(answer)) == (
        422,
        True,
        True,
    )
    answer = supervisor_client.post(page(report), sent | {"reason": f"写了{NAME}", "confirmed": "1"})
    assert "不能写出要隐去的文字" in text_of(answer)
    assert NAME in Version.objects.get(report=report).narrative["overview"]


def test_words_that_stand_nowhere_are_told(report: Report, supervisor_client: Client) -> None:
    assert "没有找到这些文字" in text_of(supervisor_client.post(page(report), {"act": "look", "words": "上官"}))
    answer = supervisor_client.post(
        page(report), {"act": "redact", "words": "上官", "reason": "误写", "confirmed": "1"}
    )
    assert "没有找到这些文字" in text_of(answer)
    assert "2 到 200 个字" in text_of(supervisor_client.post(page(report), {"act": "look", "words": "静"}))


def test_redacted_everywhere_and_said_without_the_words(
    report: Report, supervisor_client: Client, reader: Client, caplog: pytest.LogCaptureFixture
) -> None:
    sent = {"act": "redact", "words": NAME, "reason": "误写个人信息", "confirmed": "1", "everywhere": "1"}
    told = text_of(supervisor_client.post(page(report), sent, follow=True))
    assert "已从 2 份报告里隐去" in told
    assert "误写个人信息" in told
    assert NAME not in told
    assert NAME not in caplog.text
    for year in (YEAR, YEAR - 1):
        public = reader.get(reverse("report", args=[report.agency_id, year])).content.decode()
        assert (NAME in public, "[已隐去]" in public) == (False, True)


def test_taken_down_and_put_back(report: Report, supervisor_client: Client, reader: Client) -> None:
    assert "请先勾选" in text_of(supervisor_client.post(page(report), {"act": "take_down", "reason": "误发"}))
    sent = {"act": "take_down", "reason": "误发", "confirmed": "1"}
    assert "报告已撤下" in text_of(supervisor_client.post(page(report), sent, follow=True))
    assert reader.get(report.get_absolute_url()).status_code == 410
    assert "现在没有公开" in text_of(supervisor_client.post(page(report), sent, follow=True))
    lifting = {"act": "lift", "reason": "查明无误"}
    assert "报告已恢复公开" in text_of(supervisor_client.post(page(report), lifting, follow=True))
    assert reader.get(report.get_absolute_url()).status_code == 200


def test_readers_and_clerks_are_not_led_there(
    report: Report, supervisor_client: Client, clerk_client: Client, reader: Client
) -> None:
    address = page(report)
    assert address in supervisor_client.get(report.get_absolute_url()).content.decode()
    for client in (clerk_client, reader):
        assert address not in client.get(report.get_absolute_url()).content.decode()


def test_a_draft_can_be_redacted_and_is_not_taken_down(
    township: Agency, clerk: User, supervisor_client: Client
) -> None:
    draft = lifecycle.start_draft(township, YEAR, clerk)
    draft = lifecycle.save_draft(draft, {}, {"overview": NAME}, clerk)
    address = page(draft.report)
    assert "不需要撤下" in text_of(supervisor_client.get(address))
    sent = {"act": "redact", "words": NAME, "reason": "误写", "confirmed": "1"}
    supervisor_client.post(address, sent)
    assert Version.objects.get(pk=draft.pk).narrative["overview"] == "[已隐去]"
