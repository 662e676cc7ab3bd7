"""Why a finding is true: its formula with the operands, both documents' cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from reports.checks.content import Number
from reports.checks.phrases import Group, printed
from reports.checks.wording import operand_name
from reports.models import Finding, Version
from reports.originals.drawing import anchor
from reports.review.excerpt import TableExcerpt, excerpt
from reports.sheets.sheet import draw
from reports.standard import CURRENT
from reports.standard.elements import Edition
from reports.standard.equations import LAST_YEAR, Equation

UNIT = "unit."
MAX_UNITS = 12
"""So many parts of a sum are shown one by one, the largest first; the others together."""


@dataclass(frozen=True)
class FormulaTerm:
    """One operand: its sign, what it is called, its value; `culprit` where changing it alone would put all right."""

    sign: str
    name: str
    value: str
    culprit: bool = False


@dataclass(frozen=True)
class Formula:
    left: list[FormulaTerm]
    right: list[FormulaTerm]
    left_sum: str
    right_sum: str
    difference: str


def formula(finding: Finding, units: Mapping[str, str]) -> Formula | None:
    """The two sides that should be equal and are not; None where the finding is no matter of adding up. `units` are the
    names of the agencies whose figures are added up, by their codes."""
    form = finding.version.form or CURRENT
    sides = _of_units(finding, units) if finding.rule == "roll_up" else _sides(finding, form)
    if sides is None:
        return None
    sums = [_sum(side) for side in sides]
    left, right = (_terms(side, finding.culprit) for side in sides)
    return Formula(left, right, printed(sums[0]), printed(sums[1]), printed(max(sums) - min(sums)))


def _terms(side: Side, culprit: str) -> list[FormulaTerm]:
    return [FormulaTerm(sign, name, printed(value), key == culprit) for sign, key, name, value in side]


Side = list[tuple[str, str, str, Number]]
"""What is added up: sign, key, name, value."""


def _sum(side: Side) -> Number:
    total: Number = 0
    for sign, _key, _name, value in side:
        total = total - value if sign == "−" else total + value
    return total


def _sides(finding: Finding, form: Edition) -> tuple[Side, Side] | None:
    numbers = numbers_in(finding.operands)
    where = (finding.rule, finding.where)

    def name(key: str) -> str:
        return operand_name(finding.rule, key, form)

    for equation in form.equations:
        if (equation.rule, equation.where) == where and numbers.keys() >= set(equation.cells):
            group = Group(form, equation.cells)
            sides = ([key for key in equation.left if _counts(key, equation, numbers)], equation.right)
            left, right = (_added([(key, group.name(key), numbers[key]) for key in side]) for side in sides)
            return left, right
    for over_years in form.year_equations:
        before = LAST_YEAR + over_years.before
        if (over_years.rule, over_years.where) == where and numbers.keys() >= {before, *over_years.cells}:
            group = Group(form, (over_years.before, *over_years.cells))
            left = [("", before, _("上年%(name)s") % {"name": group.name(over_years.before)}, numbers[before])]
            left += [("+", key, group.name(key), numbers[key]) for key in over_years.plus]
            left += [("−", key, group.name(key), numbers[key]) for key in over_years.minus]
            after = over_years.after
            return left, [("", after, _("本年%(name)s") % {"name": group.name(after)}, numbers[after])]
    if finding.rule == "narrative_figure" and numbers.keys() >= {"text", "sum"}:
        cells = [key for key in finding.cells if key in form.figures and key in finding.version.figures]
        stored = {key: finding.version.figures[key] for key in cells}
        if cells and all(value is not None for value in stored.values()) and sum(stored.values()) == numbers["sum"]:
            right = _added([(key, name(key), stored[key]) for key in cells])
        else:
            right = [("", "sum", name("sum"), numbers["sum"])]
        return [("", "text", name("text"), numbers["text"])], right
    if finding.rule == "narrative_sum" and "total" in numbers:
        parts = [(key, name(key), value) for key, value in numbers.items() if key.startswith("part_")]
        return _added(parts), [("", "total", name("total"), numbers["total"])]
    signs = {"now": "", "before": "−", "stated": ""}
    if finding.rule == "narrative_change" and not finding.operands.get("unit") and numbers.keys() >= signs.keys():
        terms = [(sign, key, name(key), numbers[key]) for key, sign in signs.items()]
        return terms[:2], terms[2:]
    return None


def units_in(operands: Mapping[str, Any]) -> list[str]:
    """The codes (or, of those that the register lacks, the names) of the agencies whose figures are added up."""
    return [key.removeprefix(UNIT) for key in operands if key.startswith(UNIT)]


def _of_units(finding: Finding, names: Mapping[str, str]) -> tuple[Side, Side] | None:
    numbers = numbers_in(finding.operands)
    whole = next((key for key in finding.cells if key in numbers), "")
    if not whole:
        return None
    parts = sorted(((numbers[UNIT + code], code) for code in units_in(finding.operands)), reverse=True)
    shown = [(UNIT + code, names.get(code, code), number) for number, code in parts[:MAX_UNITS]]
    if rest := parts[MAX_UNITS:]:
        shown.append(("rest", _("其余 %(count)s 个单位") % {"count": len(rest)}, sum(number for number, _code in rest)))
    return _added(shown or [("", _("所辖单位"), 0)]), [("", whole, finding.version.report.agency.name, numbers[whole])]


def _counts(key: str, equation: Equation, numbers: Mapping[str, Number]) -> bool:
    """In a long sum only what is not zero is worth a line."""
    return len(equation.left) <= 6 or bool(numbers[key])


def _added(terms: Iterable[tuple[str, str, Number]]) -> Side:
    return [("+" if number else "", key, name, value) for number, (key, name, value) in enumerate(terms)]


def numbers_in(operands: Mapping[str, Any]) -> dict[str, Number]:
    """The numbers among the stored operands; one with decimals is stored as text."""
    found: dict[str, Number] = {}
    for key, value in operands.items():
        if isinstance(value, int):
            found[key] = value
        elif isinstance(value, str) and re.fullmatch(r"-?\d+\.\d+", value):
            found[key] = Decimal(value)
    return found


def operands(finding: Finding) -> list[tuple[str, str]]:
    """Every value on which the verdict rests, by its name."""
    form = finding.version.form or CURRENT
    numbers = numbers_in(finding.operands)
    percent = {"stated"} if finding.operands.get("unit") == "%" else set()
    return [
        (name, (printed(numbers[key]) if key in numbers else str(value or _("空白"))) + "%" * (key in percent))
        for key, value in finding.operands.items()
        if (name := operand_name(finding.rule, key, form))
    ]


@dataclass(frozen=True)
class CitedReport:
    """The cells of one year's report that a finding is about, table by table; `place` is where in its source the
    weightiest of them was read."""

    version: Version
    excerpts: list[TableExcerpt]
    place: Mapping[str, int] | None = None

    @property
    def anchor(self) -> str:
        """The same place in the page that shows the source."""
        return f"#{anchor(self.place)}" if self.place else ""


def cited_reports(finding: Finding, last: Version | None) -> list[CitedReport]:
    """The report, with the cells that the finding is about, and last year's with those on which it rests, else with the
    same ones for comparison; last year's only as far as there are any."""
    now = {key for key in (*finding.cells, finding.culprit) if key}
    before = {key.removeprefix(LAST_YEAR) for key in finding.operands if key.startswith(LAST_YEAR)} or now
    found = [_cited_report(finding.version, now, finding)]
    if last is not None and (of_last_year := _cited_report(last, before, None)).excerpts:
        found.append(of_last_year)
    return found


def _cited_report(version: Version, wanted: set[str], finding: Finding | None) -> CitedReport:
    form = version.form
    excerpts = []
    keep = {finding.culprit} if finding else set()
    for table in form.tables if form else ():
        concerned = {figure.key for figure in table.figures()} & wanted
        if form and concerned:
            sheet = draw(table, form, version.figures, version.marks, version.places, ())
            excerpts.append(excerpt(sheet, concerned, keep))
    places = [version.places[key] for key in (*keep, *sorted(wanted)) if version.places.get(key)]
    return CitedReport(version, excerpts, places[0] if places else None)
