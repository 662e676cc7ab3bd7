"""Files checked together with each other and with what is stored.

Files of one agency are told by its code, else by the name that they print; a whole finds its parts by the register, else
by the units that its scope statement lists, else by the place that their names begin with.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection

from agencies.matching import match_agency
from agencies.models import Agency
from reports.checks.comparables import Comparables, Figures, OtherText, Unit
from reports.checks.content import Content, Finding
from reports.checks.reuse.bands import bands_of, candidates
from reports.checks.reuse.shingles import shingles
from reports.checks.units import units_by_name
from reports.checks.unlikely import measured
from reports.findings.contents import AgencyYear, contents_of
from reports.findings.peers import figures_of
from reports.findings.run import check_content
from reports.findings.series import (
    Predecessors,
    continues,
    line_of,
    predecessors_of,
    reported_by,
    with_predecessors,
)
from reports.findings.texts import MAX_CANDIDATES, likely_texts
from reports.findings.units import Given, Whole, units_of
from reports.importing.document import Unreadable
from reports.importing.files import File
from reports.importing.parsed import ParsedReport, Problem
from reports.importing.sandboxed import read_sandboxed
from reports.models import ScopeKind
from reports.models.content import doubted_cells


def check_files(files: Sequence[FileRead]) -> None:
    """Fills in the findings of every file that was read."""
    read = [file for file in files if file.parsed]
    contents = {number: content_of_parsed(file.parsed) for number, file in enumerate(read) if file.parsed}
    given = {
        (file.identity, year): contents[number] for number, file in enumerate(read) if (year := contents[number].year)
    }
    registered = {file.agency.code for file in read if file.agency}
    series = _Series(given, registered)
    units = _units(read, contents)
    texts = _texts(read, contents)
    for number, file in enumerate(read):
        listed, certain = units.get(number, ((), True))
        content = contents[number]
        beside = Comparables(
            last_year=series.last_year(file.identity, content.year),
            earlier=series.earlier(file.identity, content.year),
            units=listed,
            certain=certain,
            texts=texts.get(number, ()),
        )
        file.findings = check_content(content, beside=beside)


class _Series:
    """Reports of the years before, looked for among the files first, then in the database."""

    def __init__(self, given: Mapping[AgencyYear, Content], registered: set[str]) -> None:
        self.given = given
        self.predecessors: Predecessors = predecessors_of(registered) if registered else {}
        everybody = with_predecessors(registered, self.predecessors)
        stored = reported_by(everybody) if registered else {}
        public = reported_by(everybody, published=True) if registered else {}
        self.reported = stored | dict.fromkeys(given, 0)
        self.published = public | dict.fromkeys(given, 0)
        before = {place for code, year in given if (place := self._before(code, year)) and place not in given}
        self.stored = contents_of(stored[place] for place in before)
        self.first = min((year for _code, year in self.published), default=0)
        lines = {place for code, year in given for place in self._line(code, year)}
        figures = figures_of(public[place] for place in lines if place not in given) if registered else {}
        self.figures = {place: figures[public[place]] for place in lines - given.keys() if public[place] in figures}

    def _line(self, code: str, year: int) -> list[AgencyYear]:
        return line_of(code, year, self.predecessors, self.published, self.first)

    def _before(self, code: str, year: int) -> AgencyYear | None:
        return continues(code, year, self.predecessors, self.reported)

    def last_year(self, code: str, year: int | None) -> Content | None:
        before = self._before(code, year) if year else None
        return (self.given.get(before) or self.stored.get(before)) if before else None

    def earlier(self, code: str, year: int | None) -> tuple[Figures, ...]:
        if not year:
            return ()
        line = self._line(code, year)
        found = (_measured(self.given[place]) if place in self.given else self.figures.get(place) for place in line)
        return tuple(figures for figures in found if figures)


def _measured(content: Content) -> Figures:
    keys = measured(content.edition) if content.form else ()
    return {key: value for key in keys if (value := content.known.get(key)) is not None and key not in content.doubted}


def _units(read: Sequence[FileRead], contents: Mapping[int, Content]) -> dict[int, tuple[tuple[Unit, ...], bool]]:
    """By number of the file: the units of those that cover a subtree, and whether these are known to be all."""
    covering = {n for n, file in enumerate(read) if file.parsed and file.parsed.scope.kind == ScopeKind.SUBTREE}
    wholes = []
    given: dict[AgencyYear, Given] = {}
    for number, file in enumerate(read):
        year = contents[number].year
        if file.agency and year and file.parsed:
            given[file.agency.code, year] = Given(contents[number], number in covering)
            if number in covering:
                wholes.append(Whole(number, file.agency.code, year, file.parsed.scope.units))
    found = {number: (units, True) for number, units in units_of(wholes, given).items() if units}
    for number in covering - found.keys():
        parsed = read[number].parsed
        assert parsed is not None
        same_year = {c.agency: c for n, c in contents.items() if c.year == contents[number].year and n != number}
        found[number] = units_by_name(parsed.agency, parsed.scope.units, same_year)
    return found


def _texts(read: Sequence[FileRead], contents: Mapping[int, Content]) -> dict[int, tuple[OtherText, ...]]:
    """By number of the file: the texts, among the files and the stored ones, that may be the same."""
    bands = {number: bands_of(shingles(each.narrative, each.agency)) for number, each in contents.items() if each.year}
    holders: dict[int, list[int]] = {}
    for number, values in bands.items():
        for value in values:
            holders.setdefault(value, []).append(number)
    stored: dict[int, tuple[OtherText, ...]] = {}
    if register_exists():
        stored = likely_texts(bands, {n: (read[n].identity, contents[n].year or 0) for n in bands})
    found = {}
    for number, values in bands.items():
        year, own = contents[number].year or 0, read[number].identity
        near = {
            value: [n for n in holders[value] if read[n].identity != own and contents[n].year in (year, year - 1)]
            for value in values
        }
        among = tuple(_text(read[n], contents[n]) for n in candidates(values, near)[:MAX_CANDIDATES])
        known = {(text.code, text.year) for text in among}
        found[number] = among + tuple(text for text in stored.get(number, ()) if (text.code, text.year) not in known)
    return found


def _text(file: FileRead, content: Content) -> OtherText:
    code = file.agency.code if file.agency else ""
    return OtherText(content.agency, code, content.year or 0, content.narrative)


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
