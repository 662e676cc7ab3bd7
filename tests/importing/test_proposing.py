"""A doubted cell is proposed where exactly one reading balances, and never else."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.importing.parsed import ParsedReport, Problem
from reports.importing.proposing import propose
from reports.standard import EDITIONS
from reports.standard.elements import Edition

RECEIVED = "applications.received"
GRANTED = "applications.granted"
ROW = ("natural_person", "business", "research", "public_welfare", "legal_service", "other_organisation", "total")


def balanced(form: Edition, draw: Any = lambda _key: 0) -> dict[str, Any]:
    """Figures that satisfy every equation: what is no total as drawn, each total the sum of its parts."""
    figures: dict[str, Any] = {key: draw(key) for key in form.figures}
    for rule in ("proceedings_total", "results_total", "flow_balance", "row_total"):
        for equation in (each for each in form.equations if each.rule == rule):
            if rule == "flow_balance":
                # Whatever was concluded or is still open must have come in.
                first, *rest = equation.left
                figures[first] = sum(figures[key] for key in equation.right)
                figures |= dict.fromkeys(rest, 0)
            else:
                figures[equation.right[0]] = sum(figures[key] for key in equation.left)
    return figures


def holds(form: Edition, figures: dict[str, Any], among: Iterable[str] = ()) -> bool:
    equations = [each for each in form.equations if not among or set(among) & set(each.cells)]
    return all(sum(figures[k] for k in each.left) == sum(figures[k] for k in each.right) for each in equations)


def parsed_of(form: Edition, figures: dict[str, Any], doubts: dict[str, tuple[str, str]]) -> ParsedReport:
    """A report in which `doubts` names, by place, the code and what is printed there; whatever they cover was not read."""
    problems = [Problem(code, where, "", about) for where, (code, about) in doubts.items()]
    parsed = ParsedReport(form.name, 2023 if form.name == "2021" else 2020, "青山镇人民政府", figures=dict(figures))
    parsed.problems = problems
    for key in parsed.doubted:
        parsed.figures[key] = None
    return parsed


@st.composite
def with_some_unread(draw: st.DrawFn) -> tuple[Edition, dict[str, Any], list[str]]:
    form = EDITIONS[draw(st.sampled_from(sorted(EDITIONS)))]
    numbers = st.integers(0, 3)
    figures = balanced(form, lambda _key: draw(numbers) if draw(st.integers(0, 9)) == 0 else 0)
    tied = sorted({key for equation in form.equations for key in equation.cells})
    hidden = draw(st.lists(st.sampled_from(tied), min_size=1, max_size=8, unique=True))
    return form, figures, hidden


@settings(max_examples=60, deadline=None)
@given(with_some_unread())
def test_what_is_proposed_is_what_was_printed(case: tuple[Edition, dict[str, Any], list[str]]) -> None:
    form, figures, hidden = case
    assert holds(form, figures), "the example itself must balance"
    found = propose(parsed_of(form, figures, dict.fromkeys(hidden, ("not_a_number", ""))))
    assert {key: proposal.value for key, proposal in found.items()} == {key: figures[key] for key in found}
    assert found.keys() <= set(hidden)
    if len(hidden) == 1:
        assert found.keys() == set(hidden), "a single unknown is always decided"


@settings(max_examples=60, deadline=None)
@given(with_some_unread())
def test_each_reason_is_an_equation_that_then_holds(case: tuple[Edition, dict[str, Any], list[str]]) -> None:
    form, figures, hidden = case
    parsed = parsed_of(form, figures, dict.fromkeys(hidden, ("not_a_number", "")))
    found = propose(parsed)
    completed = parsed.figures | {key: proposal.value for key, proposal in found.items()}
    for key, proposal in found.items():
        assert proposal.equations
        for equation in proposal.equations:
            assert key in equation.cells
            assert sum(completed[k] for k in equation.left) == sum(completed[k] for k in equation.right)  # type: ignore[misc]


@settings(max_examples=25, deadline=None)
@given(with_some_unread())
def test_nothing_is_proposed_where_two_readings_would_balance(
    case: tuple[Edition, dict[str, Any], list[str]],
) -> None:
    form, figures, hidden = case
    hidden = hidden[:3]
    most = 1 + max(figures[key] for key in hidden)
    found = propose(parsed_of(form, figures, dict.fromkeys(hidden, ("not_a_number", ""))))
    fitting = []
    for values in product(range(most + 1), repeat=len(hidden)):
        tried = figures | dict(zip(hidden, values, strict=True))
        if holds(form, tried, hidden):
            fitting.append(values)
    for place, key in enumerate(hidden):
        if len({values[place] for values in fitting}) > 1:
            assert key not in found, "more than one reading would do"


FORM = EDITIONS["2021"]


@pytest.fixture
def three_granted() -> dict[str, Any]:
    keys = [
        f"applications.{row}.{column}" for row in ("received", "granted", "concluded") for column in (ROW[0], ROW[6])
    ]
    return balanced(FORM) | dict.fromkeys(keys, 3)


def values(parsed: ParsedReport) -> dict[str, Any]:
    return {key.rpartition(".")[2]: proposal.value for key, proposal in propose(parsed).items()}


def test_a_row_of_which_cells_were_lost_is_proposed_where_it_fits_what_is_printed(
    three_granted: dict[str, Any],
) -> None:
    whole = {column: three_granted[f"{GRANTED}.{column}"] for column in ROW}
    assert values(parsed_of(FORM, three_granted, {GRANTED: ("unsure_row", "3、3")})) == whole
    assert values(parsed_of(FORM, three_granted, {GRANTED: ("unsure_row", "3、0、0、空、3")})) == whole
    assert values(parsed_of(FORM, three_granted, {GRANTED: ("unsure_row", "3、2")})) == {}
    assert values(parsed_of(FORM, three_granted, {GRANTED: ("unsure_row", "3")})) == {}


def test_of_a_row_printed_twice_the_reading_that_balances_is_proposed(three_granted: dict[str, Any]) -> None:
    right, wrong = "3、0、0、0、0、0、3", "2、0、0、0、0、0、2"
    assert values(parsed_of(FORM, three_granted, {GRANTED: ("read_twice", f"{wrong}；{right}")}))["total"] == 3
    assert values(parsed_of(FORM, three_granted, {GRANTED: ("read_twice", f"{wrong}；{wrong}")})) == {}


def test_two_rows_unread_leave_more_than_one_reading(three_granted: dict[str, Any]) -> None:
    doubts = {GRANTED: ("unread_row", ""), "applications.partly_granted": ("unread_row", "")}
    found = propose(parsed_of(FORM, three_granted, doubts))
    undecided = [f"{row}.{column}" for row in doubts for column in (ROW[0], ROW[6])]
    assert not set(undecided) & found.keys()
    assert {proposal.value for proposal in found.values()} == {0}, "where nobody came in nobody was answered"


def test_what_is_printed_in_the_cell_must_be_a_reading_of_the_number(three_granted: dict[str, Any]) -> None:
    key = f"{GRANTED}.total"
    for mark, proposed in {"1 3": 3, "03": 3, "3？": 3, "1 2": None, "若干": None, "三": None}.items():
        parsed = parsed_of(FORM, three_granted, {key: ("glued_digits", "")})
        parsed.marks[key] = mark
        found = propose(parsed)
        assert (found[key].value if key in found else None) == proposed, mark


def test_glued_digits_that_fit_in_one_way_only_are_proposed_together() -> None:
    figures = balanced(FORM)
    first, second, total = (f"proceedings.reconsideration.{name}" for name in ("upheld", "corrected", "total"))
    parsed = parsed_of(FORM, figures | {total: 46}, {first: ("glued_digits", ""), second: ("glued_digits", "")})
    parsed.marks |= {first: "1 2", second: "3 4"}
    assert {key: proposal.value for key, proposal in propose(parsed).items()} == {first: 12, second: 34}
    parsed.figures[total] = 5
    assert propose(parsed) == {}, "1 + 4 would do, and so would 2 + 3"


def test_a_report_that_contradicts_itself_gets_no_proposal(three_granted: dict[str, Any]) -> None:
    broken = three_granted | {"applications.concluded.total": 5}
    parsed = parsed_of(FORM, broken, {f"{GRANTED}.total": ("not_a_number", "")})
    assert propose(parsed) == {}, "its row wants 3, its column wants 5"


def test_a_plain_blank_is_no_doubt_and_nothing_is_proposed_for_it(three_granted: dict[str, Any]) -> None:
    parsed = parsed_of(FORM, three_granted | {f"{GRANTED}.total": None}, {})
    assert propose(parsed) == {}


def test_what_a_person_has_settled_counts_as_known(three_granted: dict[str, Any]) -> None:
    parsed = parsed_of(FORM, three_granted, {GRANTED: ("unread_row", "")})
    given = f"{GRANTED}.natural_person"
    parsed.figures[given] = 2
    assert given not in propose(parsed, {given})
    assert f"{GRANTED}.total" not in propose(parsed, {given}), "the person's 2 contradicts the column"
