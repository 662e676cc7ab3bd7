"""The official tables of the entry form: every cell with what was typed, each equation beside what it ties together.

Derived from the declared form; which cells are wrong is decided in `reports.checks`, not here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Protocol

from django.utils.translation import gettext as _

from config.language import pick
from reports.filing.forms import EntryForm
from reports.filing.prefill import NOTHING, LastYear
from reports.models import Severity
from reports.originals.links import NOWHERE, Origin
from reports.sheets.sheet import Cell, EquationLine, Numbered, Sheet, Value, draw
from reports.sheets.summary import summary
from reports.standard.elements import Edition, Figure, Table

MAX_OUTLINED = 5
"""Of an equation that ties more cells together only the result is outlined: a whole column in red says nothing."""


NUMERAL = re.compile(r"^(（.）|[一二三四五六七]|\(\d\)|\d)[、. ]?")


class NumberedWithSeverity(Numbered, Protocol):
    """A finding of a stored report, or a doubt of one that is imported."""

    @property
    def severity(self) -> str: ...


@dataclass(frozen=True)
class Typed:
    """A cell of the table; `value` is None where the form prints a heading or a label."""

    cell: Cell
    value: Value | None = None
    text: str = ""
    error: str = ""
    label: str = ""
    note: str = ""
    classes: str = ""
    proposed: str = ""
    last: str = ""
    """What last year's report proposes for an empty cell, and what stood there."""
    pin: str = ""
    """What was said about the cell when the report was given back."""
    origin: Origin = NOWHERE


@dataclass(frozen=True)
class TypedLine:
    cells: tuple[Typed, ...]
    equation_line: NumberedEquationLine | None = None


@dataclass(frozen=True)
class NumberedEquationLine:
    """An equation line and the number of its equation in the edition, by which the page's script finds it."""

    number: int
    equation_line: EquationLine
    untouched: bool = False
    """Nothing of what it ties together is filled in, so there is nothing to say yet."""


@dataclass(frozen=True)
class EquationLineRow:
    """The equations of one rule, column by column."""

    name: str
    equation_lines: tuple[NumberedEquationLine, ...]


@dataclass(frozen=True)
class TypedTable:
    table: Table
    head: tuple[TypedLine, ...]
    body: tuple[TypedLine, ...]
    below: tuple[EquationLineRow, ...]
    label_columns: int
    sentence: str
    beside: str = ""
    """What the equations beside the rows say; empty where there are none."""

    @property
    def broken(self) -> int:
        """How many of its equations do not hold."""
        equation_lines = [line.equation_line for line in self.body if line.equation_line]
        equation_lines += [equation_line for line in self.below for equation_line in line.equation_lines]
        return sum(equation_line.equation_line.verdict == "broken" for equation_line in equation_lines)


def _in_short(edition: Edition, numbered: NumberedEquationLine | None) -> str:
    """What an equation says for every column or row, by the numerals that the form prints: “一 + 二 = （七） + 四”."""
    if numbered is None:
        return ""
    equation = numbered.equation_line.equation
    one_row = len({edition.figures[key].row_key for key in equation.cells}) == 1

    def name(figure: Figure) -> str:
        line = figure.column if one_row else figure.row
        label = pick(line.label, line.label_en)
        numeral = NUMERAL.match(label)
        return numeral[1] if numeral else label

    sides = [
        " + ".join(name(edition.figures[key]) for key in side) if len(side) <= 2 else _("各项之和")
        for side in (equation.left, equation.right)
    ]
    return " = ".join(sides)


def error_of(form: EntryForm, name: str) -> str:
    return " ".join(str(error) for error in form.errors.get(name, ())) if form.is_bound else ""


def typed_table(
    table: Table,
    edition: Edition,
    form: EntryForm,
    figures: Mapping[str, Any],
    marks: Mapping[str, str],
    findings: Sequence[NumberedWithSeverity],
    last: LastYear = NOTHING,
    pins: Mapping[str, str] = MappingProxyType({}),
    origins: Mapping[str, Origin] = MappingProxyType({}),
) -> TypedTable:
    """The official table with what was typed, the errors of the form, the numbers of the findings, its equations."""
    sheet = draw(table, edition, figures, marks, {}, findings)
    numbers = {(equation.rule, equation.where): number for number, equation in enumerate(edition.equations)}
    outlined = _outlined(edition, findings)

    def numbered(equation_line: EquationLine | None) -> NumberedEquationLine | None:
        if equation_line is None:
            return None
        equation = equation_line.equation
        untouched = all(figures.get(key) is None for key in equation.cells)
        return NumberedEquationLine(numbers[equation.rule, equation.where], equation_line, untouched)

    def lines(drawn: Sequence[Any]) -> tuple[TypedLine, ...]:
        return tuple(
            TypedLine(
                tuple(_typed(bare(sheet, cell), form, outlined, last, pins, origins) for cell in line.cells),
                numbered(line.equation_line),
            )
            for line in drawn
        )

    below = []
    for line in sheet.equation_lines:
        equation_lines = tuple(found for equation_line in line if (found := numbered(equation_line)))
        below.append(EquationLineRow(_in_short(edition, equation_lines[0]) if equation_lines else "", equation_lines))
    body = lines(sheet.body)
    beside = _in_short(edition, next((line.equation_line for line in body if line.equation_line), None))
    sentence = summary(table, figures)
    return TypedTable(table, lines(sheet.head), body, tuple(below), sheet.label_columns, sentence, beside)


def _outlined(edition: Edition, findings: Sequence[NumberedWithSeverity]) -> dict[str, str]:
    """The cells to be outlined, and how; where an error and a doubt meet, the error shows."""
    results = {(equation.rule, equation.where): equation.right for equation in edition.equations}
    cells: dict[str, str] = {}
    for finding in reversed(findings):
        likely = [finding.culprit] if finding.culprit else finding.cells
        if len(likely) > MAX_OUTLINED:
            likely = list(results.get((finding.rule, finding.where), ()))
        cells |= dict.fromkeys(likely, "wrong" if finding.severity == Severity.ERROR else "doubtful")
    return cells


def bare(sheet: Sheet, cell: Cell) -> Typed:
    """A cell as it is printed: its text if it has one, and which edges of the table it touches."""
    width = sheet.label_columns + sheet.figure_columns
    states = {
        "from-left": cell.column == 0,
        "last": cell.column + cell.grid.colspan == width,
        "group": cell.grid.role == "label" and cell.grid.rowspan > 1,
    }
    if cell.value:
        states |= {"total": cell.value.total, "zero": cell.value.look == "zero"}
    return Typed(cell, cell.value, pick(cell.grid.text, cell.grid.text_en), classes=_holding(states))


def _typed(
    cell: Typed,
    form: EntryForm,
    outlined: Mapping[str, str],
    last: LastYear,
    pins: Mapping[str, str],
    origins: Mapping[str, Origin],
) -> Typed:
    if cell.value is None:
        return cell
    figure = cell.value.figure
    text = form.typed(figure.key)
    error = error_of(form, figure.key)
    origin = origins.get(figure.key, NOWHERE)
    proposed = origin.proposed or last.proposed.get(figure.key, "")
    states = {
        "unfilled": not text.strip(),
        "proposed": bool(proposed),
        "pinned": figure.key in pins,
        origin.look: True,
        outlined.get(figure.key, ""): True,
        "invalid": bool(error),
    }
    return Typed(
        cell.cell,
        cell.value,
        text,
        error,
        pick(figure.label, figure.label_en),
        pick(figure.row.note, figure.row.note_en),
        f"{cell.classes} {_holding(states)}".strip(),
        proposed=proposed,
        last=last.shown.get(figure.key, ""),
        pin=pins.get(figure.key, ""),
        origin=origin,
    )


def _holding(classes: Mapping[str, bool]) -> str:
    return " ".join(name for name, holds in classes.items() if name and holds)
