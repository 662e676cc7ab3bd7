"""Many files at once, read one by one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from django.db import connection

from agencies.matching import match_agency
from agencies.models import Agency
from reports.checks.content import Finding
from reports.importing.document import Unreadable
from reports.importing.files import File
from reports.importing.parsed import ParsedReport, Problem
from reports.importing.read import read_report


@dataclass
class FileRead:
    """One file and what was made of it; `error` says why nothing could be."""

    file: File
    sha256: str = ""
    parsed: ParsedReport | None = None
    error: str = ""
    agency: Agency | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def identity(self) -> str:
        """Files of one agency are told by its code, else by the printed name."""
        assert self.parsed is not None
        return self.agency.code if self.agency else self.parsed.agency


def read_file(file: File) -> FileRead:
    read = FileRead(file)
    try:
        data = file.read()
        read.sha256 = hashlib.sha256(data).hexdigest()
        read.parsed = read_report(data, file.path.name)
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
    if match.agency is None:
        read.parsed.problems.append(Problem("unsettled_agency", "agency", match.why))


def register_exists() -> bool:
    """Looking at files without storing them needs no database; then there is no register either."""
    return Agency._meta.db_table in connection.introspection.table_names()
