"""What was changed is checked once the change is committed, so that nobody who saves, and nobody else, waits for it.

The equations are checked with the change itself: what they find is shown to readers and forbids to submit.
"""

from __future__ import annotations

from functools import partial

from django_tasks import task

from reports.findings.outbox import after_commit, claim, left_over
from reports.findings.run import check_equations, check_version
from reports.models import PendingCheck, Version

MAX_AT_ONCE = 20_000
"""Characters: several times an ordinary report. What is longer is left to a worker; whoever saved it has his answer."""


def check_later(version: Version) -> None:
    """Checks the equations, in the transaction at hand, and notes that everything else has to be checked once it is committed."""
    check_equations(version)
    PendingCheck.objects.create(version=version)
    if sum(map(len, version.narrative.values())) > MAX_AT_ONCE:
        check_one.enqueue(version.pk)
    else:
        after_commit(partial(_carry_out, version.pk))


@task
def check_one(pk: int) -> None:
    """Checks a version, unless that is done already or somebody is at it."""
    _carry_out(pk)


def check_pending() -> int:
    """Checks whatever is still to be checked, and says how many versions that were."""
    return sum(_carry_out(pk) for pk in left_over(PendingCheck, "version_id"))


def _carry_out(pk: int) -> bool:
    if not claim(PendingCheck.objects.filter(version=pk)):
        return False
    version = Version.objects.filter(pk=pk).first()
    if version is None:
        return False
    check_version(version)
    return True


def is_pending(version: Version) -> bool:
    """Whether the findings of a version are not yet those of what it says now."""
    return version.pending_checks.exists()
