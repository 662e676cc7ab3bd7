"""Reminders by e-mail: of what, to whom, and never the same twice a day."""

from __future__ import annotations

import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries, Settings

from agencies.models import Agency, Kind, Level, Membership, Role, User
from reports import lifecycle
from reports.deadlines.acts import set_date
from reports.deadlines.reminders import remind
from reports.models import Reminder
from reports.standard import edition_for
from tests.conftest import agency, division
from tests.published import publish

YEAR = timezone.localdate().year - 1


def everybody() -> None:
    for person in User.objects.all():
        person.email = f"{person.username}@example.gov.cn"
        person.save()


def subjects() -> list[tuple[list[str], str]]:
    return [(sent.to, str(sent.subject)) for sent in mail.outbox]


def test_a_clerk_is_told_what_is_missing_by_when_and_why(
    township: Agency, clerk: User, supervisor: User, settings: Settings
) -> None:
    settings.SITE_URL = "https://nianbao.example"
    everybody()
    set_date(township.division.parent, YEAR, "", datetime.date(YEAR + 1, 1, 20), supervisor)  # type: ignore[arg-type]
    supervisor.refresh_from_db()
    outcome = remind(Agency.objects.filter(pk=township.pk), YEAR, supervisor)
    assert [(person.username, len(own)) for person, own in outcome.sent] == [("clerk", 1)]
    assert subjects() == [(["clerk@example.gov.cn"], f"【年报】青山镇人民政府{YEAR}年度报告：还没有开始")]
    body = str(mail.outbox[0].body)
    assert "clerk，您好：" in body
    assert f"公开期限：{YEAR + 1}年1月20日，" in body
    assert "依据：示例县规定 1月20日" in body
    assert "https://nianbao.example/filing/" in body
    assert mail.outbox[0].reply_to == ["supervisor@example.gov.cn"]
    record = Reminder.objects.get()
    assert (record.user, record.agency, record.matter, record.sent_by) == (clerk, township, "missing", supervisor)


def test_never_twice_the_same_day_for_the_same_matter(township: Agency, clerk: User) -> None:
    everybody()
    own = Agency.objects.filter(pk=township.pk)
    remind(own, YEAR, None)
    assert remind(own, YEAR, None).already_reminded == 1
    assert len(mail.outbox) == 1
    lifecycle.start_draft(township, YEAR, clerk)
    remind(own, YEAR, None)
    assert [subject for _to, subject in subjects()][1:] == [f"【年报】青山镇人民政府{YEAR}年度报告：还没有提交"]
    Reminder.objects.update(day=timezone.localdate() - datetime.timedelta(days=1))
    assert len(remind(own, YEAR, None, every=7).sent) == 0, "not again within a week"
    assert len(remind(own, YEAR, None).sent) == 1, "but on another day, if somebody means it"


def test_what_was_returned_comes_with_the_comment_and_what_was_sent_goes_to_the_reviewer(
    township: Agency, clerk: User, reviewer: User
) -> None:
    everybody()
    form = edition_for(YEAR)
    assert form is not None
    own = Agency.objects.filter(pk=township.pk)
    version = lifecycle.start_draft(township, YEAR, clerk)
    version = lifecycle.save_draft(version, dict.fromkeys(form.figures, 0), {"overview": "总体情况"}, clerk)
    version = lifecycle.send_to_reviewer(version, clerk)
    remind(own, YEAR, None)
    assert mail.outbox[0].to == ["reviewer@example.gov.cn"]
    assert "已送审，等您核对" in str(mail.outbox[0].body)
    lifecycle.return_to_clerk(version, reviewer, "请补全第五章")
    remind(own, YEAR, None)
    assert mail.outbox[1].to == ["clerk@example.gov.cn"]
    assert "退回意见：请补全第五章" in str(mail.outbox[1].body)


def test_one_mail_a_person_however_many_agencies(township: Agency, other_township: Agency, clerk: User) -> None:
    Membership.objects.create(user=clerk, agency=other_township, role=Role.CLERK)
    everybody()
    remind(Agency.objects.all(), YEAR, None)
    assert subjects() == [(["clerk@example.gov.cn"], "【年报】年度报告有 2 件事等您办理")]


def test_who_has_filed_is_left_alone_and_who_cannot_be_reached_is_named(
    township: Agency, other_township: Agency, clerk: User, colleague: User
) -> None:
    publish(other_township, YEAR)
    own = Agency.objects.filter(pk__in=[township.pk, other_township.pk])
    outcome = remind(own, YEAR, None)
    assert (outcome.sent, outcome.unreachable) == ([], [township]), "nobody there has an address"
    everybody()
    colleague.is_active = False
    colleague.email = "colleague@example.gov.cn"
    colleague.save()
    assert [person for person, _own in remind(own, YEAR, None).sent] == [clerk]


def test_only_what_is_near_is_told_where_that_is_asked(township: Agency, clerk: User) -> None:
    everybody()
    this_year = timezone.localdate().year
    own = Agency.objects.filter(pk=township.pk)
    assert remind(own, this_year, None, within=15, dry_run=True).sent == []
    assert len(remind(own, this_year, None, within=500, dry_run=True).sent) == 1


def test_the_mail_is_chinese_whoever_sends_it(township: Agency, clerk: User) -> None:
    everybody()
    with translation.override("en"):
        remind(Agency.objects.filter(pk=township.pk), YEAR, None)
    assert "还没有开始" in mail.outbox[0].subject


def test_what_could_not_be_sent_is_not_recorded(township: Agency, clerk: User, settings: Settings) -> None:
    everybody()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    outcome = remind(Agency.objects.filter(pk=township.pk), YEAR, None)
    assert [person for person, _why in outcome.failed] == [clerk]
    assert not Reminder.objects.exists()


def test_many_agencies_take_a_fixed_number_of_queries_to_find_out(
    township: Agency, clerk: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    county = township.division.parent
    assert county is not None
    for number in range(200, 230):
        place = agency(division(f"990101{number}000", f"第{number}镇", Level.TOWNSHIP, county), "镇政府", Kind.TOWNSHIP)
        Membership.objects.create(user=clerk, agency=place, role=Role.CLERK)
    everybody()
    with django_assert_max_num_queries(7):
        outcome = remind(Agency.objects.under(county), YEAR, None, dry_run=True)
    assert len(outcome.sent[0][1]) == 31


# ---- the command ----


def test_the_command_sends_and_says_to_whom_and_a_dry_run_only_says(township: Agency, clerk: User) -> None:
    everybody()
    said = StringIO()
    call_command("remind", "--dry-run", stdout=said)
    assert (len(mail.outbox), Reminder.objects.count()) == (0, 0)
    assert "clerk@example.gov.cn  青山镇人民政府 还没有开始" in said.getvalue()
    assert "将发送 1 封" in said.getvalue()
    call_command("remind", "--year", str(YEAR), stdout=said)
    call_command("remind", stdout=said)
    assert len(mail.outbox) == 1
    assert "近期提醒过 1 项" in said.getvalue()
    with pytest.raises(CommandError):
        call_command("remind", "--year", "2001")


def test_mail_is_printed_until_there_is_a_server(
    township: Agency, clerk: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    everybody()
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.console.EmailBackend"):
        remind(Agency.objects.filter(pk=township.pk), YEAR, None)
    assert "clerk@example.gov.cn" in capsys.readouterr().out
