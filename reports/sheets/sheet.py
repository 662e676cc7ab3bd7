"""A standard table of one version as the page prints it: each cell with its look, each equation beside its own.

Pure: takes the declared table and the values, returns lines for the template. Knows no database and no request.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from reports.checks import wording as in_words
from reports.standard.elements import Edition, Figure, Table
from reports.standard.equations import Equation, Number, Term, Verdict
from reports.standard.layout import GridCell, official_grid

Look = Literal["zero", "number", "blank", "mark"]
UNKNOWN = "？"
MAX_TERMS = 3
"""A sum of more terms than this is shown as Σ, to stay within the width of a column."""


class Numbered(Protocol):
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
class Value:
    """What stands in a figure cell. `findings` are those it takes part in, `anchors` those shown in it."""

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
class Cell:
    """`column` is the printed column that it begins in, from 0."""

    grid: GridCell
    column: int
    value: Value | None = None


@dataclass(frozen=True)
class EquationLine:
    """One equation written out, as wide as the `span` of the columns that it ties together."""

    equation: Equation
    left: str
    right: str
    verdict: Verdict
    difference: str = ""
    finding: int | None = None
    quiet: bool = False
    span: int = 1


@dataclass(frozen=True)
class Line:
    cells: tuple[Cell, ...]
    equation_line: EquationLine | None = None


@dataclass(frozen=True)
class Sheet:
    """`head` are the lines of column headings, `equation_lines` the equations of the columns or blocks, one tuple a line."""

    table: Table
    head: tuple[Line, ...]
    body: tuple[Line, ...]
    equation_lines: tuple[tuple[EquationLine, ...], ...]
    label_columns: int
    figure_columns: int

    @property
    def undecided(self) -> int:
        """How many of its equations cannot be decided because a figure is missing."""
        beside = [line.equation_line for line in self.body if line.equation_line]
        return sum(
            each.verdict == "undecided" for each in (*beside, *(one for line in self.equation_lines for one in line))
        )


def printed(value: Number | None) -> str:
    """A figure as readers see it; nothing where it is blank."""
    return "" if value is None else in_words.printed(value)


def draw(
    table: Table,
    edition: Edition,
    figures: Mapping[str, Number | None],
    marks: Mapping[str, str],
    places: Mapping[str, Mapping[str, Any]],
    findings: Sequence[Numbered],
) -> Sheet:
    """The table with the values of one version."""
    anchors = _anchors(edition, findings)
    values = {
        figure.key: Value(
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
    grid = _placed(table, values)
    head_lines = 0 if table.shape == "stacked" else 3
    own = [equation for equation in edition.equations if equation.cells[0] in values]
    rows, columns = _by_direction(own, values)
    numbers = {(finding.rule, finding.where): finding.number for finding in findings}
    body = []
    for line in grid[head_lines:]:
        row = next((cell.value.figure.row_key for cell in line if cell.value), None)
        beside = [equation for equation in own if table.shape == "matrix" and rows.get(equation.where) == row and row]
        body.append(Line(tuple(line), _equation_line(beside[0], edition, figures, numbers) if beside else None))
    label_columns = (
        0 if table.shape == "side_by_side" else min(cell.column for line in grid for cell in line if cell.value)
    )
    figure_columns = max(cell.column + cell.grid.colspan for line in grid for cell in line) - label_columns
    return Sheet(
        table,
        tuple(Line(tuple(line)) for line in grid[:head_lines]),
        tuple(body),
        _lines_below(table, own, columns, edition, figures, numbers),
        label_columns,
        figure_columns,
    )


def _look(value: Number | None, mark: str) -> Look:
    if value is None:
        return "mark" if mark else "blank"
    return "number" if value else "zero"


def _anchors(edition: Edition, findings: Sequence[Numbered]) -> dict[str, list[int]]:
    """Where the number of a finding is shown: in the one cell that explains it, if there is one; else at the result of
    its equation; else in each of its cells."""
    results = {(equation.rule, equation.where): equation.right for equation in edition.equations}
    anchors: dict[str, list[int]] = {}
    for finding in findings:
        at_result = results.get((finding.rule, finding.where), tuple(finding.cells))
        for key in (finding.culprit,) if finding.culprit else at_result:
            anchors.setdefault(key, []).append(finding.number)
    return anchors


def _placed(table: Table, values: Mapping[str, Value]) -> list[list[Cell]]:
    """The lines of the official grid, each cell with the column that it falls into beside the merged ones above it."""
    taken: dict[int, set[int]] = {}
    lines = []
    for number, line in enumerate(official_grid(table)):
        column = 0
        cells = []
        for cell in line:
            while column in taken.get(number, ()):
                column += 1
            cells.append(Cell(cell, column, values[cell.figure.key] if cell.figure else None))
            for below in range(number, number + cell.rowspan):
                taken.setdefault(below, set()).update(range(column, column + cell.colspan))
        lines.append(cells)
    return lines


def _by_direction(
    equations: Sequence[Equation], values: Mapping[str, Value]
) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """Which row an equation lies in, by its `where`; and which column, by rule and `where`."""
    rows: dict[str, str] = {}
    columns: dict[tuple[str, str], str] = {}
    for equation in equations:
        in_rows = {values[key].figure.row_key for key in equation.cells}
        in_columns = {values[key].figure.column.key for key in equation.cells}
        if len(in_rows) == 1:
            rows[equation.where] = in_rows.pop()
        elif len(in_columns) == 1:
            columns[equation.rule, equation.where] = in_columns.pop()
    return rows, columns


def _lines_below(
    table: Table,
    equations: Sequence[Equation],
    columns: Mapping[tuple[str, str], str],
    edition: Edition,
    figures: Mapping[str, Number | None],
    numbers: Mapping[tuple[str, str], int],
) -> tuple[tuple[EquationLine, ...], ...]:
    if table.shape == "side_by_side":
        width = {f"{table.key}.{row.key}": len(block.columns) for block in table.blocks for row in block.rows}
        return (
            tuple(_equation_line(equation, edition, figures, numbers, width[equation.where]) for equation in equations),
        )
    lines: dict[str, list[EquationLine]] = {}
    for equation in equations:
        if (equation.rule, equation.where) in columns:
            lines.setdefault(equation.rule, []).append(_equation_line(equation, edition, figures, numbers))
    return tuple(tuple(line) for line in lines.values())


def _equation_line(
    equation: Equation,
    edition: Edition,
    figures: Mapping[str, Number | None],
    numbers: Mapping[tuple[str, str], int],
    span: int = 1,
) -> EquationLine:
    found = equation.evaluate(figures, edition.signed)
    return EquationLine(
        equation,
        _side(found.left_terms, found.left),
        _side(found.right_terms, found.right),
        found.verdict,
        # Of a side that is too large already nobody knows by how much it will be.
        printed(found.discrepancy) if found.difference and not found.unknown else "",
        numbers.get((equation.rule, equation.where)),
        found.verdict == "balanced" and not any(term.number for term in found.terms),
        span,
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
