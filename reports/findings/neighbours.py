"""The reports that are compared with one that became public: they are checked anew soon after, each on its own.

What is still to be done is a row, written in the transaction that makes a report public, so that it is done even if the
process dies between the two. Whoever committed does it at once; a worker does what was left (`manage.py work`).
"""

from __future__ import annotations

import datetime
import logging

from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone

from reports.findings.run import check_version
from reports.findings.series import versions_after
from reports.findings.texts import versions_like
from reports.findings.units import wholes_over
from reports.models import NeighbourCheck, Report, Version

logger = logging.getLogger(__name__)

LEASE = datetime.timedelta(minutes=2)
"""So long nobody else takes up what somebody is at; after that its process counts as dead."""


def check_later(report: Report) -> None:
    """Notes, in the transaction at hand, that the neighbours of a report have to be checked once it is committed."""
    row = NeighbourCheck.objects.create(report=report)
    transaction.on_commit(lambda: _at_once(row.pk), robust=True)


def _at_once(pk: int) -> None:
    try:
        _carry_out(pk)
    except DatabaseError:
        logger.warning("The neighbours of a report are left to a worker.", exc_info=True)


def check_pending() -> int:
    """Checks all neighbours that are still to be checked, and says for how many reports that was done."""
    return sum(_carry_out(pk) for pk in list(NeighbourCheck.objects.order_by("pk").values_list("pk", flat=True)))


def _carry_out(pk: int) -> bool:
    now = timezone.now()
    free = NeighbourCheck.objects.filter(Q(claimed_until=None) | Q(claimed_until__lt=now), pk=pk)
    if not free.update(claimed_until=now + LEASE):
        return False
    row = NeighbourCheck.objects.select_related("report__published__report__agency").filter(pk=pk).first()
    if row is None:
        return False
    if row.report.published:
        for version in neighbours_of(row.report.published):
            # A transaction each: no report waits for another one's check.
            check_version(version)
    row.delete()
    return True


def neighbours_of(version: Version) -> list[Version]:
    """Those that a public version is compared with: the years after it, the reports that sum it up, and those that may be the
    same text."""
    around = [*versions_after([version]), *wholes_over([version]), *versions_like(version)]
    return list({each.pk: each for each in around if each.pk != version.pk}.values())
