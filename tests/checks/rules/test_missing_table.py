"""Tables that are absent, one or all."""

from __future__ import annotations

from typing import Any

import pytest

from reports.checks.content import Content
from reports.checks.engine import examine
from reports.checks.rules.missing_table import missing_table
from tests.checks.independent import content
from tests.standard.contract import CONTRACT

ZEROS: dict[str, Any] = {cell.key: 0 for cell in CONTRACT["2021"]}


@pytest.mark.parametrize("table", ["disclosure", "applications", "proceedings"])
def test_a_missing_table_is_all_that_is_said_about_its_cells(table: str) -> None:
    blank = {key: None if key.startswith(table) else 0 for key in ZEROS}
    (finding,) = examine(content("2021", blank, missing_tables=frozenset({table}))).findings
    assert (finding.rule, finding.where, finding.cells) == ("missing_table", table, ())


def test_a_report_without_tables_lacks_all_three() -> None:
    findings = examine(Content("", 2023)).findings
    assert [(finding.rule, finding.where) for finding in findings] == [
        ("missing_table", "disclosure"),
        ("missing_table", "applications"),
        ("missing_table", "proceedings"),
    ]


def test_a_report_with_its_tables_lacks_none() -> None:
    assert missing_table(content("2021", ZEROS)) == []
