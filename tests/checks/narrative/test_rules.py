"""Each rule about the text: where it is silent, what it says, and where it cannot tell."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from reports.checks.content import Content, Finding
from reports.checks.engine import examine
from reports.checks.narrative.numerals import quantities, value_of
from reports.checks.rules import RULES
from reports.checks.wording import message
from reports.standard import EDITIONS

ZEROS: dict[str, Any] = dict.fromkeys(EDITIONS["2021"].figures, 0)
SOFT = [rule for rule in RULES.values() if rule.severity == "warning"]
RECEIVED = "applications.received.total"


def report(text: str, entries: dict[str, Any] | None = None, **more: Any) -> Content:
    part = more.pop("part", "overview")
    fields: dict[str, Any] = {"edition": "2021", "year": 2023, "agency": "汐川县枫渡镇人民政府", **more}
    return Content(figures=ZEROS | (entries or {}), narrative={part: text}, **fields)


def received(number: int) -> dict[str, Any]:
    keys = ["applications.received", "applications.granted", "applications.concluded"]
    return {f"{key}.{column}": number for key in keys for column in ("natural_person", "total")}


def findings(content: Content, last_year: Content | None = None) -> list[Finding]:
    return list(examine(content, last_year, SOFT).findings)


def sentence(content: Content, last_year: Content | None = None) -> str:
    (finding,) = findings(content, last_year)
    with translation.override("zh-hans"):
        return message(finding, content.edition)


# narrative_figure


def test_a_number_of_the_text_is_held_against_its_cells() -> None:
    content = report("一年来工作扎实。全年收到政府信息公开申请２件。没有收费。", received(3))
    (finding,) = findings(content)
    assert (finding.rule, finding.where, finding.cells) == ("narrative_figure", "overview", (RECEIVED,))
    assert (finding.expected, finding.actual, finding.quote) == (3, 2, "全年收到政府信息公开申请２件。")
    assert sentence(content) == "“总体情况”中写的是 2，表三“新收”行“总计”是 3，相差 1。请核对文字和表格。"
    assert findings(report("全年收到政府信息公开申请３件。", received(3))) == []


def test_a_negation_covers_all_that_it_names() -> None:
    entries = received(1) | {"proceedings.reconsideration.upheld": 1, "proceedings.reconsideration.total": 1}
    found = findings(report("未收到申请，未发生复议、诉讼。", entries))
    assert [finding.cells[0] for finding in found] == [RECEIVED, "proceedings.reconsideration.total"]
    assert findings(report("未收到申请，未发生复议、诉讼。")) == []


def test_a_sum_of_cells_is_named_by_them() -> None:
    said = sentence(report("全年发生行政诉讼2件。"))
    assert (
        said == "“总体情况”中写的是 2，表四“总计”列“未经复议直接起诉”、“复议后起诉”之和是 0，相差 2。请核对文字和表格。"
    )


@pytest.mark.parametrize("unknown", [{"figures": {RECEIVED: None}}, {"doubted": frozenset({RECEIVED})}])
def test_an_unknown_cell_contradicts_nothing(unknown: dict[str, Any]) -> None:
    content = report("全年收到政府信息公开申请2件。", received(3))
    figures = {**content.figures, **unknown.pop("figures", {})}
    assert findings(dataclasses.replace(content, figures=figures, **unknown)) == []


def test_what_is_received_may_include_what_was_carried_in_or_not() -> None:
    entries = received(2) | {"applications.carried_in.natural_person": 1, "applications.carried_in.total": 1}
    entries |= {key: 3 for key in entries if "granted" in key or "concluded" in key}
    for number, rules in [(1, ["narrative_figure"]), (2, []), (3, []), (4, ["narrative_figure"])]:
        found = findings(report(f"全年收到申请{number}件。", entries))
        assert [finding.rule for finding in found] == rules, number


def test_a_total_that_is_wrong_in_itself_is_left_to_its_own_rule() -> None:
    entries = {"proceedings.reconsideration.upheld": 1}
    assert findings(report("全年行政复议1件。", entries)) == []
    assert [finding.rule for finding in findings(report("全年行政复议2件。", entries))] == ["narrative_figure"]


# narrative_sum


def test_parts_that_miss_their_total_are_added_up() -> None:
    said = sentence(report("共公开信息327条，其中网站235条、公众号57条、公开栏30条。"))
    assert said == "“总体情况”中列举的各项 235 + 57 + 30 = 322，与总数 327 相差 5。请核对各项和总数。"
    assert findings(report("共公开信息327条，其中网站235条、公众号57条、公开栏35条。")) == []
    assert findings(report("共公开信息327条，其中网站235条、公众号57条等。")) == []


# narrative_change


def test_a_change_is_recomputed_from_last_years_report() -> None:
    this, last = report("全年收到申请4件，比上年增加1件。", received(4)), report("", received(2), year=2022)
    (finding,) = findings(this, last)
    assert (finding.rule, finding.expected, finding.actual, finding.cells) == ("narrative_change", 2, 1, (RECEIVED,))
    assert sentence(this, last) == "“总体情况”中说增加 1，而本年 4、上年 2，应为增加 2。请重新计算。"
    assert findings(this, report("", received(3), year=2022)) == []


def test_a_change_without_anything_to_recompute_it_from_is_left_alone() -> None:
    this = report("全年收到申请4件，比上年增加1件。", received(4))
    assert findings(this) == []
    assert findings(this, report("", received(2), year=2021)) == []


def test_a_percentage_may_be_off_by_half_of_its_last_digit() -> None:
    for stated, rules in [("33%", []), ("33.3%", []), ("33.4%", ["narrative_change"]), ("34%", ["narrative_change"])]:
        found = findings(report(f"公开信息120条，上年90条，同比增长{stated}。"))
        assert [finding.rule for finding in found] == rules, stated
    assert sentence(report("公开信息120条，上年90条，同比增长34%。")) == (
        "“总体情况”中说增长 34%，而本年 120、上年 90，应为增长 33.3%。请重新计算。"
    )


# wrong_year, wrong_agency, template_text


def test_another_years_period_is_named() -> None:
    text = "数据统计期限为2021年1月1日至12月31日。"
    assert sentence(report(text, part="preamble")) == (
        "报告开头中写的是2021年，本报告是2023年度的。请核对是否沿用了往年的文字。"
    )
    assert findings(report(text, part="preamble", year=2021)) == []
    assert findings(report(text, part="preamble", year=None)) == []


def test_another_places_name_is_named() -> None:
    text = "2023年，黛山乡人民政府未收取信息处理费。"
    assert sentence(report(text)) == "“总体情况”中出现了“黛山乡”，不是本报告的单位。请核对是否沿用了别处的文字。"
    assert findings(report(text, agency="汐川县黛山乡人民政府")) == []
    assert findings(report(text, agency="汐川县教育局")) == []
    assert findings(report(text, agency="")) == []


def test_what_nobody_filled_in_is_named() -> None:
    assert sentence(report("工作有序。XX镇公开信息80条。")) == "“总体情况”中留有没有填写的“XX”。请补全或删去。"
    assert findings(report("网址 http://xxgk.example/xxx/ ，电话138****1234。")) == []
    assert findings(report("")) == []


# regulations_beyond_power


def test_regulations_of_a_township_are_beyond_its_power() -> None:
    entries = {"disclosure.regulations.in_force": 2}
    assert sentence(report("", entries)) == (
        "表二“规章”行填有“现行有效件数” 2。县、乡级机关无权制定规章。请填 0；规范性文件填在下一行。"
    )
    assert findings(report("")) == []
    assert [finding.rule for finding in findings(report("", entries, agency="某局", level=3))] != []
    assert findings(report("", entries, agency="某市", level=2)) == []
    assert findings(report("", entries, agency="某市")) == []


# Numerals, and texts that nobody would write


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("12", 12), ("1,206", 1206), ("十", 10), ("十二", 12), ("两", 2), ("一百零五", 105), ("一万二千零三十四", 12034)],
)
def test_numerals(numeral: str, value: int) -> None:
    assert value_of(numeral) == value


def test_two_digits_in_a_row_are_no_number() -> None:
    assert value_of("二三") is None
    assert value_of("二三十") is None


def test_a_rounded_number_fits_what_it_may_have_been_rounded_from() -> None:
    (quantity,) = quantities("1.2万件")
    assert (quantity.value, quantity.slack) == (Decimal(12000), Decimal(500))
    assert quantity.fits(12499)
    assert not quantity.fits(12501)


@pytest.mark.slow  # Anything worse than linear would not come to an end.
@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "其中1件",
        "未",
        "收到申请",
        "(",
        "全年共收到申请3件、其中自然人2件、",
        "，黛山乡",
        "X×",
        "申请 ",
        "未收到申请1件\n",
        "十",
        "2022年1月1日至",
    ],
)
def test_a_megabyte_of_nonsense_is_done_with(unit: str) -> None:
    content = report(unit * (1_000_000 // len(unit)))
    assert examine(content, None, SOFT).faults == ()
