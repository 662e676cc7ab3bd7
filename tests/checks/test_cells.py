"""Blanks, marks, what is no count, tables absent or of another edition: pass, fail, and exactly which cells."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.checks.cells import missing_table, not_a_count, undecided, wrong_edition
from reports.checks.content import Content
from reports.checks.engine import examine
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


# undecided


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


# not_a_count


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


# missing_table


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


# wrong_edition


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
