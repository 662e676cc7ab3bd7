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
from reports.originals.links import NO_LINK, SourceLink
from reports.sheets.sheet import EquationLine, EquationLines, FindingAnchor, Sheet, ShownFigure, draw
from reports.sheets.summary import summary
from reports.standard.elements import Edition, Figure, Table

MAX_OUTLINED = 5
"""Of an equation that ties more cells together only the result is outlined: a whole column in red says nothing."""


NUMERAL = re.compile(r"^(（.）|[一二三四五六七]|\(\d\)|\d)[、. ]?")


class GradedFinding(FindingAnchor, Protocol):
    """A finding of a stored report, or a doubt of one that is imported."""

    @property
    def severity(self) -> str: ...


@dataclass(frozen=True)
class CellInput:
    """What the input of a figure shows and says."""

    shown: ShownFigure
    text: str
    label: str
    note: str
    classes: str
    error: str = ""
    proposed: str = ""
    last: str = ""
    """What last year's report proposes for an empty cell, and what stood there."""
    pin: str = ""
    """What was said about the cell when the report was given back."""
    origin: SourceLink = NO_LINK


@dataclass(frozen=True)
class EntryTable:
    """An official table of the form with its inputs by the keys of their figures."""

    sheet: Sheet
    inputs: Mapping[str, CellInput]
    sentence: str
    beside: str
    """What the equations beside the rows say; empty where there are none."""
    below: tuple[tuple[str, EquationLines], ...]
    """The equations of one rule, column by column, after what they say."""


def _in_short(edition: Edition, equation_line: EquationLine) -> str:
    """What an equation says for every column or row, by the numerals that the form prints: “一 + 二 = （七） + 四”."""
    equation = equation_line.equation
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


def entry_table(
    table: Table,
    edition: Edition,
    form: EntryForm,
    figures: Mapping[str, Any],
    marks: Mapping[str, str],
    findings: Sequence[GradedFinding],
    last: LastYear = NOTHING,
    pins: Mapping[str, str] = MappingProxyType({}),
    origins: Mapping[str, SourceLink] = MappingProxyType({}),
) -> EntryTable:
    """The official table with what was typed, the errors of the form, the numbers of the findings, its equations."""
    sheet = draw(table, edition, figures, marks, {}, findings)
    outlined = _outlined(edition, findings)
    return EntryTable(
        sheet,
        {key: _input(shown, form, outlined, last, pins, origins) for key, shown in sheet.figures.items()},
        summary(table, figures),
        next((_in_short(edition, line) for line in sheet.beside.values()), ""),
        tuple((_in_short(edition, lines[0]), lines) for lines in sheet.below),
    )


def _outlined(edition: Edition, findings: Sequence[GradedFinding]) -> dict[str, str]:
    """The cells to be outlined, and how; where an error and a doubt meet, the error shows."""
    results = {(equation.rule, equation.where): equation.right for equation in edition.equations}
    cells: dict[str, str] = {}
    for finding in reversed(findings):
        likely = [finding.culprit] if finding.culprit else finding.cells
        if len(likely) > MAX_OUTLINED:
            likely = list(results.get((finding.rule, finding.where), ()))
        cells |= dict.fromkeys(likely, "wrong" if finding.severity == Severity.ERROR else "doubtful")
    return cells


def _input(
    shown: ShownFigure,
    form: EntryForm,
    outlined: Mapping[str, str],
    last: LastYear,
    pins: Mapping[str, str],
    origins: Mapping[str, SourceLink],
) -> CellInput:
    figure = shown.figure
    text = form.typed(figure.key)
    error = error_of(form, figure.key)
    origin = origins.get(figure.key, NO_LINK)
    proposed = origin.proposed or last.proposed.get(figure.key, "")
    states = {
        "total": shown.total,
        "zero": shown.look == "zero",
        "unfilled": not text.strip(),
        "proposed": bool(proposed),
        "pinned": figure.key in pins,
        origin.look: True,
        outlined.get(figure.key, ""): True,
        "invalid": bool(error),
    }
    return CellInput(
        shown,
        text,
        pick(figure.label, figure.label_en),
        pick(figure.row.note, figure.row.note_en),
        " ".join(name for name, holds in states.items() if name and holds),
        error,
        proposed,
        last.shown.get(figure.key, ""),
        pins.get(figure.key, ""),
        origin,
    )
