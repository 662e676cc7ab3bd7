"""A standard table of one version as the page prints it: each cell with its look, each equation beside its own.

Pure: takes the declared table and the values, returns lines for the template. Knows no database and no request.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, Protocol

from reports.checks import phrases
from reports.sheets.layout import PlacedRow, PlacedTable, placed_table
from reports.standard.elements import Edition, Figure, Table
from reports.standard.equations import Equation, Number, Term, Verdict

Look = Literal["zero", "number", "blank", "mark"]
UNKNOWN = "？"
MAX_TERMS = 3
"""A sum of more terms than this is shown as Σ, to stay within the width of a column."""


class FindingAnchor(Protocol):
    """A finding and the number under which the page lists it."""

    @property
    def number(self) -> int: ...
    @property
    def rule(self) -> str: ...
    @property
    def where(self) -> str: ...
    @property
    def cells(self) -> Sequence[str]: ...
    @property
    def culprit(self) -> str: ...


@dataclass(frozen=True)
class ShownFigure:
    """What stands in a figure cell. `findings` are those it takes part in, `anchors` those shown in it; `place` is where in its
    source it was read."""

    figure: Figure
    shown: str
    look: Look
    total: bool
    findings: tuple[int, ...] = ()
    anchors: tuple[int, ...] = ()
    place: Mapping[str, Any] | None = None

    @property
    def anchor(self) -> str:
        return f"cell-{self.figure.key.replace('.', '-')}"


@dataclass(frozen=True)
class PlacedEquation:
    """An equation of the table, its number in the edition, and how many columns those that it ties together cover."""

    equation: Equation
    number: int
    colspan: int


@dataclass(frozen=True)
class EquationLine:
    """One equation written out. `quiet` where it only adds up zeros, `untouched` where none of its figures is filled in."""

    placed: PlacedEquation
    left: str
    right: str
    verdict: Verdict
    difference: str = ""
    finding: int | None = None
    quiet: bool = False
    untouched: bool = False

    @property
    def equation(self) -> Equation:
        return self.placed.equation


EquationLines = tuple[EquationLine, ...]


@dataclass(frozen=True)
class Sheet:
    """A placed table with the figures of one version by their keys, and with its equations: those of a row `beside` it, those of
    columns or blocks `below` the table, one tuple a line."""

    layout: PlacedTable
    figures: Mapping[str, ShownFigure]
    beside: Mapping[int, EquationLine]
    below: tuple[EquationLines, ...]

    @property
    def table(self) -> Table:
        return self.layout.table

    @property
    def body(self) -> Iterator[tuple[PlacedRow, EquationLine | None]]:
        """The rows below the column headings, each with the equation beside it."""
        for number, row in enumerate(self.layout.body, self.layout.head_rows):
            yield row, self.beside.get(number)

    @property
    def equation_lines(self) -> EquationLines:
        return (*self.beside.values(), *(line for lines in self.below for line in lines))

    @property
    def undecided(self) -> int:
        """How many of its equations cannot be decided because a figure is missing."""
        return sum(line.verdict == "undecided" for line in self.equation_lines)

    @property
    def broken(self) -> int:
        """How many of its equations do not hold."""
        return sum(line.verdict == "broken" for line in self.equation_lines)


def printed(value: Number | None) -> str:
    """A figure as readers see it; nothing where it is blank."""
    return "" if value is None else phrases.printed(value)


def draw(
    table: Table,
    edition: Edition,
    figures: Mapping[str, Number | None],
    marks: Mapping[str, str],
    places: Mapping[str, Mapping[str, Any]],
    findings: Sequence[FindingAnchor],
) -> Sheet:
    """The table with the values of one version."""
    anchors = _anchors(edition, findings)
    shown = {
        figure.key: ShownFigure(
            figure,
            marks.get(figure.key) or printed(figures.get(figure.key)),
            _look(figures.get(figure.key), marks.get(figure.key, "")),
            figure.key in edition.totals,
            tuple(finding.number for finding in findings if figure.key in finding.cells),
            tuple(anchors.get(figure.key, ())),
            places.get(figure.key),
        )
        for figure in table.figures()
    }
    numbers = {(finding.rule, finding.where): finding.number for finding in findings}
    beside, below = _place_equations(table, edition.equations)
    return Sheet(
        placed_table(table),
        shown,
        {row: _equation_line(placed, edition, figures, numbers) for row, placed in beside.items()},
        tuple(tuple(_equation_line(placed, edition, figures, numbers) for placed in line) for line in below),
    )


def _look(value: Number | None, mark: str) -> Look:
    if value is None:
        return "mark" if mark else "blank"
    return "number" if value else "zero"


def _anchors(edition: Edition, findings: Sequence[FindingAnchor]) -> dict[str, list[int]]:
    """Where the number of a finding is shown: in the one cell that explains it, if there is one; else at the result of
    its equation; else in each of its cells."""
    results = {(equation.rule, equation.where): equation.right for equation in edition.equations}
    anchors: dict[str, list[int]] = {}
    for finding in findings:
        at_result = results.get((finding.rule, finding.where), tuple(finding.cells))
        for key in (finding.culprit,) if finding.culprit else at_result:
            anchors.setdefault(key, []).append(finding.number)
    return anchors


@cache
def _place_equations(
    table: Table, equations: tuple[Equation, ...]
) -> tuple[Mapping[int, PlacedEquation], tuple[tuple[PlacedEquation, ...], ...]]:
    """Which equation stands beside which row of the table, and which ones stand below it, one line for each rule."""
    cells = placed_table(table).figure_cells
    beside: dict[int, PlacedEquation] = {}
    below: dict[str, list[PlacedEquation]] = {}
    for number, equation in enumerate(equations):
        tied = [cells[key] for key in equation.cells if key in cells]
        if not tied:
            continue
        left = min(cell.column for cell in tied)
        placed = PlacedEquation(equation, number, max(cell.column + cell.colspan for cell in tied) - left)
        rows = {cell.row for cell in tied}
        if table.shape == "matrix" and len(rows) == 1:
            beside[rows.pop()] = placed
        else:
            below.setdefault(equation.rule, []).append(placed)
    return beside, tuple(map(tuple, below.values()))


def _equation_line(
    placed: PlacedEquation,
    edition: Edition,
    figures: Mapping[str, Number | None],
    numbers: Mapping[tuple[str, str], int],
) -> EquationLine:
    equation = placed.equation
    found = equation.evaluate(figures, edition.signed)
    return EquationLine(
        placed,
        _side(found.left_terms, found.left),
        _side(found.right_terms, found.right),
        found.verdict,
        # Of a side that is too large already nobody knows by how much it will be.
        printed(found.discrepancy) if found.difference and not found.unknown else "",
        numbers.get((equation.rule, equation.where)),
        quiet=found.verdict == "balanced" and not any(term.number for term in found.terms),
        untouched=all(term.number is None for term in found.terms),
    )


def _side(terms: Sequence[Term], total: Number) -> str:
    """One side of an equation: in full where it is short, else what is not zero, else its sum."""
    shown = [term.number for term in terms]
    if len(shown) > 2:
        # Zeros add nothing to a long sum.
        shown = [number for number in shown if number is None or number] or [0]
    if len(shown) > MAX_TERMS:
        return UNKNOWN if None in shown else "Σ " + printed(total)
    return " + ".join(UNKNOWN if number is None else printed(number) for number in shown)
