"""The checks and the database: versions are examined, and the stored findings brought in line.

To examine takes time and locks nothing. What was found is stored under the lock of the report, and only where the version is
still the one that was examined and nobody stored the findings of another check meanwhile, who may have seen more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Max

from reports.checks.comparables import NO_COMPARABLES, Comparables, Unit
from reports.checks.content import Content, RuleFinding
from reports.checks.engine import Verdict, examine
from reports.checks.rules import RULES, rule_set
from reports.findings.comparables import comparables_for
from reports.findings.contents import subject_of
from reports.findings.reconcile import FindingChanges, decided_before
from reports.findings.scope import settle_by_sums
from reports.findings.texts import Signature, keep_signatures, signatures_of
from reports.models import Finding, PendingCheck, Report, Version, content_of

MAX_TRIES = 3
"""Where others save or check the same report all the time it is examined under its lock at last."""

EQUATIONS = tuple(rule for rule in RULES.values() if rule.severity == "error")
"""The rules that look at the figures of the report alone: a matter of milliseconds, so that a save can wait for them."""


@dataclass(frozen=True)
class Examined:
    """What the rules said of a version as it was at a time. `pending` is the last check that was asked for until then, `below` the
    bodies that it may cover though nobody has said so."""

    version: Version
    verdict: Verdict
    signature: Signature | None = None
    pending: int = 0
    below: tuple[Unit, ...] = ()


def check_content(
    content: Content, last_year: Content | None = None, *, comparables: Comparables = NO_COMPARABLES
) -> list[RuleFinding]:
    """What every rule finds. A rule that cannot be run is logged and finds nothing."""
    return list(examine(content, last_year, comparables=comparables).findings)


def examine_versions(versions: Iterable[Version]) -> list[Examined]:
    """What every rule says of these versions, read anew, beside what is stored. The number of queries does not depend on theirs."""
    keys = [version.pk for version in versions]
    # Before anything else is read: whatever is asked for after this is not answered by it.
    asked = PendingCheck.objects.filter(version__in=keys).values_list("version").annotate(Max("pk"))
    pending = dict(asked.values_list("version", "pk__max"))
    loaded = list(Version.objects.filter(pk__in=keys).with_figures())
    subjects = [subject_of(version) for version in loaded]
    signatures = signatures_of(loaded)
    return [
        Examined(
            version,
            examine(subject.content, comparables=comparables),
            signatures[version.pk],
            pending.get(version.pk, 0),
            comparables.below,
        )
        for version, subject, comparables in zip(
            loaded, subjects, comparables_for(subjects, signatures=signatures), strict=True
        )
    ]


@transaction.atomic
def store_findings(examined: Sequence[Examined]) -> dict[int, list[Finding]]:
    """Brings the stored findings in line, and gives them back by key of the version; left out is a version that was changed, or
    checked by somebody else, since it was examined.

    A finding that is found again keeps its decision. One that is gone is resolved if anybody ever decided about it,
    else forgotten; should it come back, it is open again. What a former version of a rule found and the present one does
    not is kept, too, as resolved. What a rule found earlier stays as it is while the rule cannot be run. A corrected
    report takes over what was decided about the same contradiction before.
    """
    # One order for everybody, so that two who check overlapping batches wait for each other instead of for ever.
    reports = {each.version.report_id for each in examined}
    locked = Report.objects.select_for_update().filter(pk__in=reports)
    list(locked.order_by("agency_id", "year").values_list("pk"))
    keys = [each.version.pk for each in examined]
    now = {
        pk: (edits, checks)
        for pk, edits, checks in Version.objects.filter(pk__in=keys).values_list("pk", "edits", "checks")
    }
    current = [each for each in examined if now.get(each.version.pk) == (each.version.edits, each.version.checks)]
    stored = _reconcile(current)
    keep_signatures({each.version: each.signature for each in current if each.signature})
    complete = [each for each in current if each.signature]
    for each in complete:
        settle_by_sums(each.version, each.below)
        if each.pending:
            PendingCheck.objects.filter(version=each.version, pk__lte=each.pending).delete()
    Version.objects.filter(pk__in=[each.version.pk for each in complete]).update(checks=F("checks") + 1)
    judged = [
        each.version.pk for each in complete if not each.verdict.faults and each.version.checked_with != rule_set()
    ]
    if judged:
        Version.objects.filter(pk__in=judged).update(checked_with=rule_set())
    return stored


def _reconcile(examined: Sequence[Examined]) -> dict[int, list[Finding]]:
    versions = [each.version for each in examined]
    records: dict[int, list[Finding]] = defaultdict(list)
    for record in Finding.objects.filter(version__in=versions):
        records[record.version_id].append(record)
    before = decided_before(versions)
    batch = FindingChanges()
    found = {
        each.version.pk: batch.reconcile(
            each.version, each.verdict, records[each.version.pk], before.get(each.version.pk)
        )
        for each in examined
    }
    batch.store()
    return found


def check_versions(versions: Iterable[Version], *, faults: Counter[str] | None = None) -> dict[int, list[Finding]]:
    """Checks versions anew, each against what is stored beside it, and gives back their findings as they now stand. `faults`
    counts by rule where one could not be run."""
    left = list(versions)
    found: dict[int, list[Finding]] = {}
    for _try in range(MAX_TRIES):
        examined = examine_versions(left)
        found |= _stored(examined, faults)
        left = [each.version for each in examined if each.version.pk not in found]
        if not left:
            return found
    with transaction.atomic():
        locked = Report.objects.select_for_update().filter(pk__in={version.report_id for version in left})
        list(locked.order_by("agency_id", "year").values_list("pk"))
        return found | _stored(examine_versions(left), faults)


def _stored(examined: Sequence[Examined], faults: Counter[str] | None) -> dict[int, list[Finding]]:
    found = store_findings(examined)
    if faults is not None:
        faults.update(code for each in examined if each.version.pk in found for code in each.verdict.faults)
    return found


def check_version(version: Version) -> list[Finding]:
    """Checks a version anew and returns its findings as they now stand."""
    return check_versions([version])[version.pk]


def check_equations(version: Version) -> None:
    """Brings the findings of the equations in line with the figures, in the transaction that changed them under the lock of the
    report. What the other rules found stands until they are run."""
    stored = Version.objects.with_figures().get(pk=version.pk)
    _reconcile([Examined(stored, examine(content_of(stored), rules=EQUATIONS))])
