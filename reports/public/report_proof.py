"""The proof of one report: its chain up to the last publication, opened where everybody may see the content."""

from __future__ import annotations

from typing import Any

from agencies.models import RecordEntry
from agencies.record.proving import proof_of
from reports.models import Change, Report, State, TakeDown
from reports.models.change import PUBLISHED, chain_of


def report_proof(report: Report) -> dict[str, Any]:
    """What happened after the last publication, or take-down, is nobody's business yet and left out. What was public and is taken
    down is not opened."""
    chain = chain_of(report)
    changes = Change.objects.filter(version__report=report, publishes=True).exclude(version__state=State.TAKEN_DOWN)
    publications = {change.pk: change for change in changes}
    entries = RecordEntry.objects.filter(chain=chain, kind=Change.record_kind(), record__in=publications)
    openings = {
        position: {name: salt for name, salt in publications[record].salts.items() if name.startswith(PUBLISHED)}
        for position, record in entries.values_list("position", "record")
    }
    openings |= _takedowns(report, chain)
    return proof_of(chain, max(openings, default=0), openings)


TOLD = ("kind", "reason", "office", "made_at")
"""What everybody is told of a take-down, with the report as JSON."""


def _takedowns(report: Report, chain: str) -> dict[int, dict[str, str]]:
    takedowns = {takedown.pk: takedown for takedown in TakeDown.objects.filter(report=report)}
    entries = RecordEntry.objects.filter(chain=chain, kind=TakeDown.record_kind(), record__in=takedowns)
    return {
        position: {name: salt for name, salt in takedowns[record].salts.items() if name in TOLD}
        for position, record in entries.values_list("position", "record")
    }
