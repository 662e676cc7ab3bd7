"""The balance equations, held against a second reckoning made from the printed labels alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.checks.arithmetic import check_arithmetic, culprit
from reports.checks.content import Content
from reports.checks.engine import examine
from reports.standard import EDITIONS
from reports.standard.equations import Equation, YearEquation
from tests.checks.independent import (
    Broken,
    applications,
    broken_equations,
    by,
    content,
    is_concluded,
    is_outcome,
    is_total,
    proceedings,
    sound_figures,
)
from tests.standard.contract import CONTRACT, EDITION_NAMES

editions = st.sampled_from(EDITION_NAMES)
seeds = st.integers(0, 2**32)
sizes = st.sampled_from([1, 9, 300, 50_000])


def found(checked: Content) -> Broken:
    verdict = examine(checked)
    assert not verdict.faults
    return {(finding.rule, frozenset(finding.cells)) for finding in verdict.findings}


@given(editions, seeds, sizes)
def test_a_sound_report_has_no_finding(edition: str, seed: int, largest: int) -> None:
    assert examine(content(edition, sound_figures(edition, seed, largest))).findings == ()


@pytest.mark.parametrize("edition", EDITION_NAMES)
@pytest.mark.parametrize("by_how_much", [1, 7])
def test_any_change_of_any_figure_of_an_empty_report_fires_exactly_the_right_rules(
    edition: str, by_how_much: int
) -> None:
    zeros = {cell.key: 0 for cell in CONTRACT[edition]}
    for key in zeros:
        changed = zeros | {key: by_how_much}
        assert found(content(edition, changed)) == broken_equations(edition, changed), key


@given(editions, seeds, sizes, st.data())
def test_changing_any_one_figure_fires_exactly_the_rules_that_contain_it(
    edition: str, seed: int, largest: int, data: st.DataObject
) -> None:
    figures = sound_figures(edition, seed, largest)
    key = data.draw(st.sampled_from(sorted(figures)))
    step = data.draw(st.sampled_from([1, -1] if figures[key] else [1]))
    changed = figures | {key: figures[key] + step}
    expected = broken_equations(edition, changed)
    assert found(content(edition, changed)) == expected
    assert all(key in cells for _rule, cells in expected)
    assert bool(expected) == (not key.startswith("disclosure."))


@given(editions, seeds, sizes, st.data())
def test_any_number_of_wrong_figures_fires_exactly_the_right_rules(
    edition: str, seed: int, largest: int, data: st.DataObject
) -> None:
    figures = sound_figures(edition, seed, largest)
    wrong = data.draw(st.dictionaries(st.sampled_from(sorted(figures)), st.integers(0, 5), max_size=30))
    assert found(content(edition, figures | wrong)) == broken_equations(edition, figures | wrong)


def test_a_finding_names_its_place_its_operands_and_both_sums() -> None:
    figures = {cell.key: 0 for cell in CONTRACT["2021"]} | {
        "applications.granted.natural_person": 2,
        "applications.granted.business": 1,
        "applications.granted.total": 4,
    }
    finding = next(finding for finding in check_arithmetic(content("2021", figures)) if finding.rule == "row_total")
    assert finding.where == "applications.granted"
    assert finding.cells == tuple(cell.key for cell in CONTRACT["2021"] if cell.key.startswith("applications.granted."))
    assert finding.operands == {key: figures[key] for key in finding.cells}
    assert (finding.expected, finding.actual) == (3, 4)


@pytest.mark.parametrize("edition", EDITION_NAMES)
def test_both_sides_of_each_rule_are_the_ones_that_the_form_names(edition: str) -> None:
    """A 1 in a cell that is summed raises the expected value, a 1 in what the sum is compared with the actual one."""
    zeros = {cell.key: 0 for cell in CONTRACT[edition]}
    for cell in [*applications(edition), *proceedings(edition)]:
        for finding in check_arithmetic(content(edition, zeros | {cell.key: 1})):
            compared = {
                "row_total": is_total(cell),
                "proceedings_total": is_total(cell),
                "results_total": is_concluded(cell),
                "flow_balance": is_concluded(cell) or cell.row_label.startswith("四、"),
            }[finding.rule]
            assert (finding.expected, finding.actual) == ((0, 1) if compared else (1, 0)), (cell, finding.rule)


# Unknown operands: undecided, unless no number of 0 or more could make the equation hold.


@given(editions, seeds, st.data())
def test_a_blank_in_a_sound_report_contradicts_nothing(edition: str, seed: int, data: st.DataObject) -> None:
    figures: dict[str, int | None] = dict(sound_figures(edition, seed, 9))
    for key in data.draw(st.sets(st.sampled_from(sorted(figures)), max_size=40)):
        figures[key] = None
    assert check_arithmetic(content(edition, figures)) == []


@given(editions, seeds, st.data())
def test_an_equation_with_blanks_fails_exactly_when_no_number_could_make_it_hold(
    edition: str, seed: int, data: st.DataObject
) -> None:
    """Tried out: a side can still reach every sum from what is known upwards if one of its cells is blank."""
    figures: dict[str, int | None] = dict(sound_figures(edition, seed, 4))
    figures |= data.draw(
        st.dictionaries(st.sampled_from(sorted(figures)), st.one_of(st.none(), st.integers(0, 5)), max_size=60)
    )
    broken = {(finding.rule, finding.where) for finding in check_arithmetic(content(edition, figures))}
    for equation in EDITIONS[edition].equations:
        reachable = []
        for side in (equation.left, equation.right):
            known = sum(figures[key] or 0 for key in side)
            blank = any(figures[key] is None for key in side)
            reachable.append(set(range(known, 500)) if blank else {known})
        possible = bool(reachable[0] & reachable[1])
        assert ((equation.rule, equation.where) in broken) == (not possible), equation


ZEROS = {cell.key: 0 for cell in CONTRACT["2021"]}
ROW = "applications.granted"


@pytest.mark.parametrize(
    ("entries", "fails"),
    [
        pytest.param(
            {f"{ROW}.natural_person": 2, f"{ROW}.business": None, f"{ROW}.total": 1}, True, id="more-than-total"
        ),
        pytest.param(
            {f"{ROW}.natural_person": 2, f"{ROW}.business": None, f"{ROW}.total": 2}, False, id="still-possible"
        ),
        pytest.param({f"{ROW}.natural_person": 2, f"{ROW}.business": None, f"{ROW}.total": 3}, False, id="room-left"),
        pytest.param({f"{ROW}.natural_person": 2, f"{ROW}.total": None}, False, id="total-blank"),
        pytest.param({f"{ROW}.natural_person": -2, f"{ROW}.total": None}, True, id="negative-total-needed"),
        pytest.param({f"{ROW}.natural_person": None, f"{ROW}.total": None}, False, id="both-sides-blank"),
    ],
)
def test_a_row_with_blanks(entries: dict[str, int | None], fails: bool) -> None:
    findings = check_arithmetic(content("2021", ZEROS | entries), "row_total")
    assert [finding.where for finding in findings] == ([ROW] if fails else [])


def test_a_flow_with_a_blank_on_the_right_fails_when_the_rest_is_too_much() -> None:
    column = "business"
    entries = {f"applications.concluded.{column}": None, f"applications.carried_out.{column}": 3}
    entries |= {f"applications.received.{column}": 2}
    (finding,) = check_arithmetic(content("2021", ZEROS | entries), "flow_balance")
    assert finding.where == "applications.received.business"
    assert (finding.expected, finding.actual) == (2, None)


def test_nothing_follows_for_a_cell_that_may_be_negative() -> None:
    equation = Equation("row_total", "made.up", ("made.up.change",), ("made.up.total",))
    figures = {"made.up.change": None, "made.up.total": -3}
    assert equation.evaluate(figures, ()).verdict == "broken"
    assert equation.evaluate(figures, {"made.up.change"}).verdict == "undecided"


def test_a_table_that_is_missing_is_not_added_up() -> None:
    wrong = ZEROS | {f"{ROW}.total": 1, "proceedings.reconsideration.total": 1}
    findings = check_arithmetic(content("2021", wrong, missing_tables=frozenset({"applications"})))
    assert [finding.rule for finding in findings] == ["proceedings_total"]


# The likely culprit.


@given(editions, seeds, sizes, st.data())
def test_the_culprit_put_right_breaks_nothing(edition: str, seed: int, largest: int, data: st.DataObject) -> None:
    figures = sound_figures(edition, seed, largest)
    key = data.draw(st.sampled_from([cell.key for cell in [*applications(edition), *proceedings(edition)]]))
    wrong = content(edition, figures | {key: figures[key] + data.draw(st.integers(1, 20))})
    form = EDITIONS[edition]
    for finding in check_arithmetic(wrong):
        suspect = culprit(form.equation(finding.rule, finding.where), wrong)
        assert finding.culprit == (suspect or "")
        # Two equations that only one cell has in common leave no doubt which one it is.
        if key.startswith("applications."):
            assert suspect == key


def test_where_several_cells_could_be_wrong_nobody_is_accused() -> None:
    for entries in ({"proceedings.reconsideration.total": 1}, {"proceedings.reconsideration.upheld": 1}):
        (finding,) = check_arithmetic(content("2021", ZEROS | entries))
        assert finding.culprit == ""


def test_where_a_cell_is_blank_nobody_is_accused() -> None:
    entries = {f"{ROW}.natural_person": 2, f"{ROW}.business": None, f"{ROW}.total": 1}
    (finding,) = check_arithmetic(content("2021", ZEROS | entries), "row_total")
    assert finding.culprit == ""


def test_every_outcome_of_the_contract_is_an_outcome_here() -> None:
    outcomes = {
        edition: len([c for c in by(applications(edition), "column_label")["自然人"] if is_outcome(c)])
        for edition in EDITION_NAMES
    }
    assert outcomes == {"2019": 19, "2021": 21}


def test_a_cell_is_solved_for_from_all_the_others() -> None:
    equation = Equation("row_total", "made.up", ("made.up.one", "made.up.other"), ("made.up.total",))
    figures = {"made.up.one": 2, "made.up.other": 3, "made.up.total": 7}
    found = equation.evaluate(figures, ())
    assert {key: found.solve(key) for key in figures} == {"made.up.one": 4, "made.up.other": 5, "made.up.total": 5}
    without_one = equation.evaluate(figures | {"made.up.one": None}, ())
    assert (without_one.solve("made.up.one"), without_one.solve("made.up.total")) == (4, None)


def test_an_equation_between_years_subtracts_too() -> None:
    equation = YearEquation("roll", "made.up", "made.up.stock", "made.up.stock", ("made.up.plus",), ("made.up.minus",))
    figures = {"made.up.plus": 2, "made.up.minus": 3, "made.up.stock": 8}
    found = equation.evaluate(10, figures, ())
    assert (found.left, found.right, found.verdict, found.solve("made.up.minus")) == (9, 8, "broken", 4)
    # What is repealed can only lower the left side, what is issued only raise it.
    assert equation.evaluate(10, figures | {"made.up.minus": None}, ()).verdict == "undecided"
    assert equation.evaluate(10, figures | {"made.up.plus": None}, ()).verdict == "undecided"
    assert equation.evaluate(4, figures | {"made.up.minus": None}, ()).verdict == "broken"
    assert equation.evaluate(None, figures, ()).verdict == "undecided"
