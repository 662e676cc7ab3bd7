"""Findings as the filer's page lists them: numbered, worded, each with the place it leads to."""

from __future__ import annotations

from dataclasses import dataclass

from reports.checks.wording import message
from reports.models import Decision, Finding, Severity, Version

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
