"""What a cell that was not read for certain must hold, where exactly one reading satisfies the balance equations.

A proposal is never applied by itself: a person looks at its equations and takes it, or does not. Where two readings
would do there is none, and where the equations contradict each other or what is printed there is none either: then
something else is wrong. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from reports.importing.parsed import Number, ParsedReport, Problem
from reports.standard.elements import Edition
from reports.standard.equations import Equation

_MAX_ROUNDS = 100
_MAX_COMBINATIONS = 5_000
_LOOKS_LIKE = str.maketrans("OoQDlI|〇○", "000011100")
"""Characters that are typed or scanned for digits."""

Limits = tuple[Number | None, Number | None]


@dataclass(frozen=True)
class Proposal:
    """`equations` are those in which the cell takes part and which then hold, with every other cell known or proposed."""

    key: str
    value: Number
    equations: tuple[Equation, ...]


class _Contradiction(Exception):
    """No reading at all satisfies the equations."""


def propose(parsed: ParsedReport, given: Collection[str] = frozenset()) -> dict[str, Proposal]:
    """By figure key. `given` are the cells that a person has settled: they count as known whatever doubt names them."""
    form = parsed.form
    if form is None:
        return {}
    open_cells = {key for key in parsed.doubted if key not in given and _is_open(form, parsed, key)}
    equations = [
        equation
        for equation in form.equations
        if not open_cells.isdisjoint(equation.cells)
        and all(key in open_cells or parsed.figures[key] is not None for key in equation.cells)
    ]
    found: dict[str, Proposal] = {}
    for connected in _connected(equations, open_cells):
        found |= _solved(form, parsed, connected, open_cells)
    return {key: found[key] for key in form.figures if key in found}


def _is_open(form: Edition, parsed: ParsedReport, key: str) -> bool:
    """Whether a doubted cell was not read, or was read as something that the equations contradict."""
    if parsed.figures[key] is None:
        return True
    found = [equation.evaluate(parsed.figures, form.signed) for equation in form.equations_of[key]]
    return any(each.difference and not each.unknown for each in found)


def _connected(equations: Sequence[Equation], open_cells: Collection[str]) -> Iterable[list[Equation]]:
    """The equations in groups that have no open cell in common."""
    groups: list[tuple[set[str], list[Equation]]] = []
    for equation in equations:
        cells = {key for key in equation.cells if key in open_cells}
        touching = [group for group in groups if group[0] & cells]
        groups = [group for group in groups if not group[0] & cells]
        groups.append(
            (cells.union(*(each[0] for each in touching)), [e for each in touching for e in each[1]] + [equation])
        )
    return [group for _cells, group in groups]


def _solved(
    form: Edition, parsed: ParsedReport, equations: list[Equation], open_cells: Collection[str]
) -> dict[str, Proposal]:
    cells = [key for key in form.figures if any(key in equation.cells for equation in equations)]
    unknown = [key for key in cells if key in open_cells]
    printed = {key: read for key in unknown if (read := _readings(parsed, key)) is not None}
    readings = {key: read for key, read in printed.items() if read}
    limits: dict[str, Limits] = {
        key: (value, value) for key in cells if key not in open_cells and (value := parsed.figures[key]) is not None
    }
    limits |= {key: (None if key in form.signed else 0, None) for key in unknown}
    limits |= {key: (min(read), max(read)) for key, read in readings.items()}
    try:
        values = _narrowed(equations, limits)
        values = _only_choice(equations, limits, values, readings)
    except _Contradiction:
        return {}
    found = {key: values[key] for key in unknown if key in values}
    # What is printed without a digit is no reading of any number, whatever would balance.
    wordy = printed.keys() - readings.keys()
    fits = all(value in readings[key] for key, value in found.items() if key in readings)
    if not fits or not all(_fits_print(form, problem, found) for problem in parsed.problems):
        return {}
    proposals = {}
    for key, value in found.items():
        decided = tuple(e for e in equations if key in e.cells and all(cell in values for cell in e.cells))
        if decided and key not in wordy and value != parsed.figures[key]:
            proposals[key] = Proposal(key, value, decided)
    return proposals


def _readings(parsed: ParsedReport, key: str) -> frozenset[int] | None:
    """Every number that what is printed in the cell can be read as; None where it is not known what is printed."""
    value = parsed.figures[key]
    if value is not None:
        cut = any(problem.code == "cut_off" and key.startswith(problem.where) for problem in parsed.problems)
        return None if cut else frozenset({int(value)})
    if key not in parsed.marks:
        return None
    text = unicodedata.normalize("NFKC", parsed.marks[key]).translate(_LOOKS_LIKE)
    groups = re.findall(r"\d+", text.replace(",", ""))
    return frozenset(
        int(digits) for digits in (*groups, "".join(groups), *"".join(groups)) if digits and len(digits) <= 9
    )


def _narrowed(equations: Sequence[Equation], limits: dict[str, Limits]) -> dict[str, Number]:
    """Narrows what each cell can hold until nothing changes; the values of those that can hold one only."""
    for _round in range(_MAX_ROUNDS):
        before = dict(limits)
        for equation in equations:
            _narrow(equation, limits)
        if limits == before:
            return {key: low for key, (low, high) in limits.items() if low is not None and low == high}
    raise _Contradiction


def _narrow(equation: Equation, limits: dict[str, Limits]) -> None:
    for key, sign in equation.signs.items():
        low = high = 0
        lows, highs = True, True
        for other, its_sign in equation.signs.items():
            if other == key:
                continue
            # The cell is the rest with its sign turned round, as seen from its own side.
            least, most = limits[other] if its_sign != sign else _negative(limits[other])
            lows, highs = lows and least is not None, highs and most is not None
            low, high = low + (least or 0), high + (most or 0)  # type: ignore[assignment]
        least, most = limits[key]
        if lows and (least is None or low > least):
            least = low
        if highs and (most is None or high < most):
            most = high
        if least is not None and most is not None and least > most:
            raise _Contradiction
        limits[key] = (least, most)


def _negative(limits: Limits) -> Limits:
    low, high = limits
    return (None if high is None else -high, None if low is None else -low)


def _only_choice(
    equations: Sequence[Equation],
    limits: Mapping[str, Limits],
    values: dict[str, Number],
    readings: Mapping[str, frozenset[int]],
) -> dict[str, Number]:
    """Where all cells that are left have a few readings each: the values that every fitting combination agrees upon."""
    left = [key for key in limits if key not in values]
    combinations = 1
    for key in left:
        combinations *= len(readings.get(key, ())) or _MAX_COMBINATIONS + 1
    if not left or combinations > _MAX_COMBINATIONS:
        return values
    fitting = []
    for choice in product(*(sorted(readings[key]) for key in left)):
        tried = values | dict(zip(left, choice, strict=True))
        if not any(equation.evaluate(tried, ()).difference for equation in equations):
            fitting.append(tried)
    if not fitting:
        raise _Contradiction
    return {key: value for key, value in fitting[0].items() if all(other[key] == value for other in fitting)}


def _fits_print(form: Edition, problem: Problem, found: Mapping[str, Number]) -> bool:
    """Whether the values fit what the doubt quotes from their row, as far as they are found."""
    row = [found.get(key) for key in form.figures if key.startswith(problem.where + ".")]
    if not problem.about or all(value is None for value in row):
        return True
    if problem.about.endswith("……"):
        return False
    if problem.code == "unsure_row":
        printed = [number for number in _numbers(problem.about) if number]
        kept = [value for value in row if value]
        return kept == printed if None not in row else _is_subsequence(kept, printed)
    if problem.code == "read_twice":
        readings = [_numbers(reading) for reading in problem.about.split("；")]
        return any(
            len(reading) == len(row)
            and all(value in (None, number) for value, number in zip(row, reading, strict=True))
            for reading in readings
        )
    if problem.code == "glued_digits":
        return "".join(str(value) for value in row) == "".join(re.findall(r"\d", problem.about))
    return True


def _numbers(about: str) -> list[int | None]:
    texts = (unicodedata.normalize("NFKC", text).replace(",", "") for text in about.split("、"))
    return [int(text) if text.isdecimal() else None for text in texts]


def _is_subsequence(some: Sequence[Number | None], order: Sequence[Number | None]) -> bool:
    remaining = iter(order)
    return all(value in remaining for value in some)
