"""Small inputs that were misread once, each with what a careful reader takes from it. They are no part of the project: the folder
is named by NIANBAO_CASES, else it stands beside the clone."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reports.importing.parsed import ParsedReport
from reports.importing.read import read_report

FOLDER = Path(os.environ.get("NIANBAO_CASES", Path(__file__).resolve().parents[3] / "shared" / "cases"))
EXPECTED = {file.name.removesuffix(".expect.json"): file for file in sorted(FOLDER.glob("*.expect.json"))}
NOT_YET = {
    "cell_text_broken",
    "colspan_with_semicolon",
    "colspans_lost",
    "decimals_point_zero",
    "fees_in_yuan",
    "heading_span_off_by_one",
    "merged_cells_repeated",
    "missing_table_though_unread",
    "one_line_report",
    "pipe_rows_padded_blanks",
    "row_run_together",
}
"""Cases whose right reading is still to be done: one that is read right fails here until its name is taken out."""


def case(name: str) -> Any:
    marks = [pytest.mark.xfail(strict=True, reason="not read right yet")] if name in NOT_YET else []
    return pytest.param(EXPECTED[name], id=name, marks=marks)


@pytest.mark.skipif(not EXPECTED, reason=f"no cases in {FOLDER} (NIANBAO_CASES)")
@pytest.mark.parametrize("file", [case(name) for name in EXPECTED] or [FOLDER])
def test_a_case_is_read_as_a_careful_reader_reads_it(file: Path) -> None:
    expected = json.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    name = file.name.removesuffix(".expect.json")
    source = next(each for each in file.parent.glob(f"{name}.*") if each != file)
    parsed = read_report(source.read_bytes(), source.name)
    assert parsed.edition is not None
    assert {key: parsed.figures.get(key) for key in expected["figures"]} == expected["figures"]
    assert parsed.doubted & expected["figures"].keys() == set()
    assert {key: parsed.narrative[key] for key in expected.get("narrative", {})} == expected.get("narrative", {})
    assert told_of(parsed, expected) == expected_of(parsed, expected)


def told_of(parsed: ParsedReport, expected: dict[str, Any]) -> dict[str, Any]:
    """Agency and year, as far as the case is about them, and the problems that name them."""
    about = {key for key in ("agency", "year") if key in expected}
    problems = [problem.code for problem in parsed.problems if problem.where in about]
    return {**{key: getattr(parsed, key) for key in about}, "problems": problems}


def expected_of(parsed: ParsedReport, expected: dict[str, Any]) -> dict[str, Any]:
    return {**{key: expected[key] for key in ("agency", "year") if key in expected}, "problems": []}
