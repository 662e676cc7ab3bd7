"""Figures far from what is usual: pass, fail, too little to say."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from reports.checks.comparables import Comparables
from reports.checks.content import Content, RuleFinding
from reports.checks.engine import examine
from reports.checks.rules import RULES
from reports.checks.unlikely import MIN_PEERS, is_far, measured, unlikely_figure
from tests.standard.contract import CONTRACT

LICENSING = "disclosure.licensing.decisions"
FEES = "disclosure.fees.amount"
ZEROS: dict[str, Any] = {cell.key: 0 for cell in CONTRACT["2021"]}


def report(entries: dict[str, Any], **more: Any) -> Content:
    return Content("2021", 2023, "青山镇人民政府", figures=ZEROS | entries, **more)


def years(key: str, *values: Any) -> list[dict[str, Any]]:
    return [ZEROS | {key: value} for value in values]


def found(content: Content, earlier: Any = (), peers: Any = ()) -> list[tuple[str, Any]]:
    return [(finding.where, finding.actual) for finding in unlikely_figure(content, earlier, peers)]


def test_a_figure_far_from_its_own_history_is_named_with_what_is_usual() -> None:
    (finding,) = unlikely_figure(report({LICENSING: 4700}), years(LICENSING, 40, 47, 52, 44), ())
    assert (finding.rule, finding.where, finding.cells) == ("unlikely_figure", LICENSING, (LICENSING,))
    assert (finding.expected, finding.actual) == (Decimal("45.5"), 4700)
    assert finding.operands == {
        LICENSING: 4700,
        "beside": "own",
        "count": 4,
        "middle": Decimal("45.5"),
        "lowest": 40,
        "highest": 52,
    }
    assert RULES["unlikely_figure"].severity == "info"


@pytest.mark.parametrize("value", [38, 47, 60, 150])
def test_a_figure_near_its_own_history_is_likely(value: int) -> None:
    assert found(report({LICENSING: value}), years(LICENSING, 40, 47, 52, 44)) == []


def test_so_is_one_that_falls_to_nothing() -> None:
    assert found(report({}), years(LICENSING, 400, 470, 520)) == [(LICENSING, 0)]


@pytest.mark.parametrize("series", [(0, 0, 0), (0, 0, 0, 30)])
def test_on_a_series_of_zeros_nothing_is_said(series: tuple[int, ...]) -> None:
    assert found(report({LICENSING: 4700}), years(LICENSING, *series)) == []


def test_two_years_are_too_few() -> None:
    assert found(report({LICENSING: 4700}), years(LICENSING, 40, 47)) == []
    assert found(report({LICENSING: 4700}), years(LICENSING, 40, 47, None)) == []


def test_a_small_difference_is_no_surprise_however_many_times_it_is() -> None:
    assert found(report({LICENSING: 15}), years(LICENSING, 1, 2, 1)) == []


def test_a_series_that_always_jumps_about_may_jump_again() -> None:
    assert not is_far(2000, [3, 40, 500, 90, 900])


def test_without_a_history_of_its_own_the_peers_say_what_is_usual() -> None:
    peers = years(LICENSING, 30, 35, 28, 40, 33, 31, 36, 42)
    (finding,) = unlikely_figure(report({LICENSING: 3300}), (), peers)
    assert (finding.operands["beside"], finding.operands["count"]) == ("peers", 8)
    assert found(report({LICENSING: 60}), (), peers) == []
    assert found(report({LICENSING: 3300}), (), peers[: MIN_PEERS - 1]) == []


def test_what_is_usual_for_the_agency_counts_before_what_is_usual_for_others() -> None:
    peers = years(LICENSING, *[30] * 9)
    assert found(report({LICENSING: 3300}), years(LICENSING, 3000, 3100, 3500), peers) == []


def test_an_amount_entered_in_yuan_is_far_from_those_in_ten_thousand_yuan() -> None:
    earlier = years(FEES, Decimal("1.20"), Decimal("1.35"), Decimal("0.90"))
    assert found(report({FEES: Decimal("13500.00")}), earlier) == [(FEES, Decimal("13500.00"))]


def test_an_unknown_or_doubted_figure_is_neither_likely_nor_unlikely() -> None:
    earlier = years(LICENSING, 40, 47, 52)
    assert found(report({LICENSING: None}), earlier) == []
    assert found(report({LICENSING: 4700}, doubted=frozenset({LICENSING})), earlier) == []
    assert found(report({LICENSING: 4700}, missing_tables=frozenset({"disclosure"})), earlier) == []
    assert found(Content("", 2023), earlier) == []


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_what_follows_from_another_cell_is_left_to_that_cell(edition: str) -> None:
    keys = measured(edition)
    assert "applications.received.total" in keys
    assert "proceedings.reconsideration.total" in keys
    assert LICENSING in keys
    assert not {"applications.received.natural_person", "applications.concluded.total"} & set(keys)
    assert "applications.carried_in.total" not in keys
    assert "proceedings.reconsideration.upheld" not in keys


def test_the_engine_hands_the_series_to_the_rule() -> None:
    comparables = Comparables(earlier=tuple(years(LICENSING, 40, 47, 52)))
    findings: tuple[RuleFinding, ...] = examine(report({LICENSING: 4700}), comparables=comparables).findings
    assert [finding.rule for finding in findings] == ["unlikely_figure"]
