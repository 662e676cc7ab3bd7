"""Documents in force, from one year to the next."""

from __future__ import annotations

import pytest

from reports.checks.across_years import check_across_years
from tests.checks.test_across_years import places, report


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
