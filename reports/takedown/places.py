"""Where the words of a report stand in the database: every column that holds text, of every row that has to do with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from django.db.models import CharField, Field, JSONField, Model, Q, QuerySet, TextField
from django.utils.translation import gettext as _

from agencies.codes import ancestor_codes
from agencies.matching import match_agency
from agencies.models import Agency, CountingRecord, Record
from reports.models import (
    Batch,
    BatchFile,
    BulkAct,
    Change,
    DeadlineChange,
    Extension,
    Finding,
    Job,
    PendingImport,
    Report,
    Source,
    TakeDown,
    Version,
)
from reports.takedown.words import Words, occurrences, rewritten, texts_in

NO_TEXT = frozenset(
    {
        *("salts", "fingerprint", "about", "place", "holder", "checked_with", "language", "edition", "postcode"),
        *("made_by_username", "made_by_name", "decided_by_name", "started_by_name", "received_by_name", "words_digest"),
    }
)
"""Columns of names and marks of this program, and the names of whoever acted, which are the register's."""


def text_fields(model: type[Model]) -> list[Field[Any, Any]]:
    """The columns in which words may stand. Of a record only those that may be erased."""
    fields: list[Field[Any, Any]] = [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField | JSONField) and not field.choices and field.name not in NO_TEXT
    ]
    return [field for field in fields if field.name in model.ERASABLE] if issubclass(model, Record) else fields


def originals_of(report: Report) -> QuerySet[Source]:
    """The files on which its versions rest."""
    versions = Version.objects.filter(report=report)
    return Source.objects.filter(Q(versions__in=versions) | Q(also_in__in=versions)).distinct()


def imports_of(report: Report) -> QuerySet[PendingImport]:
    """What waits for a person and is the agency's: brought by it, from a file of this report, or naming it."""
    agency = report.agency
    naming = PendingImport.objects.filter(parsed__agency__endswith=agency.name)
    its = [each.pk for each in naming if match_agency(each.parsed["agency"], each.parsed["year"]).agency == agency]
    return PendingImport.objects.filter(
        Q(pk__in=its) | Q(office=agency) | Q(source__in=originals_of(report).values("pk"))
    )


def jobs_of(agency: Agency) -> QuerySet[Job]:
    """What the office and those above it have in hand; what they pasted is kept in it."""
    above = Q(office__division__in=ancestor_codes(agency.code)) | Q(office=None)
    return Job.objects.filter(Q(office=agency) | above)


def rows_about(report: Report) -> Iterator[Iterable[Model]]:
    """Everything but the versions and their changes, a kind at a time."""
    agency, imports = report.agency, list(imports_of(report))
    files = BatchFile.objects.filter(Q(version__report=report) | Q(pending__in=imports))
    yield [report]
    yield TakeDown.objects.filter(report=report)
    yield DeadlineChange.objects.filter(agency=agency)
    yield CountingRecord.objects.filter(agency=agency)
    yield Extension.objects.filter(agency=agency)
    yield imports
    yield Source.objects.filter(Q(pk__in=originals_of(report).values("pk")) | Q(pending__in=imports)).distinct()
    yield files
    yield Batch.objects.filter(files__in=files).distinct()
    yield jobs_of(agency)
    findings = {str(key) for key in Finding.objects.filter(version__report=report).values_list("pk", flat=True)}
    yield [act for act in BulkAct.objects.all() if not findings.isdisjoint({*act.done, *act.refused})]


def versions_of(report: Report) -> list[Version]:
    found = list(Version.objects.filter(report=report).with_figures().order_by("number"))
    for version in found:
        version.report = report
    return found


def count_words(report: Report, words: Words) -> Counter[str]:
    """How often the words stand where, by what the place is called."""
    found = count_in_versions(report, words)
    for rows in rows_about(report):
        for row in rows:
            _count(row, words, found, str(row._meta.verbose_name))
    return found


def count_in_versions(report: Report, words: Words) -> Counter[str]:
    """The same for its versions, their changes and their findings alone."""
    found: Counter[str] = Counter()
    for version in versions_of(report):
        where = _("第 %(number)s 版") % {"number": version.number}
        _count(version, words, found, where)
        its: list[QuerySet[Any]] = [Change.objects.filter(version=version), Finding.objects.filter(version=version)]
        for row in chain.from_iterable(its):
            _count(row, words, found, f"{where} · {row._meta.verbose_name}")
    return found


def holds(row: Model, words: Words) -> bool:
    return any(occurrences(text, words) for field in text_fields(type(row)) for text in _texts(row, field))


def _texts(row: Model, field: Field[Any, Any]) -> list[str]:
    value = getattr(row, field.attname)
    return list(texts_in(value, field.name)) if isinstance(field, JSONField) else [value]


def _count(row: Model, words: Words, found: Counter[str], where: str) -> None:
    for field in text_fields(type(row)):
        times = sum(len(occurrences(text, words)) for text in _texts(row, field))
        if times:
            found[f"{where} · {field.verbose_name}"] += times


def change_texts(row: Model, change: Callable[[str], str]) -> list[str]:
    """Changes the texts of a row that is not stored yet; gives back the names of the columns that differ."""
    changed = []
    for field in text_fields(type(row)):
        before = getattr(row, field.attname)
        after = rewritten(before, change, field.name) if isinstance(field, JSONField) else change(before)
        if after == before:
            continue
        if isinstance(after, str) and field.max_length and len(after) > field.max_length:
            # A short column that held nothing else.
            after = ""
        setattr(row, field.attname, after)
        changed.append(field.name)
    return changed
