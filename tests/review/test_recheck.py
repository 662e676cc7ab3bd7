"""A supervisor has stored reports checked anew, and sees how far it is."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from agencies.models import Agency
from reports.jobs.running import run_job
from reports.models import Job, JobState, Version
from reports.review.queue import rule_name
from tests.lifecycle.test_recheck import WRONG, revised
from tests.pages import text_of
from tests.published import publish

ADDRESS = "/review/recheck/"


@pytest.fixture
def wrong(township: Agency) -> Version:
    return publish(township, 2023, WRONG)


def test_what_older_rules_judged_is_offered_and_done(
    wrong: Version, supervisor_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "1 份报告都已按现在的规则核对过" in text_of(supervisor_client.get(ADDRESS))
    revised(monkeypatch)
    assert "有 1 份报告还没有按现在的规则核对过" in text_of(supervisor_client.get(ADDRESS))
    assert supervisor_client.post(ADDRESS, {"act": "due"})["Location"] == ADDRESS
    page = text_of(supervisor_client.get(ADDRESS))
    assert "排队中" in page
    assert "every 2s" in page
    run_job.func(Job.objects.get().pk)
    page = text_of(supervisor_client.get(ADDRESS))
    assert "核对完 1 份：新发现 0 处，消除 0 处" in page
    assert "都已按现在的规则核对过" in page


def test_one_at_a_time_which_can_be_stopped_and_go_on(wrong: Version, supervisor_client: Client) -> None:
    for _click in range(2):
        supervisor_client.post(ADDRESS, {"act": "all"})
    job = Job.objects.get()
    supervisor_client.post(ADDRESS, {"act": "stop", "job": job.pk})
    assert Job.objects.get().state == JobState.STOPPED
    supervisor_client.post(ADDRESS, {"act": "resume", "job": job.pk})
    run_job.func(job.pk)
    assert (Job.objects.get().state, Job.objects.get().done) == (JobState.DONE, 1)


def test_it_is_for_supervisors(
    wrong: Version, clerk_client: Client, reader: Client, supervisor_client: Client, administrator_client: Client
) -> None:
    assert reader.get(ADDRESS).status_code == 302
    assert clerk_client.get(ADDRESS).status_code == 403
    assert clerk_client.post(ADDRESS, {"act": "all"}).status_code == 403
    administrator_client.post(ADDRESS, {"act": "all"})
    sent = {"act": "stop", "job": Job.objects.get().pk}
    assert supervisor_client.post(ADDRESS, sent).status_code == 404
    assert reverse("recheck") == ADDRESS


def test_a_rule_that_cannot_be_run_is_named_and_nobody_is_blamed(
    wrong: Version, supervisor_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_content: object, _beside: object) -> list[object]:
        raise ZeroDivisionError

    revised(monkeypatch, check=fails)
    supervisor_client.post(ADDRESS, {"act": "due"})
    run_job.func(Job.objects.get().pk)
    page = text_of(supervisor_client.get(ADDRESS))
    assert "这是规则的问题，与填报单位无关" in page
    assert f"{rule_name('proceedings_total')}（1 份）" in page
    assert "有 1 份报告还没有按现在的规则核对过" in page, "it stays due until the rule is mended"
    assert wrong.findings.filter(rule="proceedings_total", decision="open").exists()
    with pytest.raises(SystemExit) as ended:
        call_command("check_reports", stdout=io.StringIO(), stderr=(said := io.StringIO()))
    assert ended.value.code == 1
    assert "proceedings_total 有 1 份没能核对" in said.getvalue()
