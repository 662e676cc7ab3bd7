"""Numbers of the text against cells: where they differ, and where nobody can tell."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from tests.checks.rules.texts import RECEIVED, findings, received, report, sentence


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
