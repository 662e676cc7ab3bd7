"""Two people on one draft, and the way of a report from the draft to the correction of what is public."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from agencies.models import Agency, User
from reports import lifecycle
from reports.models import Change, Report, Version
from tests.filing.entering import FORM, YEAR, address, stored, zeros
from tests.pages import text_of


@pytest.fixture
def version(township: Agency, clerk: User) -> Version:
    return lifecycle.start_draft(township, YEAR, clerk)


# ---- two people ----


def test_two_people_on_one_draft_are_told_and_nothing_is_overwritten(
    version: Version, township: Agency, clerk_client: Client, colleague: User, colleague_client: Client
) -> None:
    key = "applications.received.total"
    colleague_client.post(address(township), zeros(version, applications__received__total="7"))
    answer = clerk_client.post(address(township), zeros(version, applications__received__total="3"))
    assert answer.status_code == 409
    page = text_of(answer)
    assert "colleague" in page
    assert "用您填的“3”" in page
    assert "用已存的“7”" in page
    assert re.search(rf'name="{key}"[^>]*value="3"', page)
    assert stored(version).figures[key] == 7
    # Having seen it the clerk may save what was typed.
    revision = re.search(r'name="revision" value="([^"]+)"', page)
    assert revision
    sent = zeros(version, applications__received__total="3") | {"revision": revision[1]}
    assert clerk_client.post(address(township), sent).status_code == 302
    assert stored(version).figures[key] == 3


def test_what_only_the_other_changed_is_merged_and_both_are_told(
    version: Version, township: Agency, clerk_client: Client, colleague_client: Client
) -> None:
    start = {"revision": version.revision}
    colleague_client.post(address(township), start | {"applications.received.total": "7", "overview": "同事写的"})
    # The clerk's page still has these two as they were when it was opened.
    sent = start | {"applications.received.total": "", "overview": "", "applications.carried_in.total": "4"}
    assert clerk_client.post(address(township), sent).status_code == 302
    merged = stored(version)
    assert merged.figures["applications.received.total"] == 7
    assert merged.figures["applications.carried_in.total"] == 4
    assert merged.narrative["overview"] == "同事写的"
    assert "colleague在" in text_of(clerk_client.get(address(township)))


def test_of_two_entries_in_one_cell_the_other_ones_may_be_taken(
    version: Version, township: Agency, clerk_client: Client, colleague_client: Client
) -> None:
    key = "applications.received.total"
    colleague_client.post(address(township), {"revision": version.revision, key: "7"})
    assert clerk_client.post(address(township), {"revision": version.revision, key: "3"}).status_code == 409
    sent = {"revision": stored(version).revision, key: "3", f"take.{key}": "theirs"}
    assert clerk_client.post(address(township), sent).status_code == 302
    assert stored(version).figures[key] == 7


def test_who_was_signed_out_meanwhile_signs_in_and_saves_in_one_step(
    version: Version, township: Agency, clerk: User, reader: Client
) -> None:
    sent = zeros(version, overview="写了很久的一段\n第二行", applications__received__total="x")
    answer = reader.post(address(township), sent)
    assert answer.status_code == 401
    page = text_of(answer)
    assert 'name="overview" value="写了很久的一段\n第二行"' in page
    wrong = reader.post(address(township), sent | {"username": "clerk", "password": "nobody knows"})
    assert wrong.status_code == 401
    assert 'name="overview"' in text_of(wrong)
    assert stored(version).narrative["overview"] == ""
    right = reader.post(address(township), sent | {"username": "clerk", "password": "nianbao-demo"})
    assert right.status_code == 422, "signed in and saved, but for what is no number"
    assert stored(version).narrative["overview"] == "写了很久的一段\n第二行"


def test_saving_twice_makes_one_record(version: Version, township: Agency, clerk_client: Client) -> None:
    sent = zeros(version, applications__received__total="3")
    assert [clerk_client.post(address(township), sent).status_code for _ in range(2)] == [302, 302]
    assert Change.objects.filter(version=version, action="saved").count() == 1


# ---- handing in ----


def test_submission_is_refused_with_everything_listed_at_once(
    version: Version, township: Agency, clerk_client: Client
) -> None:
    answer = clerk_client.post(
        address(township),
        zeros(
            version,
            act="submit",
            applications__received__natural_person="3",
            proceedings__reconsideration__upheld="1",
            disclosure__fees__amount="",
        ),
    )
    assert answer.status_code == 422
    listed = text_of(answer).split('id="refused"')[1].split("</div></div>")[0]
    assert "“自然人”列不平" in listed
    assert "行不平：自然人 3 ≠ 总计 0" in listed
    assert "“行政复议”栏不平" in listed
    assert "行政事业性收费" in listed
    assert 'href="#applications.' in listed
    version = stored(version)
    assert version.state == "draft"
    assert version.figures["applications.received.natural_person"] == 3, "what was typed is saved all the same"


def test_an_office_without_a_reviewer_submits_directly(
    version: Version, township: Agency, clerk_client: Client
) -> None:
    assert clerk_client.post(address(township), zeros(version, act="submit")).status_code == 302
    assert stored(version).state == "submitted"
    page = clerk_client.get(address(township)).content.decode()
    assert "readonly" in page
    assert "已经提交，等待主管部门审核" in page
    answer = clerk_client.post(address(township), zeros(version, applications__received__total="3"))
    assert answer.status_code == 409
    assert stored(version).figures["applications.received.total"] == 0


def test_where_the_office_has_a_reviewer_the_reviewer_submits(
    version: Version, township: Agency, clerk_client: Client, reviewer_client: Client
) -> None:
    assert clerk_client.post(address(township), zeros(version, act="submit")).status_code == 302
    assert stored(version).state == "draft"
    assert "请本机关审核员（reviewer）核对并提交" in text_of(clerk_client.get(address(township)))
    assert reviewer_client.post(address(township), zeros(stored(version), act="submit")).status_code == 302
    assert stored(version).state == "submitted"


def test_a_submitted_report_can_be_taken_back(version: Version, township: Agency, clerk_client: Client) -> None:
    clerk_client.post(address(township), zeros(version, act="submit"))
    assert clerk_client.post(address(township), {"act": "withdraw"}).status_code == 302
    assert stored(version).state == "draft"


def test_a_returned_report_shows_why_and_can_be_mended(
    version: Version, township: Agency, clerk_client: Client, supervisor: User
) -> None:
    clerk_client.post(address(township), zeros(version, act="submit"))
    lifecycle.return_to_clerk(version, supervisor, "表三请再核对")
    assert "表三请再核对" in text_of(clerk_client.get(address(township)))
    clerk_client.post(address(township), zeros(stored(version), overview="改好了", act="submit"))
    assert stored(version).state == "submitted"


def test_a_soft_finding_needs_a_reason_before_the_report_is_handed_in(
    township: Agency, clerk: User, clerk_client: Client, supervisor: User
) -> None:
    before = lifecycle.start_draft(township, YEAR - 1, clerk)
    carried = {
        f"applications.{row}.{column}": 1 for row in ("received", "carried_out") for column in ("business", "total")
    }
    before = lifecycle.save_draft(before, dict.fromkeys(FORM.figures, 0) | carried, {}, clerk)
    lifecycle.publish(lifecycle.submit(before, clerk), supervisor)
    version = lifecycle.start_draft(township, YEAR, clerk)
    refused = clerk_client.post(address(township), zeros(version, act="submit"))
    assert refused.status_code == 422
    assert "需要说明理由" in text_of(refused)
    version = stored(version)
    reasons = {f"reason.{finding.pk}": "上年误报" for finding in version.findings.filter(rule="carry_over")}
    assert len(reasons) == 2
    assert clerk_client.post(address(township), zeros(version, act="submit") | reasons).status_code == 302
    assert stored(version).state == "submitted"
    assert {finding.reason for finding in version.findings.all()} == {"上年误报"}


def test_a_published_report_is_corrected_with_a_reason(
    version: Version, township: Agency, clerk_client: Client, supervisor: User
) -> None:
    clerk_client.post(address(township), zeros(version, act="submit"))
    lifecycle.publish(version, supervisor)
    assert "已经公开，不能直接修改" in text_of(clerk_client.get(address(township)))
    clerk_client.post(address(township), {"act": "correct", "reason": ""})
    assert Version.objects.count() == 1
    clerk_client.post(address(township), {"act": "correct", "reason": "漏报一件"})
    report = Report.objects.get()
    assert report.working
    assert report.working.reason == "漏报一件"
    assert report.published == version
