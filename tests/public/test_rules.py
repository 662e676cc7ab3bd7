"""The rules in plain words: one page for each, linked from every finding."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from agencies.models import Agency
from reports.checks.content import Content, RuleFinding
from reports.checks.rules import RULES
from reports.checks.wording import message
from reports.models import Decision
from tests.published import publish

each_rule = pytest.mark.parametrize("code", RULES)
LICENSING = "disclosure.licensing.decisions"


def example(code: str) -> tuple[Content, RuleFinding]:
    """The example of a rule with what the rule finds in it."""
    content, comparables = RULES[code].example()
    return content, RULES[code].check(content, comparables)[0]


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@each_rule
def test_every_rule_finds_something_in_its_own_example(code: str) -> None:
    content, finding = example(code)
    assert finding.rule == code
    assert message(finding, content.edition)


@each_rule
def test_every_rule_says_what_it_compares_and_what_to_do_in_both_languages(code: str) -> None:
    rule = RULES[code]
    for language, full_stop in (("zh-hans", "。"), ("en", ".")):
        with translation.override(language):
            assert str(rule.formula)
            assert str(rule.help).endswith(full_stop)
            assert str(rule.todo).endswith(full_stop)


def test_the_formula_of_an_equation_is_read_off_the_form() -> None:
    with translation.override("zh-hans"):
        assert RULES["flow_balance"].formula == "新收 + 上年结转 = 办理结果总计 + 结转下年"
        assert RULES["carry_over"].formula == "上年结转下年 = 本年上年结转"
        assert str(RULES["row_total"].formula).endswith("= 总计")
        assert RULES["documents_roll_forward"].formula == (
            "上年现行有效件数 + 本年制发件数 − 本年废止件数 = 本年现行有效件数"
        )


@each_rule
def test_every_rule_has_a_page(db: None, reader: Client, code: str) -> None:
    rule = RULES[code]
    text = page(reader, f"/rules/{code}/")
    for said in (str(rule.label), str(rule.help), str(rule.todo), f"第 {rule.version} 版"):
        assert said in text


def test_the_list_leads_to_all_of_them_without_asking_the_database(db: None, reader: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        text = page(reader, "/rules/")
    assert all(f"/rules/{code}/" in text for code in RULES)
    assert len(queries) == 0


def test_there_is_no_page_for_a_rule_that_does_not_exist(db: None, reader: Client) -> None:
    assert reader.get("/rules/no_such_rule/").status_code == 404


def test_a_public_finding_leads_to_its_rule_and_tells_readers_not_what_to_do(township: Agency, reader: Client) -> None:
    publish(township, 2023, {"applications.granted.natural_person": 1})
    text = page(reader, "/reports/990101101000/2023/")
    assert "/rules/row_total/" in text
    assert "自然人 1 ≠ 总计 0，相差 1。" in text
    assert "“自然人”若为 0，各处相符。" in text
    assert "请核对" not in text


@each_rule
def test_no_reader_is_told_to_mend_a_report(code: str) -> None:
    content, finding = example(code)
    with translation.override("zh-hans"):
        public, filer = (message(finding, content.edition, who) for who in ("public", "filer"))
    assert "请" not in public
    assert filer != public
    assert filer.startswith(public.partition("。")[0])


def test_a_confirmed_finding_of_a_soft_rule_is_worded_for_readers(township: Agency, reader: Client) -> None:
    version = publish(township, 2023, {}, overview="全年收到申请3件。")
    version.findings.update(decision=Decision.CONFIRMED)
    text = page(reader, "/reports/990101101000/2023/")
    assert "“总体情况”中写的是 3" in text
    assert "请核对" not in text
