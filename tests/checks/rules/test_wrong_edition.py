"""Tables of another edition than the year's."""

from __future__ import annotations

import pytest

from reports.checks.content import Content
from reports.checks.rules.wrong_edition import wrong_edition


@pytest.mark.parametrize(
    ("edition", "year", "wrong"),
    [("2019", 2019, 0), ("2019", 2020, 0), ("2019", 2021, 1), ("2021", 2020, 1), ("2021", 2021, 0), ("2021", 2018, 1)],
)
def test_the_tables_are_of_the_edition_of_the_year(edition: str, year: int, wrong: int) -> None:
    findings = wrong_edition(Content(edition, year))
    assert len(findings) == wrong
    for finding in findings:
        assert (finding.where, finding.operands) == ("document", {"edition": edition, "year": year})


def test_without_a_year_or_a_table_no_edition_is_wrong() -> None:
    assert wrong_edition(Content("2021", None)) == wrong_edition(Content("", 2023)) == []
