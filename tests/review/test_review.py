"""The supervisor's page: submitted reports are published or returned, findings decided, within the subtree only."""

from __future__ import annotations

import html
from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from agencies.models import Agency, Division, User
from reports import lifecycle
from reports.findings.neighbours import check_pending
from reports.models import BulkAct, Decision, Finding, Report, Version
from reports.standard import CURRENT
from tests.published import publish

REVIEW = "review"


@pytest.fixture
def submitted(township: Agency, clerk: User) -> Version:
    version = lifecycle.start_draft(township, 2025, clerk)
    version = lifecycle.save_draft(version, dict.fromkeys(CURRENT.figures, 0), {"overview": "情况"}, clerk)
    return lifecycle.submit(version, clerk)


@pytest.fixture
def contradiction(township: Agency, clerk: User, supervisor: User, submitted: Version) -> Finding:
    """Last year's report carried one application out that this year's did not carry in."""
    before = lifecycle.start_draft(township, 2024, clerk)
    ones = {
        f"applications.{row}.{column}": 1 for row in ("received", "carried_out") for column in ("business", "total")
    }
    before = lifecycle.save_draft(before, dict.fromkeys(CURRENT.figures, 0) | ones, {}, clerk)
    lifecycle.publish(lifecycle.submit(before, clerk), supervisor)
    check_pending()
    return Finding.objects.get(version=submitted, where__contains="business")


def state_of(version: Version) -> str:
    return str(Version.objects.get(pk=version.pk).state)


def test_only_supervisors_come_in(clerk_client: Client, outsider_client: Client, reader: Client) -> None:
    assert clerk_client.get(reverse(REVIEW)).status_code == 403
    assert outsider_client.get(reverse(REVIEW)).status_code == 403
    assert reader.get(reverse(REVIEW)).status_code == 302


def test_a_submitted_report_is_listed_and_published(submitted: Version, supervisor_client: Client) -> None:
    assert "青山镇人民政府 2025 年度报告" in html.unescape(supervisor_client.get(reverse(REVIEW)).content.decode())
    supervisor_client.post(reverse(REVIEW), {"version": submitted.pk, "act": "publish"})
    assert state_of(submitted) == "published"
    assert Report.objects.get().published == submitted
    supervisor_client.post(reverse(REVIEW), {"version": submitted.pk, "act": "publish"})
    assert submitted.changes.filter(action="published").count() == 1


def test_nobody_publishes_what_was_changed_since_it_was_read(
    submitted: Version, clerk: User, supervisor_client: Client
) -> None:
    """The page was open when the clerk took the report back, wrote another sentence and submitted it again."""
    page = supervisor_client.get(reverse(REVIEW)).content.decode()
    assert f'name="revision" value="{submitted.revision}"' in page
    lifecycle.withdraw(submitted, clerk)
    changed = lifecycle.save_draft(submitted, {}, {"overview": "后来改的一句话。"}, clerk)
    lifecycle.submit(changed, clerk)
    sent = {"version": submitted.pk, "act": "publish", "revision": submitted.revision}
    answer = supervisor_client.post(reverse(REVIEW), sent, follow=True)
    assert "修改过这份报告" in answer.content.decode()
    assert state_of(submitted) == "submitted"
    supervisor_client.post(reverse(REVIEW), sent | {"revision": changed.revision})
    assert state_of(submitted) == "published"


def test_returning_needs_a_comment(submitted: Version, supervisor_client: Client) -> None:
    page = supervisor_client.post(
        reverse(REVIEW), {"version": submitted.pk, "act": "return", "comment": " "}, follow=True
    )
    assert "请说明退回的原因" in page.content.decode()
    assert state_of(submitted) == "submitted"
    supervisor_client.post(reverse(REVIEW), {"version": submitted.pk, "act": "return", "comment": "补正第五章"})
    assert state_of(submitted) == "returned"
    change = submitted.changes.get(action="returned")
    assert change.comment == "补正第五章"


def decide(page: Client, finding: Finding, act: str, **sent: str) -> str:
    """The page that follows when the finding is ticked and a button pressed."""
    ticked = {"finding": f"{finding.pk}:{sent.pop('seen', finding.decision)}", "act": act}
    return html.unescape(page.post(reverse(REVIEW), ticked | sent, follow=True).content.decode())


def test_a_finding_is_stated_in_one_sentence_and_decided_with_a_reason(
    contradiction: Finding, supervisor: User, supervisor_client: Client
) -> None:
    assert "与上年不接" in html.unescape(supervisor_client.get(reverse(REVIEW)).content.decode())
    assert "请说明理由" in decide(supervisor_client, contradiction, "accepted")
    assert "请说明理由" in decide(supervisor_client, contradiction, "dismissed")
    contradiction.refresh_from_db()
    assert contradiction.decision == "open", "a decision needs a reason"
    assert "已处理 1 条：认可说明" in decide(supervisor_client, contradiction, "accepted", reason="机构合并")
    contradiction.refresh_from_db()
    assert (contradiction.decision, contradiction.reason, contradiction.decided_by) == (
        "accepted",
        "机构合并",
        supervisor,
    )


def test_several_are_decided_with_one_reason_and_what_was_refused_is_listed(
    contradiction: Finding, administrator: User, supervisor_client: Client
) -> None:
    other = contradiction.version.findings.exclude(pk=contradiction.pk).get()
    lifecycle.decide(other, administrator, Decision.CONFIRMED, "再查")
    sent = {"finding": [f"{contradiction.pk}:open", f"{other.pk}:open"], "act": "dismissed", "reason": "口径不同"}
    page = html.unescape(supervisor_client.post(reverse(REVIEW), sent, follow=True).content.decode())
    assert "已处理 1 条：不是问题" in page
    assert "有 1 条没有改动" in page
    assert "admin刚刚处理了这条疑点" in page


def test_all_that_match_are_decided_unless_they_are_others_than_were_shown(
    contradiction: Finding, supervisor_client: Client
) -> None:
    sent = {"all": "1", "act": "dismissed", "reason": "口径不同"}
    address = reverse(REVIEW) + "?rule=carry_over"
    page = supervisor_client.post(address, sent | {"matching": "1"}, follow=True)
    assert "符合条件的疑点现在是 2 条" in page.content.decode()
    assert "已处理 2 条" in supervisor_client.post(address, sent | {"matching": "2"}, follow=True).content.decode()
    assert set(contradiction.version.findings.values_list("decision", flat=True)) == {"dismissed"}


def test_the_last_act_is_undone(
    contradiction: Finding, supervisor_client: Client, administrator_client: Client
) -> None:
    decide(supervisor_client, contradiction, "dismissed", reason="口径不同")
    act = BulkAct.objects.get()
    assert administrator_client.post(reverse(REVIEW), {"undo": act.pk}).status_code == 404, "somebody else's"
    page = supervisor_client.post(reverse(REVIEW), {"undo": act.pk}, follow=True).content.decode()
    assert "已撤销 1 条的处理" in page
    contradiction.refresh_from_db()
    assert (contradiction.decision, contradiction.reason, contradiction.decided_by) == ("open", "", None)


def test_an_act_is_not_undone_by_somebody_who_supervises_the_place_no_more(
    contradiction: Finding, supervisor: User, supervisor_client: Client, other_county: Division
) -> None:
    decide(supervisor_client, contradiction, "dismissed", reason="口径不同")
    moved = supervisor.memberships.get()
    moved.agency = Agency.objects.get(code=other_county.code)
    moved.save()
    supervisor_client.post(reverse(REVIEW), {"undo": BulkAct.objects.get().pk})
    contradiction.refresh_from_db()
    assert contradiction.decision == "dismissed"


def test_findings_are_given_to_somebody_who_supervises_them(
    contradiction: Finding, supervisor: User, clerk: User, supervisor_client: Client
) -> None:
    assert "不主管这个单位" in decide(supervisor_client, contradiction, "assigned", assignee=str(clerk.pk))
    decide(supervisor_client, contradiction, "assigned", assignee=str(supervisor.pk))
    contradiction.refresh_from_db()
    assert contradiction.assignee == supervisor
    assert listed(supervisor_client, assignee="mine") == [contradiction]
    assert contradiction not in listed(supervisor_client, assignee="none")


def listed(page: Client, **asked: str | int) -> list[Finding]:
    table = page.get(reverse(REVIEW), asked).context["table"]
    return [row.record for row in table.page.object_list]


def test_each_filter_narrows_the_queue_and_says_how_many_it_would_leave(
    contradiction: Finding, foreign_township: Agency, supervisor_client: Client
) -> None:
    both = list(contradiction.version.findings.order_by("pk"))
    asked: dict[str, str | int] = {
        "q": "青山",
        "region": "990101101000",
        "year": 2025,
        "rule": "carry_over",
        "severity": "warning",
        "state": "open",
        "age": "week",
        "assignee": "none",
    }
    for name, value in asked.items():
        assert sorted(listed(supervisor_client, **{name: value}), key=lambda one: one.pk) == both, name
    none: dict[str, str | int] = {
        "q": "绿水",
        "region": "990102000000",
        "year": 2024,
        "rule": "row_total",
        "severity": "error",
        "state": "explained",
        "age": "older",
        "assignee": "mine",
    }
    for name, value in none.items():
        assert listed(supervisor_client, **{name: value}) == [], name
    facets = {facet.name: facet for facet in supervisor_client.get(reverse(REVIEW)).context["facets"]}
    counts = {name: {option.value: option.count for option in facet.options} for name, facet in facets.items()}
    assert counts["rule"] == {"": 2, "carry_over": 2}
    assert counts["region"] == {"": 2, "990101101000": 2}
    assert counts["year"] == {"": 2, "2025": 2}
    assert counts["assignee"] == {"": 2, "mine": 0, "none": 2}
    assert (counts["state"][""], counts["state"]["dismissed"], counts["age"]["week"]) == (2, 0, 2)


def test_what_no_filter_understands_is_named_and_left_out(contradiction: Finding, supervisor_client: Client) -> None:
    page = supervisor_client.get(reverse(REVIEW), {"year": "last", "state": "nowhere", "page": "x", "sort": "nothing"})
    assert "有的筛选条件认不出" in page.content.decode()
    assert len(page.context["table"].page.object_list) == 2


def test_what_was_found_in_one_report_stays_together_in_every_order(
    contradiction: Finding, other_township: Agency, supervisor_client: Client
) -> None:
    publish(other_township, 2024, {"proceedings.reconsideration.upheld": 1, "applications.received.business": 2})
    for order in ("-year", "unit", "-unit", "finding", "-count", "age", "-age", "state", "assignee"):
        reports = [finding.version_id for finding in listed(supervisor_client, sort=order)]
        assert len(reports) > 3
        assert sum(one != other for one, other in pairwise(reports)) == 1, order


def test_nobody_decides_beyond_the_own_subtree(
    contradiction: Finding, submitted: Version, foreign_township: Agency, other_county: object, client: Client
) -> None:
    from agencies.models import Membership, Role

    stranger = User.objects.create_user("stranger")
    government = Agency.objects.get(code="990102000000")
    Membership.objects.create(user=stranger, agency=government, role=Role.SUPERVISOR)
    client.force_login(stranger)
    page = client.get(reverse(REVIEW))
    assert page.status_code == 200
    assert "青山镇" not in page.content.decode()
    assert client.post(reverse(REVIEW), {"version": submitted.pk, "act": "publish"}).status_code == 404
    sent = {"finding": f"{contradiction.pk}:open", "act": "accepted", "reason": "好"}
    assert "不再成立" in client.post(reverse(REVIEW), sent, follow=True).content.decode()
    sent = {"all": "1", "matching": "2", "act": "accepted", "reason": "好"}
    assert "现在是 0 条" in client.post(reverse(REVIEW), sent, follow=True).content.decode()
    assert set(contradiction.version.findings.values_list("decision", flat=True)) == {"open"}
    assert state_of(submitted) == "submitted"


@pytest.mark.parametrize("sent", [{"version": "x"}, {"version": "9" * 30}, {"undo": "1"}, {"undo": "x"}])
def test_a_tampered_request_is_not_found(sent: dict[str, str], supervisor_client: Client) -> None:
    assert supervisor_client.post(reverse(REVIEW), sent).status_code == 404


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"act": "accepted"}, "请先选中"),
        ({"act": "nothing", "finding": "1:open"}, "请选择要怎样处理"),
        ({"act": "accepted", "finding": ["x", "9" * 30]}, "请先选中"),
        ({"act": "assigned", "finding": "1:open", "assignee": "x"}, "请选择分派给谁"),
    ],
)
def test_an_act_that_says_too_little_is_told_what_is_missing(
    sent: dict[str, str], told: str, supervisor_client: Client
) -> None:
    assert told in supervisor_client.post(reverse(REVIEW), sent, follow=True).content.decode()


def test_the_queue_asks_the_same_number_of_queries_however_long_it_is(
    contradiction: Finding,
    other_township: Agency,
    supervisor_client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with CaptureQueriesContext(connection) as few:
        supervisor_client.get(reverse(REVIEW))
    for year in (2021, 2022, 2023):
        publish(other_township, year, {f"applications.received.{kind}": 1 for kind in ("business", "research")})
    with django_assert_max_num_queries(len(few)):
        assert len(listed(supervisor_client)) > 10
