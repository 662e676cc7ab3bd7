"""One finding: its evidence, its history, the decision; for the supervisors of its agency and nobody else."""

from __future__ import annotations

import dataclasses
import html

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Agency, Division, Kind, Level, Membership, Role, User
from reports import lifecycle
from reports.checks.rules import RULES
from reports.findings.run import check_version
from reports.models import Decision, Finding
from tests.conftest import agency, division, signed_in
from tests.pages import text_of
from tests.published import ONE_GRANTED, publish

CARRIED_OUT = {
    f"applications.{row}.{column}": 1 for row in ("received", "carried_out") for column in ("business", "total")
}


@pytest.fixture
def carried(township: Agency) -> Finding:
    """Last year's report carried one application out that this year's did not carry in."""
    publish(township, 2023, CARRIED_OUT)
    version = publish(township, 2024)
    return version.findings.get(where__contains="business")


@pytest.fixture
def contradicted(township: Agency) -> Finding:
    version = publish(township, 2024, overview="全年工作平稳。\n本年收到政府信息公开申请２件，均已答复。群众满意。")
    return version.findings.get(rule="narrative_figure", operands__topic="received")


def page_of(client: Client, finding: Finding, **headers: str) -> str:
    answer = client.get(reverse("finding", args=[finding.pk]), headers=headers)
    assert answer.status_code == 200
    return text_of(answer)


def test_a_finding_shows_its_formula_and_both_years_cells(carried: Finding, supervisor_client: Client) -> None:
    page = page_of(supervisor_client, carried)
    assert "2024 年度报告（本年）" in page
    assert "2023 年度报告（上年）" in page
    assert "上年结转政府信息公开申请数量" in page, "the label of this year's row"
    assert "结转下年度继续办理" in page, "the label of last year's row"
    assert "#cell-applications-carried_in-business" in page
    assert "#cell-applications-carried_out-business" in page
    formula = supervisor_client.get(reverse("finding", args=[carried.pk])).context["formula"]
    assert ([term.value for term in formula.left], [term.value for term in formula.right]) == (["1"], ["0"])
    assert formula.difference == "1"


def test_a_sentence_is_quoted_in_its_paragraph_with_the_words_marked(
    contradicted: Finding, supervisor_client: Client
) -> None:
    page = page_of(supervisor_client, contradicted)
    assert "<mark>２件</mark>" in page
    assert "群众满意" in page
    assert "全年工作平稳" not in page, "another paragraph"


def test_the_likely_culprit_is_named_with_what_it_would_have_to_be(township: Agency, supervisor_client: Client) -> None:
    version = publish(township, 2024, ONE_GRANTED | {"applications.received.natural_person": 2})
    finding = version.findings.get(rule="row_total")
    assert finding.culprit == "applications.received.natural_person"
    page = page_of(supervisor_client, finding)
    assert "若为 <b>1</b>，各处相符" in page
    assert "wanted culprit" in page, "its cell is outlined"


def test_for_the_queue_it_comes_without_the_frame_of_the_page(carried: Finding, supervisor_client: Client) -> None:
    page = page_of(supervisor_client, carried, hx_request="true")
    assert "<html" not in page
    assert "data-decide" in page


def test_a_decision_made_here_is_told_and_stands_in_the_history(
    carried: Finding, clerk: User, supervisor_client: Client
) -> None:
    lifecycle.explain(carried, clerk, "上年申请已撤回")
    sent = {"act": "confirmed", "reason": "请附撤回的凭据", "seen": "explained"}
    answer = supervisor_client.post(reverse("finding", args=[carried.pk]), sent, follow=True)
    page = html.unescape(answer.content.decode())
    assert "已处理 1 条：确认有误" in page
    history = page[page.index("处理经过") :]
    assert history.index("上年申请已撤回") < history.index("请附撤回的凭据")
    assert "clerk" in history


def test_the_second_of_two_supervisors_is_told(
    carried: Finding, administrator: User, supervisor_client: Client
) -> None:
    lifecycle.decide(carried, administrator, Decision.CONFIRMED, "请核对")
    sent = {"act": "dismissed", "reason": "不成立", "seen": "open"}
    page = supervisor_client.post(reverse("finding", args=[carried.pk]), sent, follow=True).content.decode()
    assert "admin刚刚处理了这条疑点" in page
    carried.refresh_from_db()
    assert carried.decision == "confirmed"


def test_a_decision_made_here_is_taken_back_here(carried: Finding, supervisor_client: Client) -> None:
    address = reverse("finding", args=[carried.pk])
    sent = {"act": "dismissed", "reason": "口径不同", "seen": "open"}
    act = supervisor_client.post(address, sent, follow=True).context["result"].act
    answer = supervisor_client.post(address, {"undo": act.pk})
    assert answer["Location"].startswith(address)
    carried.refresh_from_db()
    assert carried.decision == "open"


def test_a_change_in_cases_is_shown_as_a_difference(township: Agency, supervisor_client: Client) -> None:
    version = publish(township, 2024, overview="收到政府信息公开申请4件，上年2件，比上年增加1件。")
    finding = version.findings.get(rule="narrative_change")
    formula = supervisor_client.get(reverse("finding", args=[finding.pk])).context["formula"]
    assert [(term.sign, term.value) for term in formula.left] == [("", "4"), ("−", "2")]
    assert (formula.left_sum, formula.right_sum, formula.difference) == ("2", "1", "1")


def test_what_is_no_matter_of_adding_up_is_told_by_the_formula_of_its_rule(
    township: Agency, supervisor_client: Client
) -> None:
    text = "全年公开信息480条，上年400条，同比增长25%。"
    finding = publish(township, 2024, overview=text).findings.get(rule="narrative_change")
    page = page_of(supervisor_client, finding)
    assert str(RULES["narrative_change"].formula) in page
    assert "<dd>25%</dd>" in page
    assert "2024 年度报告（本年）" in page, "it leads to where the report came from, though no cell is concerned"


def test_a_decision_leads_back_to_the_queue_and_nowhere_else(carried: Finding, supervisor_client: Client) -> None:
    sent = {"act": "assigned", "assignee": "", "seen": "open"}
    address = reverse("finding", args=[carried.pk])
    inside = supervisor_client.post(address, sent | {"back": "/review/?year=2024"})
    assert inside["Location"].startswith("/review/?year=2024&done=")
    for outside in ("https://elsewhere.example/review/", "//elsewhere.example", "/reports/"):
        assert supervisor_client.post(address, sent | {"back": outside})["Location"].startswith(address)


def test_in_a_version_that_was_replaced_nothing_can_be_done_and_the_new_one_is_linked(
    carried: Finding, township: Agency, supervisor_client: Client
) -> None:
    again = publish(township, 2024, reason="更正")
    same = again.findings.get(where=carried.where, rule=carried.rule)
    page = page_of(supervisor_client, carried)
    assert "已经更正" in page
    assert reverse("finding", args=[same.pk]) in page
    assert "data-decide" not in page
    sent = {"act": "dismissed", "reason": "不成立", "seen": "open"}
    answer = supervisor_client.post(reverse("finding", args=[carried.pk]), sent, follow=True)
    assert "疑点属于更正前的版本" in answer.content.decode()
    carried.refresh_from_db()
    assert carried.decision == "open"
    mended = publish(township, 2024, {"applications.carried_in.business": 1}, reason="再更正")
    assert not mended.findings.filter(where=carried.where, rule=carried.rule).exists()
    assert "现行版本中没有这处矛盾" in page_of(supervisor_client, carried)


def test_only_who_supervises_the_agency_sees_it(
    carried: Finding,
    clerk_client: Client,
    outsider_client: Client,
    reader: Client,
    other_county: object,
) -> None:
    address = reverse("finding", args=[carried.pk])
    neighbour = User.objects.create_user("neighbour")
    Membership.objects.create(user=neighbour, agency_id="990102000000", role=Role.SUPERVISOR)
    for client in (clerk_client, outsider_client, signed_in(neighbour)):
        assert client.get(address).status_code == 404
        assert client.post(address, {"act": "accepted", "reason": "好", "seen": "open"}).status_code == 404
    assert reader.get(address).status_code == 302


def test_a_page_asks_few_queries(carried: Finding, supervisor_client: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        page_of(supervisor_client, carried)
    assert len(asked) <= 12


def test_what_former_versions_of_the_rule_said_stays_in_the_history(
    carried: Finding, supervisor_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(RULES, "carry_over", dataclasses.replace(RULES["carry_over"], version=2, severity="info"))
    check_version(carried.version)
    page = page_of(supervisor_client, carried)
    history = page[page.index("处理经过") :]
    assert "规则第 2 版" in history
    assert "规则第 1 版曾判定</span>：疑点，应为 1，实为 0" in history


def test_a_sum_over_units_names_the_largest_and_takes_the_others_together(
    county: Division, supervisor_client: Client
) -> None:
    cell = "disclosure.licensing.decisions"
    Agency.objects.filter(code="990101000000-01").update(owes_report=False)
    for number in range(1, 15):
        place = division(f"9901012{number:02}000", f"第{number}镇", Level.TOWNSHIP, county)
        publish(agency(place, f"第{number}镇人民政府", Kind.TOWNSHIP), 2024, {cell: 100 + number})
    whole = publish(Agency.objects.get(code=county.code), 2024, {cell: 1500}, scope_kind="area")
    finding = whole.findings.get(rule="roll_up", where=cell)
    formula = supervisor_client.get(reverse("finding", args=[finding.pk])).context["formula"]
    assert [term.name for term in formula.left[:2]] == ["第14镇人民政府", "第13镇人民政府"]
    assert (formula.left[-1].name, formula.left[-1].value) == ("其余 2 个单位", "203")
    assert (formula.left_sum, formula.right[0].value, formula.difference) == ("1505", "1500", "5")
