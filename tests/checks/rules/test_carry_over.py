"""What was carried out of last year, in each column and across editions."""

from __future__ import annotations

import pytest

from reports.checks.across_years import check_across_years
from tests.checks.test_across_years import places, report
from tests.standard.contract import CONTRACT

COLUMNS = [cell.key.rpartition(".")[2] for cell in CONTRACT["2021"] if cell.key.startswith("applications.carried_in.")]


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
