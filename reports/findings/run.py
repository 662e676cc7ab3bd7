"""The checks and the database: versions are examined, and the stored findings brought in line."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db import transaction

from reports.checks.comparables import NO_COMPARABLES, Comparables
from reports.checks.content import Content, RuleFinding
from reports.checks.engine import examine
from reports.checks.rules import rule_set
from reports.findings.comparables import comparables_for
from reports.findings.contents import subject_of
from reports.findings.reconcile import FindingChanges, decided_before
from reports.models import Finding, Report, Version


def check_content(
    content: Content, last_year: Content | None = None, *, comparables: Comparables = NO_COMPARABLES
) -> list[RuleFinding]:
    """What every rule finds. A rule that cannot be run is logged and finds nothing."""
    return list(examine(content, last_year, comparables=comparables).findings)


def check_version(version: Version) -> list[Finding]:
    """Checks a version anew and returns its findings as they now stand."""
    return check_versions([version])[version.pk]


@transaction.atomic
def check_versions(versions: Iterable[Version], *, faults: Counter[str] | None = None) -> dict[int, list[Finding]]:
    """Checks versions anew, each against what is stored beside it, and brings the stored findings in line.

    A finding that is found again keeps its decision. One that is gone is resolved if anybody ever decided about it,
    else forgotten; should it come back, it is open again. What a former version of a rule found and the present one does
    not is kept, too, as resolved. What a rule found earlier stays as it is while the rule cannot be run; `faults` counts
    these cases by rule. A corrected report takes over what was decided about the same contradiction before.
    The number of queries does not depend on the number of versions.
    """
    versions = list(versions)
    # One order for everybody, so that two who check overlapping batches wait for each other instead of for ever.
    reports = Report.objects.select_for_update().filter(pk__in={version.report_id for version in versions})
    list(reports.order_by("agency_id", "year").values_list("pk"))
    loaded = list(Version.objects.filter(pk__in=[version.pk for version in versions]).with_figures())
    subjects = [subject_of(version) for version in loaded]
    records: dict[int, list[Finding]] = defaultdict(list)
    for record in Finding.objects.filter(version__in=loaded):
        records[record.version_id].append(record)
    before = decided_before(loaded)
    batch = FindingChanges()
    current = {}
    judged = []
    for version, subject, comparables in zip(loaded, subjects, comparables_for(subjects), strict=True):
        verdict = examine(subject.content, comparables=comparables)
        current[version.pk] = batch.reconcile(version, verdict, records[version.pk], before.get(version.pk))
        if faults is not None:
            faults.update(verdict.faults)
        if not verdict.faults and version.checked_with != rule_set():
            judged.append(version.pk)
    batch.store()
    if judged:
        Version.objects.filter(pk__in=judged).update(checked_with=rule_set())
    return current
