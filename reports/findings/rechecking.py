"""Checking anew what was checked before, because a rule has changed since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db.models import QuerySet

from reports.checks.rules import rule_set
from reports.findings.run import Examined, examine_versions, store_findings
from reports.findings.scope import reread_scopes
from reports.models import Decision, Finding, State, Version

CHUNK = 100
"""Reports that are checked in one transaction: few enough that nobody waits long for one of them."""


class Tally(NamedTuple):
    """What a re-check came to. `new` and `settled` count findings."""

    reports: int = 0
    new: int = 0
    settled: int = 0

    def __add__(self, other: object) -> Tally:
        assert isinstance(other, Tally)
        return Tally(*(a + b for a, b in zip(tuple(self), tuple(other), strict=True)))


def versions_to_recheck(*, everything: bool = False) -> QuerySet[Version]:
    """The versions that are public or in work; only those that the present rules have not judged yet, unless everything is
    wanted."""
    versions = Version.objects.exclude(state=State.SUPERSEDED)
    return (versions if everything else versions.exclude(checked_with=rule_set())).select_related("report__agency")


def store_rechecked(examined: Sequence[Examined], faults: Counter[str]) -> Tally:
    """Stores what these versions were found to say and tells what came of it; `faults` counts by rule where one could not be
    run. What was changed meanwhile is checked by whoever changed it."""
    versions = [each.version for each in examined]
    before = _unresolved(versions)
    store_findings(examined)
    after = _unresolved(versions)
    faults.update(code for each in examined for code in each.verdict.faults)
    return Tally(len(versions), len(after - before), len(before - after))


def recheck_versions(versions: Iterable[Version], faults: Counter[str]) -> Tally:
    """Examines these versions and stores what was found."""
    versions = list(versions)
    reread_scopes(versions)
    return store_rechecked(examine_versions(versions), faults)


def _unresolved(versions: Iterable[Version]) -> set[tuple[int, str]]:
    found = Finding.objects.filter(version__in=versions).exclude(decision=Decision.RESOLVED)
    return set(found.values_list("version_id", "fingerprint"))
