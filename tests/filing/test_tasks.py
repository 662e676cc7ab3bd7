"""The clerk's home: what is to be done, the most urgent first."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency, Membership, Role, User
from reports import lifecycle
from reports.deadlines import deadlines
from reports.deadlines.acts import grant_extension
from reports.deadlines.outstanding import at_a_glance, tasks
from reports.deadlines.status import time_left
from reports.models import Report
from reports.standard import edition_for
from reports.views.filing.filing import year_due
from tests.pages import text_of
from tests.published import publish

HOME = "/filing/"


def zeros(year: int) -> dict[str, int]:
    form = edition_for(year)
    assert form is not None
    return dict.fromkeys(form.figures, 0)


def titles(page: str) -> list[str]:
    return re.findall(
        r"<(?:b|a [^>]*)>\s*([^<]* \d{4} 年度报告)\s*</(?:b|a)>", page.split('id="h-tasks"')[1].split("</section>")[0]
    )


def test_the_most_overdue_stands_first_and_a_later_date_moves_it_down(
    township: Agency, other_township: Agency, clerk: User, clerk_client: Client, supervisor: User
) -> None:
    Membership.objects.create(user=clerk, agency=other_township, role=Role.CLERK)
    year = year_due()
    lifecycle.start_draft(township, year - 1, clerk)
    order = titles(text_of(clerk_client.get(HOME)))
    mine, other = "青山镇人民政府", "绿水镇人民政府"
    assert order == [f"{mine} {year - 1} 年度报告", f"{mine} {year} 年度报告", f"{other} {year} 年度报告"]
    grant_extension(township, year, date(year + 1, 12, 31), "洪灾", supervisor)
    page = text_of(clerk_client.get(HOME))
    assert titles(page)[-1] == f"{mine} {year} 年度报告"
    assert "依据：主管部门同意延至 12月31日" in page
    assert reverse("asking", args=[township.code, year]) in page


def test_what_is_not_filled_in_yet_is_no_error(township: Agency, clerk: User, clerk_client: Client) -> None:
    draft = lifecycle.start_draft(township, year_due(), clerk)
    assert draft.findings.filter(rule="undecided").exists()
    assert "处错误" not in text_of(clerk_client.get(HOME))
    lifecycle.save_draft(
        draft, {"applications.received.natural_person": 1, "applications.received.total": 0}, {}, clerk
    )
    assert "1 处错误" in text_of(clerk_client.get(HOME))


def test_what_was_returned_comes_with_who_and_why(
    township: Agency, clerk: User, reviewer: User, clerk_client: Client
) -> None:
    year = year_due()
    version = lifecycle.start_draft(township, year, clerk)
    version = lifecycle.save_draft(version, zeros(year), {"overview": "总体情况"}, clerk)
    lifecycle.return_to_clerk(
        lifecycle.send_to_reviewer(version, clerk), reviewer, "请补全第五章", {"problems": "太短"}
    )
    page = text_of(clerk_client.get(HOME))
    assert re.search(r"reviewer 于 .{,30} 退回：请补全第五章（另有逐处意见 1 条）", page)
    assert "去修改" in page


def test_a_correction_under_way_has_no_deadline(township: Agency, clerk: User, supervisor: User) -> None:
    version = publish(township, 2023)
    lifecycle.start_correction(version.report, supervisor, "漏报一件")
    reports = Report.objects.select_related("agency", "working")
    (task,) = tasks([], 2023, reports, timezone.localdate())
    assert (task.deadline, task.left, task.overdue) == (None, None, False)


def test_nothing_to_do_is_said_kindly_and_what_is_handed_in_waits_below(
    township: Agency, clerk: User, clerk_client: Client
) -> None:
    year = year_due()
    version = lifecycle.start_draft(township, year, clerk)
    version = lifecycle.save_draft(version, zeros(year), {"overview": "总体情况"}, clerk)
    lifecycle.submit(version, clerk)
    page = text_of(clerk_client.get(HOME))
    assert "眼下没有要办的事" in page
    assert "已提交，等待审核" in page


@pytest.mark.parametrize(
    ("days", "word", "tone"),
    [(-3, "已过期 3 天", "wrong"), (0, "今天到期", "wrong"), (7, "还有 7 天", "doubt"), (20, "还有 20 天", "muted")],
)
def test_the_time_that_is_left_is_said_in_days(days: int, word: str, tone: str, township: Agency) -> None:
    deadline = deadlines([township], 2025)[township.pk]
    left = time_left(deadline, deadline.due - timedelta(days=days))
    assert (left.word, left.tone) == (word, tone)


def test_before_filing_opens_the_day_is_named(township: Agency) -> None:
    deadline = deadlines([township], 2025)[township.pk]
    assert time_left(deadline, date(2025, 12, 20)).word == "1月1日开始填报"


def test_what_presses_is_said_at_a_glance(
    township: Agency, other_township: Agency, clerk: User, reviewer: User, clerk_client: Client, supervisor: User
) -> None:
    Membership.objects.create(user=clerk, agency=other_township, role=Role.CLERK)
    year = year_due()
    grant_extension(other_township, year, date(year + 1, 2, 5), "洪灾", supervisor)
    version = lifecycle.start_draft(township, year, clerk)
    version = lifecycle.save_draft(version, zeros(year), {"overview": "总体情况"}, clerk)
    lifecycle.return_to_clerk(lifecycle.send_to_reviewer(version, clerk), reviewer, "请补全第五章")
    own = Agency.objects.filter(pk=other_township.pk)
    reports = Report.objects.select_related("agency", "working")
    listed = tasks(own, year, reports, date(year + 1, 2, 1))
    words = ["已到期 1 件", "被退回 1 件", "7 天内到期 1 件", "还没有开始 1 件"]
    assert [one.word for one in at_a_glance(listed)] == words
    assert "被退回 1 件" in text_of(clerk_client.get(HOME))
    assert at_a_glance([]) == []
