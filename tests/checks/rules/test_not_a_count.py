"""Negative, fractional and far too large numbers, and words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from reports.checks.content import Content
from reports.checks.engine import examine
from reports.checks.rules.not_a_count import not_a_count
from reports.standard.marks import means_blank
from tests.checks.independent import content
from tests.standard.contract import CONTRACT, EDITION_NAMES

ZEROS: dict[str, Any] = {cell.key: 0 for cell in CONTRACT["2021"]}
FEES = "disclosure.fees.amount"
GRANTED = "applications.granted.total"


def with_mark(key: str, mark: str, **more: Any) -> Content:
    return content("2021", ZEROS | {key: None}, marks={key: mark}, **more)


def rules(checked: Content) -> list[str]:
    return [finding.rule for finding in examine(checked).findings]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (GRANTED, -1),
        (GRANTED, Decimal("1.5")),
        (GRANTED, 12_345_678_901),
        ("disclosure.licensing.decisions", -3),
        (FEES, Decimal("-0.01")),
        (FEES, Decimal("0.1234567")),
    ],
)
def test_a_number_that_the_cell_does_not_count_in(key: str, value: Any) -> None:
    (finding,) = not_a_count(content("2021", ZEROS | {key: value}))
    assert (finding.where, finding.cells, finding.operands) == (key, (key,), {key: value})


@pytest.mark.parametrize(
    ("key", "value"), [(FEES, Decimal("12.35")), (GRANTED, 999_999_999), (GRANTED, Decimal("3.0"))]
)
def test_a_number_that_the_cell_does_count_in(key: str, value: Any) -> None:
    assert not_a_count(content("2021", ZEROS | {key: value})) == []


@pytest.mark.parametrize("edition", EDITION_NAMES)
def test_only_signed_cells_may_be_negative(edition: str) -> None:
    zeros = {cell.key: 0 for cell in CONTRACT[edition]}
    for cell in CONTRACT[edition]:
        findings = not_a_count(content(edition, zeros | {cell.key: -1}))
        assert [finding.where for finding in findings] == ([] if cell.signed else [cell.key])


@pytest.mark.parametrize("mark", ["若干", "1.5", "3件", "1 2", "详见附件", "约5"])
def test_words_are_no_count_and_no_blank(mark: str) -> None:
    assert not means_blank(mark)
    assert rules(with_mark(GRANTED, mark)) == ["not_a_count"]


def test_what_the_import_could_not_read_for_certain_is_not_held_against_the_filer() -> None:
    assert not_a_count(with_mark(FEES, "000", doubted=frozenset({FEES}))) == []


def test_a_negative_number_is_known_and_added_up() -> None:
    assert rules(content("2021", ZEROS | {GRANTED: -1})) == ["row_total", "results_total", "not_a_count"]


def test_what_is_no_count_is_unknown_to_the_equations() -> None:
    assert rules(content("2021", ZEROS | {GRANTED: Decimal("1.5")})) == ["not_a_count"]
