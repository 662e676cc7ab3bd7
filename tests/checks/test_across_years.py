"""This year's report against last year's: pass, fail, undecided."""

from __future__ import annotations

from typing import Any

import pytest

from reports.checks.across_years import check_across_years
from reports.checks.content import Content, Finding
from tests.standard.contract import CONTRACT

COLUMNS = [cell.key.rpartition(".")[2] for cell in CONTRACT["2021"] if cell.key.startswith("applications.carried_in.")]


def report(edition: str, year: int, figures: dict[str, Any] | None = None, **more: Any) -> Content:
    zeros: dict[str, Any] = {cell.key: 0 for cell in CONTRACT[edition]}
    return Content(edition, year, figures=zeros | (figures or {}), **more)


def places(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.rule, finding.where) for finding in findings]


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize(
    ("edition", "edition_before", "year"), [("2021", "2021", 2023), ("2021", "2019", 2021), ("2019", "2019", 2020)]
)
def test_what_was_carried_out_is_carried_in(edition: str, edition_before: str, year: int, column: str) -> None:
    carried_out, carried_in = f"applications.carried_out.{column}", f"applications.carried_in.{column}"
    last_year = report(edition_before, year - 1, {carried_out: 2})
    assert check_across_years(report(edition, year, {carried_in: 2}), last_year) == []
    (finding,) = check_across_years(report(edition, year, {carried_in: 5}), last_year)
    assert places([finding]) == [("carry_over", carried_in)]
    assert finding.cells == (carried_in,)
    assert finding.operands == {f"last_year.{carried_out}": 2, carried_in: 5}
    assert (finding.expected, finding.actual) == (2, 5)


@pytest.mark.parametrize("kind", ["regulations", "normative_documents"])
def test_documents_in_force_roll_forward(kind: str) -> None:
    row = f"disclosure.{kind}"
    last_year = report("2021", 2022, {f"{row}.in_force": 10})
    figures = {f"{row}.issued": 2, f"{row}.repealed": 1, f"{row}.in_force": 11}
    assert check_across_years(report("2021", 2023, figures), last_year) == []
    for cell, expected, actual in [("issued", 12, 11), ("repealed", 10, 11), ("in_force", 11, 12)]:
        wrong = figures | {f"{row}.{cell}": figures[f"{row}.{cell}"] + 1}
        (finding,) = check_across_years(report("2021", 2023, wrong), last_year)
        assert places([finding]) == [("documents_roll_forward", row)]
        assert finding.cells == tuple(f"{row}.{name}" for name in ("issued", "repealed", "in_force"))
        assert finding.operands == {f"last_year.{row}.in_force": 10} | wrong
        assert (finding.expected, finding.actual) == (expected, actual)


def test_the_trial_edition_counted_no_documents_in_force() -> None:
    last_year = report("2019", 2020, {"disclosure.normative_documents.total_published": 7})
    assert check_across_years(report("2021", 2021, {"disclosure.normative_documents.in_force": 3}), last_year) == []


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
