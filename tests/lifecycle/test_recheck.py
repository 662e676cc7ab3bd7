"""After a rule has changed, what it judged before is judged anew; what it said before is kept."""

from __future__ import annotations

import dataclasses
import io

import pytest
from django.core.management import call_command

from agencies.models import Agency, User
from reports.checks import rules
from reports.findings.rechecking import CHUNK, versions_to_recheck
from reports.jobs.running import run_job
from reports.jobs.starting import start
from reports.models import Decision, Finding, Job, JobKind, JobState, Version
from tests.published import publish

pytestmark = pytest.mark.django_db

WRONG = {"proceedings.reconsideration.upheld": 1}


@pytest.fixture
def wrong(township: Agency) -> Version:
    """A published report whose proceedings do not add up."""
    return publish(township, 2023, WRONG)


def revised(monkeypatch: pytest.MonkeyPatch, **changes: object) -> None:
    """The rule about proceedings, in its second version."""
    rule = dataclasses.replace(rules.RULES["proceedings_total"], version=2, **changes)  # type: ignore[arg-type]
    monkeypatch.setitem(rules.RULES, rule.code, rule)


def rechecked(by: User, *, everything: bool = False) -> Job:
    job = start(JobKind.RECHECK, by, all=everything)
    run_job.func(job.pk)
    return Job.objects.get(pk=job.pk)


def finding() -> Finding:
    return Finding.objects.get(rule="proceedings_total")


def test_only_what_older_rules_judged_is_due(wrong: Version, monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(versions_to_recheck()) == []
    assert list(versions_to_recheck(everything=True)) == [wrong]
    revised(monkeypatch)
    assert list(versions_to_recheck()) == [wrong]


def test_a_revised_rule_judges_anew_and_its_earlier_verdict_is_kept(
    wrong: Version, supervisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    Finding.objects.update(decision=Decision.EXPLAINED, reason="已核实")
    revised(monkeypatch, severity="warning")
    job = rechecked(supervisor)
    assert (job.state, job.done, job.total) == (JobState.DONE, 1, 1)
    assert job.result["tally"] == {"reports": 1, "new": 0, "settled": 0}
    record = finding()
    assert (record.rule_version, record.severity) == (2, "warning")
    assert (record.decision, record.reason) == (Decision.EXPLAINED, "已核实")
    (earlier,) = record.earlier
    assert (earlier["rule_version"], earlier["severity"]) == (1, "error")
    assert list(versions_to_recheck()) == []
    rechecked(supervisor, everything=True)
    assert len(finding().earlier) == 1, "checked again by the same rules there is nothing to keep"


def test_what_a_revised_rule_no_longer_finds_is_kept_as_settled(
    wrong: Version, supervisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    revised(monkeypatch, check=lambda _content, _last_year: [])
    job = rechecked(supervisor)
    assert job.result["tally"]["settled"] == 1
    assert (finding().decision, finding().rule_version) == (Decision.RESOLVED, 1)


def test_nobody_checks_beyond_the_own_subtree(
    wrong: Version, foreign_township: Agency, supervisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = publish(foreign_township, 2023, WRONG)
    revised(monkeypatch)
    assert rechecked(supervisor).done == 1
    assert list(versions_to_recheck()) == [foreign]


def test_it_goes_on_where_it_was(
    wrong: Version, other_township: Agency, supervisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(other_township, 2023, WRONG)
    revised(monkeypatch)
    job = start(JobKind.RECHECK, supervisor, all=True, after=wrong.pk, tally={"reports": 1, "new": 0, "settled": 0})
    Job.objects.filter(pk=job.pk).update(done=1, total=2)
    run_job.func(job.pk)
    job.refresh_from_db()
    assert (job.done, job.result["tally"]["reports"]) == (2, 2)
    assert list(versions_to_recheck()) == [wrong], "what was done before is not done again"
    assert CHUNK > 1


def test_the_command_checks_what_is_due_and_says_what_came_of_it(
    wrong: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    def said(*arguments: str) -> str:
        out = io.StringIO()
        call_command("check_reports", *arguments, stdout=out, stderr=io.StringIO())
        return out.getvalue()

    assert "0 份" in said()
    assert "1 份" in said("--all")
    revised(monkeypatch, check=lambda _content, _last_year: [])
    assert said().split() == ["核对", "1", "份报告：新发现", "0", "处，消除", "1", "处。"]
    assert "0 份" in said()
