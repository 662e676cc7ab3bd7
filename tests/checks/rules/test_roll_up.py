"""A whole against its units: pass, fail, undecided."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from reports.checks.comparables import Unit
from reports.checks.content import Content, RuleFinding
from reports.checks.rules.roll_up import roll_up
from tests.standard.contract import CONTRACT

ZEROS: dict[str, Any] = {cell.key: 0 for cell in CONTRACT["2021"]}
LICENSING = "disclosure.licensing.decisions"
RECEIVED = "applications.received.total"


def report(entries: dict[str, Any] | None = None, **more: Any) -> Content:
    return Content("2021", 2023, more.pop("agency", "示例县人民政府"), figures=ZEROS | (entries or {}), **more)


def units(*figures: dict[str, Any] | None) -> list[Unit]:
    return [
        Unit(f"99010110{number}000", f"第{number}镇人民政府", None if entries is None else report(entries))
        for number, entries in enumerate(figures, 1)
    ]


def said(findings: list[RuleFinding]) -> list[tuple[str, str]]:
    return [(finding.where, finding.severity or "warning") for finding in findings]


def test_a_whole_that_is_the_sum_of_its_units_is_sound() -> None:
    assert roll_up(report({LICENSING: 7}), units({LICENSING: 3}, {LICENSING: 4})) == []


@pytest.mark.parametrize("key", ZEROS)
def test_any_cell_that_differs_is_found_with_what_each_unit_has(key: str) -> None:
    (finding,) = roll_up(report({key: 8}), units({key: 3}, {key: 4}, {}))
    assert (finding.rule, finding.where, finding.cells, finding.severity) == ("roll_up", key, (key,), "")
    assert (finding.expected, finding.actual) == (7, 8)
    assert finding.operands == {
        key: 8,
        "units": 3,
        "missing": "",
        "unit.990101101000": 3,
        "unit.990101102000": 4,
    }


def test_a_change_in_any_unit_changes_the_finding() -> None:
    prints = {
        roll_up(report({LICENSING: 9}), units({LICENSING: one}, {LICENSING: two}))[0].fingerprint
        for one, two in itertools.product((1, 2), (3, 4))
    }
    assert len(prints) == 4


def test_units_without_a_report_are_named_and_nothing_is_guessed_for_them() -> None:
    findings = roll_up(report({LICENSING: 9}), units({LICENSING: 3}, None, None))
    assert said(findings) == [("document", "info")]
    assert findings[0].operands == {"units": 3, "missing": "第2镇人民政府、第3镇人民政府"}


def test_what_the_others_exceed_already_is_told_but_accuses_nobody() -> None:
    findings = roll_up(report({LICENSING: 2}), units({LICENSING: 3}, None))
    assert said(findings) == [("document", "info"), (LICENSING, "info")]
    assert (findings[1].expected, findings[1].actual) == (3, 2)


@pytest.mark.parametrize("unknown", ["whole", "unit"])
def test_a_cell_that_either_side_leaves_unknown_is_compared_with_nothing(unknown: str) -> None:
    whole = {LICENSING: None if unknown == "whole" else 9, RECEIVED: 2}
    unit = {LICENSING: None if unknown == "unit" else 3, RECEIVED: 1}
    assert said(roll_up(report(whole), units(unit))) == [(RECEIVED, "warning")]
    assert roll_up(report({LICENSING: 9}, missing_tables=frozenset({"disclosure"})), units({})) == []
    assert roll_up(report({LICENSING: 9}, doubted=frozenset({LICENSING})), units({})) == []


def test_without_units_there_is_nothing_to_sum_up() -> None:
    assert roll_up(report({LICENSING: 9}), []) == []
    assert roll_up(Content("", 2023), units({})) == []


def test_where_nobody_knows_whether_these_are_all_units_nobody_is_accused() -> None:
    assert said(roll_up(report({LICENSING: 9}), units({LICENSING: 3}), certain=False)) == [(LICENSING, "info")]
