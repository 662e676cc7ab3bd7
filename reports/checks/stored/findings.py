"""Findings as they are stored: those found again keep their decision, those that are gone are resolved or forgotten."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from reports.checks.content import Finding, Operand, plain
from reports.checks.engine import Verdict
from reports.checks.rules import RULES
from reports.models import Decision, Version
from reports.models import Finding as Record


class Batch:
    """What has to be written, gathered over all versions of a batch."""

    def __init__(self) -> None:
        self.new: list[Record] = []
        self.changed: list[Record] = []
        self.gone: list[Record] = []

    def reconcile(self, version: Version, verdict: Verdict, records: list[Record]) -> list[Record]:
        stored = {record.fingerprint: record for record in records}
        current = []
        for finding in verdict.findings:
            record = stored.pop(finding.fingerprint, None)
            fresh = _record(version, finding)
            if record is None:
                self.new.append(record := fresh)
            elif _differs(record, fresh):
                self.changed.append(record)
            current.append(record)
        for record in stored.values():
            if record.rule in verdict.faults:
                current.append(record)
            elif record.decision == Decision.OPEN and _is_current(record):
                self.gone.append(record)
            elif record.decision != Decision.RESOLVED:
                record.decision = Decision.RESOLVED
                self.changed.append(record)
        return current

    def store(self) -> None:
        Record.objects.filter(pk__in=[record.pk for record in self.gone]).delete()
        Record.objects.bulk_update(self.changed, [*_REFRESHED, "decision"], batch_size=500)
        Record.objects.bulk_create(self.new, batch_size=500)


_REFRESHED = ("rule_version", "severity", "cells", "expected", "actual", "culprit", "earlier")
"""What may change about a finding while its fingerprint stays the same."""


def _differs(record: Record, fresh: Record) -> bool:
    """Brings a stored finding up to date; whether there was anything to do."""
    differs = record.decision == Decision.RESOLVED
    if differs:
        record.decision = Decision.OPEN
    fresh.earlier = record.earlier
    if record.rule_version != fresh.rule_version:
        fresh.earlier = [*record.earlier, _verdict(record)]
    for name in _REFRESHED:
        if getattr(record, name) != getattr(fresh, name):
            setattr(record, name, getattr(fresh, name))
            differs = True
    return differs


def _is_current(record: Record) -> bool:
    rule = RULES.get(record.rule)
    return rule is not None and rule.version == record.rule_version


def _verdict(record: Record) -> dict[str, Any]:
    """What a version of a rule said, to be kept when a later one says otherwise."""
    return {
        "rule_version": record.rule_version,
        "severity": record.severity,
        "cells": record.cells,
        "expected": plain(record.expected) if record.expected is not None else None,
        "actual": plain(record.actual) if record.actual is not None else None,
    }


def _record(version: Version, finding: Finding) -> Record:
    rule = RULES[finding.rule]
    return Record(
        version=version,
        rule=rule.code,
        rule_version=rule.version,
        severity=finding.severity or rule.severity,
        where=finding.where,
        cells=list(finding.cells),
        operands={key: _as_json(value) for key, value in finding.operands.items()},
        expected=finding.expected,
        actual=finding.actual,
        quote=finding.quote,
        culprit=finding.culprit,
        fingerprint=finding.fingerprint,
    )


def _as_json(value: Operand) -> int | str | None:
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else plain(value)
    return value
