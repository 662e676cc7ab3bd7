"""Figures that tests of stored findings begin with, and what stands against a version."""

from __future__ import annotations

from typing import Any

from reports.models import Decision, Version
from tests.standard.contract import CONTRACT

ZEROS: dict[str, Any] = {cell.key: 0 for cell in CONTRACT["2021"]}
GRANTED = "applications.granted.natural_person"
PENDING = "proceedings.reconsideration.pending"


def standing(version: Version) -> list[tuple[str, str, str]]:
    records = version.findings.exclude(decision=Decision.RESOLVED)
    return [(record.rule, record.where, record.decision) for record in records]
