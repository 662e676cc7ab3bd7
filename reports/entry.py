"""The entry form as its page draws it: the official tables with what was typed, and the state of each chapter.

Derived from the declared form; which cells are wrong is decided in `reports.checks`, not here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports.forms import CONTACT, EntryForm
from reports.models import Severity
from reports.numbered import NumberedFinding
from reports.sheet import Cell, Sheet, Strip, Value, draw
from reports.standard.elements import Chapter, Edition, Figure, Table
from reports.summary import summary

MOST_OUTLINED = 5
"""Of an equation that ties more cells together only the result is outlined: a whole column in red says nothing."""


NUMERAL = re.compile(r"^(（.）|[一二三四五六七]|\(\d\)|\d)[、. ]?")


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


@dataclass(frozen=True)
class Input:
    """A field that is no cell of a table."""

    name: str
    label: str
    value: str
    error: str = ""
    rows: int = 0
    choices: tuple[tuple[str, str], ...] = ()
    help: str = ""
    label_hidden: bool = False


@dataclass(frozen=True)
class FormChapter:
    """A chapter as the page shows it. `state` is empty, partial, wrong or done."""

    key: str
    heading: str
    state: str
    table: TypedTable | None = None
    guidance: tuple[str, ...] = ()
    inputs: tuple[Input, ...] = field(default=())

    @property
    def state_in_words(self) -> str:
        return {"empty": _("空"), "partial": _("填写中"), "wrong": _("有矛盾"), "done": _("完成")}[self.state]


def _in_short(edition: Edition, numbered: NumberedStrip | None) -> str:
    """What an equation says for every column or row, by the numerals that the form prints: “一 + 二 = （七） + 四”."""
    if numbered is None:
        return ""
    equation = numbered.strip.equation
    one_row = len({edition.figures[key].row_key for key in equation.cells}) == 1

    def name(figure: Figure) -> str:
        line = figure.column if one_row else figure.row
        label = line.label_en if english() else line.label
        numeral = NUMERAL.match(label)
        return numeral[1] if numeral else label

    sides = [
        " + ".join(name(edition.figures[key]) for key in side) if len(side) <= 2 else _("各项之和")
        for side in (equation.left, equation.right)
    ]
    return " = ".join(sides)


def english() -> bool:
    return (get_language() or "").startswith("en")


def chapters(
    edition: Edition,
    form: EntryForm,
    figures: Mapping[str, Any],
    marks: Mapping[str, str],
    findings: Sequence[NumberedFinding],
) -> list[FormChapter]:
    """Everything the form asks for, in the order of the printed report."""
    concerned = {key for finding in findings for key in (*finding.cells, finding.where)}
    result = [_prose("preamble", _("前言与联系方式"), form, concerned, _contact(form), rows=4)]
    for chapter in edition.chapters:
        heading = f"{chapter.numeral}、{chapter.title_en}" if english() else chapter.heading
        if chapter.has_table:
            table = typed_table(edition.table(chapter.key), edition, form, figures, marks, findings)
            result.append(FormChapter(chapter.key, heading, _table_state(table, concerned), table))
        else:
            result.append(_prose(chapter.key, heading, form, concerned, (), chapter))
    result.append(_prose("notes", _("统计范围与表格说明"), form, concerned, _scope(form), rows=3))
    return result


def _prose(
    key: str,
    heading: str,
    form: EntryForm,
    concerned: set[str],
    further: tuple[Input, ...],
    chapter: Chapter | None = None,
    rows: int = 10,
) -> FormChapter:
    text = _input(form, key, rows=rows, label_hidden=chapter is not None)
    optional = key == "notes"
    state = "done" if text.value.strip() or optional else "empty"
    if f"narrative.{key}" in concerned or any(item.error for item in (text, *further)):
        state = "wrong"
    guidance = () if chapter is None else chapter.guidance_en if english() else chapter.guidance
    return FormChapter(key, heading, state, None, guidance, (text, *further))


def _contact(form: EntryForm) -> tuple[Input, ...]:
    return tuple(_input(form, name) for name in CONTACT)


def _scope(form: EntryForm) -> tuple[Input, ...]:
    choices = tuple((str(value), str(label)) for value, label in form.fields["scope_kind"].choices)  # type: ignore[attr-defined]
    return (
        _input(form, "scope_kind", choices=choices),
        _input(form, "scope_units", rows=2, help=_("数据含所辖单位的，一行写一个单位。")),
        _input(form, "scope_quote", rows=2, help=_("报告中说明统计范围的原话。")),
    )


def _input(form: EntryForm, name: str, **more: Any) -> Input:
    return Input(name, str(form.fields[name].label), form.typed(name), _error(form, name), **more)


def _error(form: EntryForm, name: str) -> str:
    return " ".join(str(error) for error in form.errors.get(name, ())) if form.is_bound else ""


def _table_state(table: TypedTable, concerned: set[str]) -> str:
    cells = [cell for line in table.body for cell in line.cells if cell.value]
    filled = [cell for cell in cells if cell.text.strip()]
    if any(cell.error for cell in cells) or any(cell.value and cell.value.findings for cell in filled):
        return "wrong"
    if table.table.key in concerned:
        return "wrong"
    return "done" if len(filled) == len(cells) else "partial" if filled else "empty"


def typed_table(
    table: Table,
    edition: Edition,
    form: EntryForm,
    figures: Mapping[str, Any],
    marks: Mapping[str, str],
    findings: Sequence[NumberedFinding],
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
            TypedLine(tuple(_typed(bare(sheet, cell), form, outlined) for cell in line.cells), numbered(line.strip))
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


def _outlined(edition: Edition, findings: Sequence[NumberedFinding]) -> dict[str, str]:
    """The cells to be outlined, and how; where an error and a doubt meet, the error shows."""
    results = {(equation.rule, equation.where): equation.right for equation in edition.equations}
    cells: dict[str, str] = {}
    for finding in reversed(findings):
        likely = [finding.culprit] if finding.culprit else finding.cells
        if len(likely) > MOST_OUTLINED:
            likely = list(results.get((finding.rule, finding.where), ()))
        cells |= dict.fromkeys(likely, "wrong" if finding.record.severity == Severity.ERROR else "doubtful")
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
    return Typed(cell, cell.value, cell.grid.text_en if english() else cell.grid.text, classes=_holding(states))


def _typed(cell: Typed, form: EntryForm, outlined: Mapping[str, str]) -> Typed:
    if cell.value is None:
        return cell
    figure = cell.value.figure
    text = form.typed(figure.key)
    error = _error(form, figure.key)
    states = {"unfilled": not text.strip(), outlined.get(figure.key, ""): True, "invalid": bool(error)}
    return Typed(
        cell.cell,
        cell.value,
        text,
        error,
        figure.label_en if english() else figure.label,
        figure.row.note_en if english() else figure.row.note,
        f"{cell.classes} {_holding(states)}".strip(),
    )


def _holding(classes: Mapping[str, bool]) -> str:
    return " ".join(name for name, holds in classes.items() if name and holds)
