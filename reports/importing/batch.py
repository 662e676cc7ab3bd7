"""Many files at once: read one by one, checked together with each other and with what is stored."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from django.db import connection

from agencies.matching import match_agency
from agencies.models import Agency
from reports.checks.content import Content, Finding
from reports.checks.run import check_content, content_of_parsed, contents_of_years
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
    if not read.parsed.agency or not _register_exists():
        return
    match = match_agency(read.parsed.agency, read.parsed.year)
    read.agency = match.agency
    if match.agency is None:
        read.parsed.problems.append(Problem("unsettled_agency", "agency", match.why))


def _register_exists() -> bool:
    """Looking at files without storing them needs no database; then there is no register either."""
    return Agency._meta.db_table in connection.introspection.table_names()


def check_together(files: list[FileRead]) -> None:
    """Fills in the findings. Last year's report is looked for among the files first, then in the database."""
    contents: dict[tuple[str, int], Content] = {}
    for read in files:
        if read.parsed and read.parsed.year:
            contents[read.identity, read.parsed.year] = content_of_parsed(read.parsed)
    wanted = [
        (read.agency.code, read.parsed.year - 1)
        for read in files
        if read.agency and read.parsed and read.parsed.year and (read.agency.code, read.parsed.year - 1) not in contents
    ]
    earlier = (contents_of_years(wanted) if wanted else {}) | contents
    for read in files:
        if read.parsed:
            last_year = earlier.get((read.identity, read.parsed.year - 1)) if read.parsed.year else None
            read.findings = check_content(content_of_parsed(read.parsed), last_year)
