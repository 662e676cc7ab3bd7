"""Files read and checked together, with each other and with what is stored."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.db import connection

from agencies.codes import DIVISION_CODE_LENGTH, level_of
from agencies.matching import match_agency
from agencies.models import Agency
from reports.checks.content import Content, RuleFinding
from reports.checks.units import adds_up
from reports.findings.comparables import comparables_for
from reports.findings.contents import Subject
from reports.findings.run import check_content
from reports.findings.scope import settled_scope, told_sum
from reports.importing.document import Unreadable
from reports.importing.files import File
from reports.importing.parsed import ParsedReport, Problem, Scope
from reports.importing.sandboxed import read_sandboxed
from reports.models.content import doubted_cells


def check_files(files: Sequence[FileRead]) -> None:
    """Fills in the findings of every file that was read."""
    read = [(file, subject_of_parsed(file.parsed, file.agency)) for file in files if file.parsed]
    compared = comparables_for([subject for _file, subject in read], stored=register_exists())
    for (file, subject), comparables in zip(read, compared, strict=True):
        if file.parsed and file.parsed.scope.kind == "unknown" and adds_up(subject.content, comparables.below):
            file.parsed.scope = Scope("area", quote=told_sum(comparables.below), by="sums")
        file.findings = check_content(subject.content, comparables=comparables)


@dataclass
class FileRead:
    """One file and what was made of it; `error` says why nothing could be."""

    file: File
    sha256: str = ""
    parsed: ParsedReport | None = None
    error: str = ""
    agency: Agency | None = None
    findings: list[RuleFinding] = field(default_factory=list)


def read_file(file: File) -> FileRead:
    read = FileRead(file)
    try:
        data = file.read()
        read.sha256 = hashlib.sha256(data).hexdigest()
        read.parsed = read_sandboxed(data, file.path.name).parsed
    except Unreadable as unreadable:
        read.error = str(unreadable)
    return read


def settle_agency(read: FileRead) -> None:
    """Finds the agency in the register; a doubt says why it is not settled."""
    assert read.parsed is not None
    if not read.parsed.agency or not register_exists():
        return
    match = match_agency(read.parsed.agency, read.parsed.year)
    read.agency = match.agency
    read.parsed.scope = settled_scope(read.parsed.scope, read.agency)
    if match.agency is None:
        read.parsed.problems.append(Problem("unsettled_agency", "agency", match.why))


def register_exists() -> bool:
    """Looking at files without storing them needs no database; then there is no register either."""
    return Agency._meta.db_table in connection.introspection.table_names()


def content_of_parsed(parsed: ParsedReport) -> Content:
    """What was read, less what the import could not read for certain."""
    doubts = [{"code": problem.code, "where": problem.where} for problem in parsed.problems]
    return Content(
        edition=parsed.edition or "",
        year=parsed.year,
        agency=parsed.agency,
        figures=parsed.figures,
        marks=parsed.marks,
        narrative=parsed.narrative,
        missing_tables=frozenset(parsed.missing_tables),
        doubted=doubted_cells(doubts, parsed.figures),
    )


def subject_of_parsed(parsed: ParsedReport, agency: Agency | None) -> Subject:
    """A report read from a file, to be checked as that of an agency; None where it is not known whose it is."""
    content = content_of_parsed(parsed)
    if agency is not None:
        level = level_of(agency.code[:DIVISION_CODE_LENGTH])
        content = replace(content, agency=content.agency or agency.name, level=level)
    scope = parsed.scope
    return Subject(content, agency, scope.kind, scope.units, scope.by)
