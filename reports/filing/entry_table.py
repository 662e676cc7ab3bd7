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
from reports.filing.carrying import NOTHING, LastYear
from reports.filing.forms import EntryForm
from reports.models import Severity
from reports.originals.links import NOWHERE, Origin
from reports.public.sheet import Cell, Numbered, Sheet, Strip, Value, draw
from reports.public.summary import summary
from reports.standard.elements import Edition, Figure, Table

MOST_OUTLINED = 5
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
    strip: NumberedStrip | None = None


@dataclass(frozen=True)
class NumberedStrip:
    """A strip and the number of its equation in the edition, by which the page's script finds it."""

    number: int
    strip: Strip
    untouched: bool = False
    """Nothing of what it ties together is filled in, so there is nothing to say yet."""


@dataclass(frozen=True)
class StripLine:
    """The equations of one rule, column by column."""

    name: str
    strips: tuple[NumberedStrip, ...]


@dataclass(frozen=True)
class TypedTable:
    table: Table
    head: tuple[TypedLine, ...]
    body: tuple[TypedLine, ...]
    below: tuple[StripLine, ...]
    label_columns: int
    sentence: str
    beside: str = ""
    """What the equations beside the rows say; empty where there are none."""

    @property
    def broken(self) -> int:
        """How many of its equations do not hold."""
        strips = [line.strip for line in self.body if line.strip]
        strips += [strip for line in self.below for strip in line.strips]
        return sum(strip.strip.verdict == "broken" for strip in strips)


def _in_short(edition: Edition, numbered: NumberedStrip | None) -> str:
    """What an equation says for every column or row, by the numerals that the form prints: “一 + 二 = （七） + 四”."""
    if numbered is None:
        return ""
    equation = numbered.strip.equation
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

    def numbered(strip: Strip | None) -> NumberedStrip | None:
        if strip is None:
            return None
        equation = strip.equation
        untouched = all(figures.get(key) is None for key in equation.cells)
        return NumberedStrip(numbers[equation.rule, equation.where], strip, untouched)

    def lines(drawn: Sequence[Any]) -> tuple[TypedLine, ...]:
        return tuple(
            TypedLine(
                tuple(_typed(bare(sheet, cell), form, outlined, last, pins, origins) for cell in line.cells),
                numbered(line.strip),
            )
            for line in drawn
        )

    below = []
    for line in sheet.strips:
        strips = tuple(found for strip in line if (found := numbered(strip)))
        below.append(StripLine(_in_short(edition, strips[0]) if strips else "", strips))
    body = lines(sheet.body)
    beside = _in_short(edition, next((line.strip for line in body if line.strip), None))
    sentence = summary(table, figures)
    return TypedTable(table, lines(sheet.head), body, tuple(below), sheet.label_columns, sentence, beside)


def _outlined(edition: Edition, findings: Sequence[NumberedWithSeverity]) -> dict[str, str]:
    """The cells to be outlined, and how; where an error and a doubt meet, the error shows."""
    results = {(equation.rule, equation.where): equation.right for equation in edition.equations}
    cells: dict[str, str] = {}
    for finding in reversed(findings):
        likely = [finding.culprit] if finding.culprit else finding.cells
        if len(likely) > MOST_OUTLINED:
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
