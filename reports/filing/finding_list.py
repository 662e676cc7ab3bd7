"""Findings as the filer's page lists them: numbered, worded, each with the place it leads to."""

from __future__ import annotations

from dataclasses import dataclass

from config.language import pick
from reports.checks.content import Number
from reports.checks.rule import FindingLike
from reports.checks.wording import message
from reports.models import Decision, Finding, Severity, Version
from reports.standard import CURRENT, NARRATIVE_PARTS
from reports.standard.elements import Edition

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
    def part(self) -> str:
        """The chapter whose sentence is quoted; empty where the finding is about no text."""
        return narrative_part(self.where)

    @property
    def cells(self) -> list[str]:
        return self.record.cells  # type: ignore[no-any-return]

    @property
    def severity(self) -> str:
        return self.record.severity

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
        return pick(figures[self.culprit].label, figures[self.culprit].label_en) if self.culprit in figures else ""

    @property
    def reason(self) -> str:
        return self.record.reason


def numbered_findings(version: Version) -> list[NumberedFinding]:
    """What stands against a version now: the contradictions, hard ones first, then what is not filled in."""
    records = [record for record in version.findings.all() if record.decision != Decision.RESOLVED]
    records.sort(key=lambda record: (record.rule == UNDECIDED, ORDER[Severity(record.severity)]))
    return [
        NumberedFinding(number, record, message(record, version.edition), goto_of(record, version.form))
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
            return equation.evaluate(operands, form.signed).solve(record.culprit)
    return None


def narrative_part(where: str) -> str:
    """The part of the narrative that a finding (`overview`) or a doubt (`narrative.overview`) is about, else empty."""
    part = where.removeprefix("narrative.")
    return part if part in NARRATIVE_PARTS else ""


def goto_of(finding: FindingLike, form: Edition | None) -> str:
    """The name of the input that a finding leads to: the result of its equation if it is one, else the first cell, the text, or
    the table; empty where it concerns none."""
    if finding.cells:
        for equation in form.equations if form else ():
            if (equation.rule, equation.where) == (finding.rule, finding.where):
                return equation.right[0]
        return str(finding.cells[0])
    where = str(finding.where)
    if part := narrative_part(where):
        return part
    return f"h-{where}" if where and "." not in where else ""
