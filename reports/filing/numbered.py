"""Findings as the filer's page lists them: numbered, worded, each with the place it leads to."""

from __future__ import annotations

from dataclasses import dataclass

from reports.checks.arithmetic import put_right
from reports.checks.content import Number
from reports.checks.wording import message
from reports.models import Decision, Finding, Severity, Version
from reports.standard import CURRENT

ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}

UNDECIDED = "undecided"


@dataclass(frozen=True)
class NumberedFinding:
    """`goto` is the name of the input that the list leads to, empty where it concerns none."""

    number: int
    record: Finding
    message: str
    goto: str

    @property
    def rule(self) -> str:
        return self.record.rule

    @property
    def where(self) -> str:
        return self.record.where

    @property
    def cells(self) -> list[str]:
        return self.record.cells  # type: ignore[no-any-return]

    @property
    def culprit(self) -> str:
        return self.record.culprit

    @property
    def correction(self) -> Number | None:
        """What the likely culprit would have to hold; None where there is none."""
        return correction_of(self.record)

    @property
    def culprit_label(self) -> str:
        figures = (self.record.version.form or CURRENT).figures
        return figures[self.culprit].label if self.culprit in figures else ""

    @property
    def reason(self) -> str:
        return self.record.reason


def numbered_findings(version: Version) -> list[NumberedFinding]:
    """What stands against a version now: the contradictions, hard ones first, then what is not filled in."""
    records = [record for record in version.findings.all() if record.decision != Decision.RESOLVED]
    records.sort(key=lambda record: (record.rule == UNDECIDED, ORDER[Severity(record.severity)]))
    return [
        NumberedFinding(number, record, message(record, version.edition), _goto(record, version))
        for number, record in enumerate(records, 1)
    ]


def correction_of(record: Finding) -> Number | None:
    """What the likely culprit of a broken equation would have to hold to put everything right, where there is one."""
    form = record.version.form
    if form is None or not record.culprit:
        return None
    operands = {key: value for key, value in record.operands.items() if isinstance(value, int)}
    for equation in form.equations_of.get(record.culprit, ()):
        if (equation.rule, equation.where) == (record.rule, record.where) and operands.keys() >= set(equation.cells):
            return put_right(equation, record.culprit, operands)
    return None


def _goto(record: Finding, version: Version) -> str:
    """The result of the equation if it is one, else the first cell, the text, or the table."""
    if record.cells:
        form = version.form
        equations = form.equations if form else ()
        for equation in equations:
            if (equation.rule, equation.where) == (record.rule, record.where):
                return equation.right[0]
        return str(record.cells[0])
    if record.where.startswith("narrative."):
        return record.where.removeprefix("narrative.")
    return f"h-{record.where}" if record.where and "." not in record.where else ""
