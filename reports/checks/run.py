"""The checks and the database: reports as the rules see them, findings as they are stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from agencies.codes import DIVISION_CODE_LENGTH, level_of
from reports.checks.content import Content, Finding, Number, Operand, plain
from reports.checks.engine import Verdict, examine
from reports.checks.rules import RULES, rule_set
from reports.checks.wording import message
from reports.importing.parsed import ParsedReport
from reports.models import Decision, Report, State, Version
from reports.models import Finding as Record
from reports.standard import EDITIONS

# Such a cell was read for certain: what stands there is not what belongs there, and that is for the rules to say.
_READ_FOR_CERTAIN = frozenset({"not_a_number", "other_unit"})
_SETTLED = (State.PUBLISHED, State.SUPERSEDED)


def content_of(version: Version) -> Content:
    """A stored version as the rules see it.

    In a draft nothing is excused by the doubts of an import: its filer answers for every cell, and every table is there
    to be filled in.
    """
    try:
        figures = version.figures
    except ObjectDoesNotExist:
        figures = dict.fromkeys(version.form.figures if version.form else ())
    settled = version.state in _SETTLED
    return Content(
        edition=version.edition,
        year=version.report.year,
        agency=version.printed_name or version.report.agency.name,
        figures=figures,
        marks=version.marks,
        narrative=version.narrative,
        missing_tables=frozenset(version.missing_tables if settled else ()),
        doubted=_doubted(version.doubts, figures) if settled else frozenset(),
        level=level_of(version.report.agency_id[:DIVISION_CODE_LENGTH]),
    )


def content_of_parsed(parsed: ParsedReport) -> Content:
    """What was read from a file, as the rules see it, before anything is stored."""
    doubts = [{"code": problem.code, "where": problem.where} for problem in parsed.problems]
    return Content(
        edition=parsed.edition or "",
        year=parsed.year,
        agency=parsed.agency,
        figures=parsed.figures,
        marks=parsed.marks,
        narrative=parsed.narrative,
        missing_tables=frozenset(parsed.missing_tables),
        doubted=_doubted(doubts, parsed.figures),
    )


def _doubted(doubts: Iterable[Mapping[str, Any]], figures: Mapping[str, Number | None]) -> frozenset[str]:
    """The cells that some doubt of the import names to which nobody has seen, by their key, their row or their table."""
    open_doubts = (doubt for doubt in doubts if not doubt.get("settled_by"))
    places = {doubt["where"] for doubt in open_doubts if doubt["code"] not in _READ_FOR_CERTAIN}
    if not places:
        return frozenset()
    return frozenset(key for key in figures if places & {key, key.rpartition(".")[0], key.partition(".")[0]})


def check_content(content: Content, last_year: Content | None = None) -> list[Finding]:
    """What every rule finds. A rule that cannot be run is logged and finds nothing."""
    return list(examine(content, last_year).findings)


def refusals(version: Version) -> list[ValidationError]:
    """Why a version may not be submitted: one error for every hard finding, `code` being the rule and `params` holding
    `where` and `cells`; and one for a hard rule that could not be run, which is no fault of the filer."""
    hard = [rule for rule in RULES.values() if rule.severity == "error"]
    verdict = examine(content_of(version), rules=hard)
    errors = [refusal(message(finding, version.edition), finding.rule, finding) for finding in verdict.findings]
    for code in verdict.faults:
        words = {"rule": RULES[code].label}
        text = _("系统没能完成“%(rule)s”的检查，这不是您的差错。请稍后再试，或联系管理员。") % words
        errors.append(refusal(text, "rule_fault"))
    return errors


def refusal(text: str, code: str, finding: Finding | Record | None = None) -> ValidationError:
    """An error that says where it belongs."""
    params = {"where": finding.where if finding else "", "cells": list(finding.cells) if finding else []}
    return ValidationError(text.replace("%", "%%"), code, params)


def check_version(version: Version) -> list[Record]:
    """Checks a version anew and returns its findings as they now stand."""
    return check_versions([version])[version.pk]


@transaction.atomic
def check_versions(versions: Iterable[Version]) -> dict[int, list[Record]]:
    """Checks versions anew, each against last year's report, and brings the stored findings in line.

    A finding that is found again keeps its decision. One that is gone is resolved if anybody ever decided about it,
    else forgotten; should it come back, it is open again. What a former version of a rule found and the present one does
    not is kept, too, as resolved. What a rule found earlier stays as it is while the rule cannot be run.
    The number of queries does not depend on the number of versions.
    """
    versions = list(versions)
    # One order for everybody, so that two who check overlapping batches wait for each other instead of for ever.
    held = Report.objects.select_for_update().filter(pk__in={version.report_id for version in versions})
    list(held.order_by("agency_id", "year").values_list("pk"))
    loaded = with_figures(Version.objects.filter(pk__in=[version.pk for version in versions]))
    last_years = _last_years(loaded)
    records: dict[int, list[Record]] = defaultdict(list)
    for record in Record.objects.filter(version__in=loaded):
        records[record.version_id].append(record)
    batch = _Batch()
    current = {}
    judged = []
    for version in loaded:
        verdict = examine(content_of(version), last_years.get(version.pk))
        current[version.pk] = batch.reconcile(version, verdict, records[version.pk])
        if not verdict.faults and version.checked_with != rule_set():
            judged.append(version.pk)
    batch.store()
    if judged:
        Version.objects.filter(pk__in=judged).update(checked_with=rule_set())
    return current


def with_figures(versions: QuerySet[Version]) -> list[Version]:
    """Versions with their report, agency and figures, in one query."""
    return list(versions.select_related("report__agency", *(f"figures_{name}" for name in EDITIONS)))


def _last_years(versions: list[Version]) -> dict[int, Content]:
    """By the key of the version: the same agency's report of the year before."""
    contents = contents_of_years((version.report.agency_id, version.report.year - 1) for version in versions)
    return {
        version.pk: contents[before]
        for version in versions
        if (before := (version.report.agency_id, version.report.year - 1)) in contents
    }


def contents_of_years(wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Content]:
    """By agency code and year: the reports of these as they were published, else as they are being worked on."""
    chosen = [report.published_id or report.working_id for report in _reports_of(wanted)]
    found = with_figures(Version.objects.filter(pk__in=[pk for pk in chosen if pk]))
    return {(version.report.agency_id, version.report.year): content_of(version) for version in found}


def _reports_of(wanted: Iterable[tuple[str, int]]) -> QuerySet[Report]:
    """The reports of these agencies and years."""
    agencies: dict[int, set[str]] = defaultdict(set)
    for agency, year in wanted:
        agencies[year].add(agency)
    chosen = Q(pk__in=())
    for year, codes in agencies.items():
        chosen |= Q(year=year, agency_id__in=codes)
    return Report.objects.filter(chosen)


def versions_after(versions: Iterable[Version]) -> list[Version]:
    """What is compared with these versions: what the same agencies published, or are working on, for the next year."""
    reports = _reports_of((version.report.agency_id, version.report.year + 1) for version in versions)
    found = reports.select_related("published", "working")
    return [version for report in found for version in (report.published, report.working) if version]


class _Batch:
    """What has to be written, gathered over all versions of a batch."""

    def __init__(self) -> None:
        self.new: list[Record] = []
        self.changed: list[Record] = []
        self.gone: list[Record] = []

    def reconcile(self, version: Version, verdict: Verdict, records: list[Record]) -> list[Record]:
        stored = {record.fingerprint: record for record in records}
        current = []
        for finding in verdict.findings:
            record = stored.pop(finding.fingerprint, None)
            fresh = _record(version, finding)
            if record is None:
                self.new.append(record := fresh)
            elif _differs(record, fresh):
                self.changed.append(record)
            current.append(record)
        for record in stored.values():
            if record.rule in verdict.faults:
                current.append(record)
            elif record.decision == Decision.OPEN and _is_current(record):
                self.gone.append(record)
            elif record.decision != Decision.RESOLVED:
                record.decision = Decision.RESOLVED
                self.changed.append(record)
        return current

    def store(self) -> None:
        Record.objects.filter(pk__in=[record.pk for record in self.gone]).delete()
        Record.objects.bulk_update(self.changed, [*_REFRESHED, "decision"], batch_size=500)
        Record.objects.bulk_create(self.new, batch_size=500)


_REFRESHED = ("rule_version", "severity", "cells", "expected", "actual", "culprit", "earlier")
"""What may change about a finding while its fingerprint stays the same."""


def _differs(record: Record, fresh: Record) -> bool:
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


def _is_current(record: Record) -> bool:
    rule = RULES.get(record.rule)
    return rule is not None and rule.version == record.rule_version


def _verdict(record: Record) -> dict[str, Any]:
    """What a version of a rule said, to be kept when a later one says otherwise."""
    return {
        "rule_version": record.rule_version,
        "severity": record.severity,
        "cells": record.cells,
        "expected": plain(record.expected) if record.expected is not None else None,
        "actual": plain(record.actual) if record.actual is not None else None,
    }


def _record(version: Version, finding: Finding) -> Record:
    rule = RULES[finding.rule]
    return Record(
        version=version,
        rule=rule.code,
        rule_version=rule.version,
        severity=rule.severity,
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
