"""Numerals as prose writes them, and texts that nobody would write."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reports.checks.engine import examine
from reports.checks.narrative.numerals import quantities, value_of
from tests.checks.rules.texts import SOFT, report


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
