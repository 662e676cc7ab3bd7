"""The supervisor's page: submitted reports are published or returned, findings decided, within the subtree only."""

from __future__ import annotations

import html

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from agencies.models import Agency, User
from reports import lifecycle
from reports.models import Finding, Report, Version
from reports.standard import CURRENT

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


def test_a_finding_is_stated_in_one_sentence_and_decided_with_a_reason(
    contradiction: Finding, supervisor: User, supervisor_client: Client
) -> None:
    page = html.unescape(supervisor_client.get(reverse(REVIEW)).content.decode())
    assert "与上年结转不接" in page
    sent = {"finding": contradiction.pk, "act": "accepted", "seen": "open"}
    supervisor_client.post(reverse(REVIEW), sent)
    contradiction.refresh_from_db()
    assert contradiction.decision == "open", "a decision needs a reason"
    supervisor_client.post(reverse(REVIEW), sent | {"reason": "机构合并"})
    contradiction.refresh_from_db()
    assert (contradiction.decision, contradiction.reason, contradiction.decided_by) == (
        "accepted",
        "机构合并",
        supervisor,
    )


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
    sent = {"finding": contradiction.pk, "act": "accepted", "reason": "好"}
    assert client.post(reverse(REVIEW), sent).status_code == 404
    assert state_of(submitted) == "submitted"


@pytest.mark.parametrize("sent", [{"version": "x"}, {"version": "9" * 30}, {"finding": ""}, {}])
def test_a_tampered_request_is_not_found(sent: dict[str, str], supervisor_client: Client) -> None:
    assert supervisor_client.post(reverse(REVIEW), sent).status_code == 404


def test_the_queue_asks_the_same_number_of_queries_however_long_it_is(
    contradiction: Finding, supervisor_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(10):
        supervisor_client.get(reverse(REVIEW))
