"""Findings as they are stored: those found again keep their decision, those that are gone are resolved or forgotten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Q

from reports.checks.content import Operand, RuleFinding, plain
from reports.checks.engine import Verdict
from reports.checks.rules import RULES
from reports.models import Decision, Finding, Version


class FindingChanges:
    """What has to be written, gathered over all versions of a batch."""

    def __init__(self) -> None:
        self.new: list[Finding] = []
        self.changed: list[Finding] = []
        self.gone: list[Finding] = []

    def reconcile(
        self, version: Version, verdict: Verdict, records: list[Finding], before: Mapping[str, Finding] | None = None
    ) -> list[Finding]:
        """What was found as it now stands. `before` holds, by fingerprint, what was decided in earlier versions of the report."""
        before = before or {}
        stored = {record.fingerprint: record for record in records}
        current = []
        for finding in verdict.findings:
            record = stored.pop(finding.fingerprint, None)
            fresh = _record(version, finding)
            if record is None:
                _inherit(fresh, before.get(finding.fingerprint))
                self.new.append(record := fresh)
            else:
                differs = _differs(record, fresh)
                if _is_decided_since(record, before.get(finding.fingerprint)):
                    differs = _inherit(record, before[finding.fingerprint])
                if differs:
                    self.changed.append(record)
            current.append(record)
        for record in stored.values():
            if record.rule in RULES and record.rule not in verdict.judged:
                current.append(record)
            elif record.decision == Decision.OPEN and _is_current(record):
                self.gone.append(record)
            elif record.decision != Decision.RESOLVED:
                record.decision = Decision.RESOLVED
                self.changed.append(record)
        return current

    def store(self) -> None:
        Finding.objects.filter(pk__in=[record.pk for record in self.gone]).delete()
        Finding.objects.bulk_update(
            self.changed, [*_REFRESHED, *(name.removesuffix("_id") for name in _DECIDED)], batch_size=500
        )
        Finding.objects.bulk_create(self.new, batch_size=500)


_REFRESHED = ("rule_version", "severity", "cells", "expected", "actual", "culprit", "earlier")
"""What may change about a finding while its fingerprint stays the same."""


_DECIDED = ("decision", "reason", "decided_by_id", "decided_by_name", "decided_at", "assignee_id")


def decided_before(versions: Sequence[Version]) -> dict[int, dict[str, Finding]]:
    """By key of the version and by fingerprint: what was decided, or given to somebody, in earlier versions of its report."""
    later = {version.report_id: version for version in versions if version.number > 1}
    if not later:
        return {}
    found = Finding.objects.filter(version__report__in=later).exclude(decision=Decision.RESOLVED)
    found = found.filter(~Q(decision=Decision.OPEN) | Q(assignee__isnull=False)).select_related("version")
    before: dict[int, dict[str, Finding]] = {version.pk: {} for version in later.values()}
    for record in found.order_by("version__number"):
        version = later[record.version.report_id]
        if record.version.number < version.number:
            before[version.pk][record.fingerprint] = record
    return before


def _inherit(record: Finding, before: Finding | None) -> bool:
    """The same contradiction in a corrected report is still decided. Whether there was a decision to take over."""
    if before is None:
        return False
    for name in _DECIDED:
        setattr(record, name, getattr(before, name))
    return True


def _is_decided_since(record: Finding, before: Finding | None) -> bool:
    """Whether nobody has said anything about it here, and somebody did about the version that is still public."""
    if before is None or before.decided_at is None or record.decided_at is not None:
        return False
    return record.decision == Decision.OPEN and before.decided_at > record.created_at


def _differs(record: Finding, fresh: Finding) -> bool:
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


def _is_current(record: Finding) -> bool:
    rule = RULES.get(record.rule)
    return rule is not None and rule.version == record.rule_version


def _verdict(record: Finding) -> dict[str, Any]:
    """What a version of a rule said, to be kept when a later one says otherwise."""
    return {
        "rule_version": record.rule_version,
        "severity": record.severity,
        "cells": record.cells,
        "expected": plain(record.expected) if record.expected is not None else None,
        "actual": plain(record.actual) if record.actual is not None else None,
    }


def _record(version: Version, finding: RuleFinding) -> Finding:
    rule = RULES[finding.rule]
    return Finding(
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
