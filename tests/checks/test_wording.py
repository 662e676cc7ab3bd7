"""The sentences: what, where, by how much, what to do; the same for a fresh finding and a stored one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from reports.checks.content import Content
from reports.checks.engine import examine
from reports.checks.phrases import printed
from reports.checks.rules import RULES
from reports.checks.wording import message
from tests.checks.independent import content
from tests.standard.contract import CONTRACT

ZEROS: dict[str, Any] = {cell.key: 0 for cell in CONTRACT["2021"]}
A = "applications."
LARGE = "1\N{THIN SPACE}000\N{THIN SPACE}000\N{THIN SPACE}000"


def sentences(checked: Content, last_year: Content | None = None) -> list[str]:
    with translation.override("zh-hans"):
        return [message(finding, checked.edition) for finding in examine(checked, last_year).findings]


def of(entries: dict[str, Any], **more: Any) -> Content:
    return content("2021", ZEROS | entries, **more)


def test_a_column_that_does_not_balance_is_told_in_full() -> None:
    business = {f"{A}{row}.business": value for row, value in [("received", 3), ("granted", 2), ("concluded", 2)]}
    total = {key.replace("business", "total"): value for key, value in business.items()}
    assert sentences(of(business | total)) == [
        "表三“商业企业”列不平：新收 3 + 上年结转 0 ≠ 办理结果总计 2 + 结转下年 0，相差 1。请核对这一列。",
        "表三“总计”列不平：新收 3 + 上年结转 0 ≠ 办理结果总计 2 + 结转下年 0，相差 1。请核对这一列。",
    ]


def test_the_one_cell_that_would_put_it_right_is_named() -> None:
    number = "12\N{THIN SPACE}000"
    granted = "请核对“（一）予以公开”：若为 0，各处相符。"
    assert sentences(of({f"{A}granted.natural_person": 12_000})) == [
        f"表三“（一）予以公开”行不平：自然人 {number} ≠ 总计 0，相差 {number}。请核对“自然人”：若为 0，各处相符。",
        f"表三“自然人”列不平：（一）予以公开 {number} ≠ 办理结果总计 0，相差 {number}。" + granted,
    ]


def test_a_block_of_proceedings_is_named_by_its_heading() -> None:
    entries = {"proceedings.direct_litigation.upheld": 1, "proceedings.direct_litigation.pending": 1}
    assert sentences(of(entries)) == [
        "表四“未经复议直接起诉”栏不平：结果维持 1 + 尚未审结 1 ≠ 总计 0，相差 2。请核对“总计”：若为 2，各处相符。"
    ]


def test_a_total_of_nothing_is_told_as_a_sum() -> None:
    assert sentences(of({"proceedings.reconsideration.total": 2})) == [
        "表四“行政复议”栏不平：各项之和 0 ≠ 总计 2，相差 2。请核对这一栏。"
    ]


def test_what_no_number_could_mend_is_told_with_what_is_known() -> None:
    row = {f"{A}granted.natural_person": 5, f"{A}granted.business": None, f"{A}granted.total": 3}
    assert "表三“（一）予以公开”行不平：已填的自然人 5 已超过总计 3，至少多 2。请核对这一行。" in sentences(of(row))


@pytest.mark.parametrize(
    ("entries", "marks", "sentence"),
    [
        (
            {f"{A}granted.natural_person": None, f"{A}granted.total": None},
            {f"{A}granted.total": "/"},
            "表三“（一）予以公开”行有 2 格没有数字：“自然人”、“总计”只有“/”。没有发生的请填 0。",
        ),
        (
            {"disclosure.fees.amount": None},
            {},
            "表二“行政事业性收费”行有 1 格没有数字：“本年收费金额（单位：万元）”。没有发生的请填 0。",
        ),
        (
            dict.fromkeys([key for key in ZEROS if key.startswith("disclosure.regulations.")]),
            {},
            "表二“规章”行整行没有填。没有发生的请填 0。",
        ),
        (
            {f"{A}other_other.total": None},
            {f"{A}other_other.total": "若干"},
            "表三“（六）3.其他”行“总计”填的是“若干”，不是数字。请填实际的数，没有的填 0。",
        ),
        (
            {f"{A}other_other.total": None},
            {f"{A}other_other.total": "1.5"},
            "表三“（六）3.其他”行“总计”是 1.5，不是整数。请核对。",
        ),
        (
            {"disclosure.fees.amount": Decimal("-1.20")},
            {},
            "表二“行政事业性收费”行“本年收费金额（单位：万元）”是 −1.2，不能小于 0。请核对。",
        ),
        (
            {"disclosure.licensing.decisions": 1_000_000_000},
            {},
            f"表二“行政许可”行“本年处理决定数量”是 {LARGE}，位数过多。请核对是否把几个数连在了一起。",
        ),
    ],
)
def test_a_cell_that_holds_no_number(entries: dict[str, Any], marks: dict[str, str], sentence: str) -> None:
    assert sentences(of(entries, marks=marks)) == [sentence]


def test_what_the_import_could_not_read_is_not_held_against_the_filer() -> None:
    key = f"{A}carried_out.research"
    assert sentences(of({key: None}, doubted=frozenset({key}))) == [
        "表三“结转下年”行是否相符还不能判断：“科研机构”没有读出。请对照原件补上。",
        "表三“科研机构”列是否相符还不能判断：“结转下年”没有读出。请对照原件补上。",
    ]


def test_tables_that_are_absent_or_of_another_edition() -> None:
    assert sentences(of({}, missing_tables=frozenset({"proceedings"}))) == [
        "报告中没有“四、政府信息公开行政复议、行政诉讼情况”的表格。没有发生的也要列表填 0，请补上。"
    ]
    assert sentences(Content("2021", 2020, figures=ZEROS)) == [
        "2020年度报告应当用国办公开办函〔2019〕60号规定的表格，现在用的是国办公开办函〔2021〕30号的表格。请换用本年度的表格。"
    ]
    assert sentences(Content("2021", 2018, figures=ZEROS)) == [
        "2018年度还没有统一的格式，表格却是国办公开办函〔2021〕30号规定的格式。请核对年度。"
    ]


def test_what_does_not_continue_last_year() -> None:
    last_year = {f"{A}carried_out.research": 2, "disclosure.regulations.in_force": 10}
    documents = {"issued": 2, "repealed": 1, "in_force": 10}
    this_year = of({f"disclosure.regulations.{cell}": number for cell, number in documents.items()})
    carried, rolled = sentences(this_year, Content("2021", 2022, figures=ZEROS | last_year))
    todo = "请核对两年的报告，属实的请说明原因。"
    assert carried == "表三“科研机构”列与上年不接：上年结转下年 2 ≠ 本年上年结转 0，相差 2。" + todo
    counted = "上年现行有效件数 10 + 本年制发件数 2 − 本年废止件数 1 ≠ 本年现行有效件数 10"
    assert rolled == f"表二“规章”行与上年不接：{counted}，相差 1。{todo}"


def test_every_rule_has_a_name_and_help_in_both_languages() -> None:
    for code, rule in RULES.items():
        assert rule.code == code
        for language, full_stop in (("zh-hans", "。"), ("en", ".")):
            with translation.override(language):
                assert str(rule.label)
                assert str(rule.help).endswith(full_stop)


def test_the_registry_holds_every_code_of_the_design_with_its_severity() -> None:
    errors = "row_total results_total flow_balance proceedings_total undecided not_a_count missing_table"
    warnings = (
        "wrong_edition carry_over documents_roll_forward roll_up narrative_figure narrative_sum narrative_change "
        "wrong_year wrong_agency template_text reused_text regulations_beyond_power"
    )
    severities = dict.fromkeys(errors.split(), "error") | dict.fromkeys(warnings.split(), "warning")
    assert {code: rule.severity for code, rule in RULES.items()} == severities | dict.fromkeys(
        ["unlikely_figure", "partly_checked"], "info"
    )


def test_in_english_the_names_are_the_english_ones() -> None:
    (finding, *_others) = examine(of({f"{A}granted.natural_person": 1})).findings
    with translation.override("en"):
        assert "Table 3" in message(finding, "2021")
        assert "Natural persons 1" in message(finding, "2021")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (9999, "9999"),
        (12345, "12\N{THIN SPACE}345"),
        (-1234567, "−1\N{THIN SPACE}234\N{THIN SPACE}567"),
        (Decimal("12.500000"), "12.5"),
    ],
)
def test_numbers_are_grouped_from_five_digits(value: Any, text: str) -> None:
    assert printed(value) == text
