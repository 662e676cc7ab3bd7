"""Blanks, marks and equations that only a doubt leaves open: exactly which cells."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.checks.content import Content
from reports.checks.engine import examine
from reports.checks.rules.undecided import undecided
from reports.standard.marks import means_blank
from tests.checks.independent import content
from tests.standard.contract import CONTRACT, EDITION_NAMES

ZEROS: dict[str, Any] = {cell.key: 0 for cell in CONTRACT["2021"]}
BLANK_LIKE = [
    "/",
    "／",
    "\\",
    "—",
    "——",
    "-",
    "－",
    "−",
    "–",
    "_",
    "无",
    "空",
    "暂无",
    "不适用",
    "N/A",
    "n/a",
    "×",
    "…",
    " / ",
    "*",
]
FEES = "disclosure.fees.amount"
GRANTED = "applications.granted.total"


def with_mark(key: str, mark: str, **more: Any) -> Content:
    return content("2021", ZEROS | {key: None}, marks={key: mark}, **more)


def rules(checked: Content) -> list[str]:
    return [finding.rule for finding in examine(checked).findings]


@pytest.mark.parametrize("edition", EDITION_NAMES)
def test_each_single_blank_is_reported_with_its_row_and_nothing_else(edition: str) -> None:
    zeros = {cell.key: 0 for cell in CONTRACT[edition]}
    for key in zeros:
        (finding,) = examine(content(edition, zeros | {key: None})).findings
        assert (finding.rule, finding.where, finding.cells) == ("undecided", key.rpartition(".")[0], (key,))
        assert finding.operands == {key: None}


@given(st.sampled_from(EDITION_NAMES), st.data())
def test_blanks_are_reported_row_by_row(edition: str, data: st.DataObject) -> None:
    zeros = {cell.key: 0 for cell in CONTRACT[edition]}
    blank = data.draw(st.sets(st.sampled_from(sorted(zeros)), max_size=50))
    rows: dict[str, set[str]] = {}
    for key in blank:
        rows.setdefault(key.rpartition(".")[0], set()).add(key)
    findings = examine(content(edition, zeros | dict.fromkeys(blank))).findings
    assert {finding.rule for finding in findings} <= {"undecided"}
    assert {finding.where: set(finding.cells) for finding in findings} == rows
    assert len(findings) == len(rows)


@pytest.mark.parametrize("mark", BLANK_LIKE)
def test_a_mark_that_means_nothing_is_a_blank(mark: str) -> None:
    assert means_blank(mark)
    (finding,) = examine(with_mark(GRANTED, mark)).findings
    assert (finding.rule, finding.where, finding.operands) == ("undecided", "applications.granted", {GRANTED: mark})


def test_a_zero_is_not_a_blank() -> None:
    assert undecided(content("2021", ZEROS | {FEES: Decimal("0.00")})) == []


def test_a_cell_that_the_import_doubts_is_not_the_filers_fault() -> None:
    assert rules(with_mark(FEES, "/", doubted=frozenset({FEES}))) == []


def test_an_equation_that_only_a_doubt_leaves_open_is_reported_by_its_place() -> None:
    doubted = content("2021", ZEROS | {GRANTED: None}, doubted=frozenset({GRANTED}))
    findings = examine(doubted).findings
    assert [(finding.rule, finding.where) for finding in findings] == [
        ("undecided", "applications.granted"),
        ("undecided", "applications.concluded.total"),
    ]
    row = tuple(cell.key for cell in CONTRACT["2021"] if cell.key.startswith("applications.granted."))
    assert findings[0].cells == row
    assert findings[0].operands == {"equation": "row_total"} | {key: None if key == GRANTED else 0 for key in row}


def test_an_equation_with_a_blank_of_the_filer_and_a_doubt_is_reported_once_by_its_row() -> None:
    blank, doubt = "applications.granted.business", "applications.granted.natural_person"
    checked = content("2021", ZEROS | {blank: None, doubt: None}, doubted=frozenset({doubt}))
    assert [(finding.where, finding.cells) for finding in undecided(checked)] == [
        ("applications.granted", (blank,)),
        ("applications.concluded.natural_person", next(iter(undecided(checked)[1:])).cells),
    ]


def test_a_doubt_does_not_save_an_equation_that_no_number_could_make_hold() -> None:
    doubt = "applications.granted.business"
    figures = ZEROS | {doubt: None, "applications.granted.natural_person": 3, "applications.granted.total": 1}
    checked = content("2021", figures, doubted=frozenset({doubt}))
    assert ("row_total", "applications.granted") in {(f.rule, f.where) for f in examine(checked).findings}
    assert "applications.granted" not in {finding.where for finding in undecided(checked)}
