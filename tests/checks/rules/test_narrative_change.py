"""Increases and decreases, computed anew."""

from __future__ import annotations

from tests.checks.rules.texts import RECEIVED, findings, received, report, sentence


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
