"""The reports that are compared with one that became public: they are checked anew soon after, each on its own."""

from __future__ import annotations

from functools import partial

from reports.catalogue import sums
from reports.findings.outbox import after_commit, claim, left_over
from reports.findings.run import check_version
from reports.findings.series import versions_after
from reports.findings.texts import versions_like
from reports.findings.units import wholes_over
from reports.models import NeighbourCheck, Report, Version


def check_later(report: Report) -> None:
    """Notes, in the transaction at hand, that the neighbours of a report have to be checked once it is committed."""
    row = NeighbourCheck.objects.create(report=report)
    after_commit(partial(_carry_out, row.pk))


def check_pending() -> int:
    """Checks all neighbours that are still to be checked, and says for how many reports that was done."""
    return sum(_carry_out(pk) for pk in left_over(NeighbourCheck, "pk"))


def _carry_out(pk: int) -> bool:
    if not claim(NeighbourCheck.objects.filter(pk=pk)):
        return False
    row = NeighbourCheck.objects.select_related("report__published__report__agency").filter(pk=pk).first()
    if row is None:
        return False
    sums.refresh_below([row.report.agency_id], row.report.year)
    # What was compared with a report that was taken down is no longer.
    if version_of := row.report.published or row.report.taken_down:
        for version in neighbours_of(version_of):
            # A transaction each: no report waits for another one's check.
            check_version(version)
    row.delete()
    return True


def neighbours_of(version: Version) -> list[Version]:
    """Those that a public version is compared with: the years after it, the reports that sum it up, and those that may be the
    same text."""
    around = [*versions_after([version]), *wholes_over([version]), *versions_like(version)]
    return list({each.pk: each for each in around if each.pk != version.pk}.values())
