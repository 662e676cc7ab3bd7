"""The proof of one report: its chain up to the last publication, opened where everybody may see the content."""

from __future__ import annotations

from typing import Any

from agencies.models import RecordEntry
from agencies.record.proving import proof_of
from reports.models import Change, Report
from reports.models.change import PUBLISHED, chain_of


def report_proof(report: Report) -> dict[str, Any]:
    """What happened after the last publication is nobody's business yet and left out."""
    chain = chain_of(report)
    publications = {change.pk: change for change in Change.objects.filter(version__report=report, publishes=True)}
    entries = RecordEntry.objects.filter(chain=chain, kind=Change.record_kind(), record__in=publications)
    openings = {
        position: {name: salt for name, salt in publications[record].salts.items() if name.startswith(PUBLISHED)}
        for position, record in entries.values_list("position", "record")
    }
    return proof_of(chain, max(openings, default=0), openings)
