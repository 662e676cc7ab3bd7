"""This year's report against last year's: pass, fail, undecided."""

from __future__ import annotations

from typing import Any

import pytest

from reports.checks.across_years import check_across_years
from reports.checks.content import Content, RuleFinding
from tests.standard.contract import CONTRACT


def report(edition: str, year: int, figures: dict[str, Any] | None = None, **more: Any) -> Content:
    zeros: dict[str, Any] = {cell.key: 0 for cell in CONTRACT[edition]}
    return Content(edition, year, figures=zeros | (figures or {}), **more)


def places(findings: list[RuleFinding]) -> list[tuple[str, str]]:
    return [(finding.rule, finding.where) for finding in findings]


@pytest.mark.parametrize(
    ("this", "before"),
    [
        ({"applications.carried_in.total": None}, {"applications.carried_out.total": 2}),
        ({"applications.carried_in.total": 1}, {"applications.carried_out.total": None}),
        ({"disclosure.regulations.issued": None, "disclosure.regulations.in_force": 4}, {}),
        ({"disclosure.regulations.in_force": 4}, {"disclosure.regulations.in_force": None}),
    ],
)
def test_what_either_report_leaves_unknown_contradicts_nothing(this: dict[str, Any], before: dict[str, Any]) -> None:
    assert check_across_years(report("2021", 2023, this), report("2021", 2022, before)) == []


@pytest.mark.parametrize("year", [2020, 2021, 2023, 2024])
def test_only_the_year_before_counts(year: int) -> None:
    carried_out = {"applications.carried_out.total": 2}
    assert check_across_years(report("2021", 2023), report("2021", year, carried_out)) == []


def test_the_first_report_of_an_agency_continues_nothing() -> None:
    assert check_across_years(report("2021", 2023, {"applications.carried_in.total": 2}), None) == []
    assert check_across_years(report("2021", 2023), Content("", 2022)) == []


def test_a_missing_table_on_either_side_contradicts_nothing() -> None:
    this, before = {"applications.carried_in.total": 1}, {"applications.carried_out.total": 2}
    missing = frozenset({"applications"})
    assert check_across_years(report("2021", 2023, this, missing_tables=missing), report("2021", 2022, before)) == []
    assert check_across_years(report("2021", 2023, this), report("2021", 2022, before, missing_tables=missing)) == []
