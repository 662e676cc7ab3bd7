"""A report read from a file as the rules see it, before anything is stored."""

from __future__ import annotations

from reports.checks.content import Content
from reports.importing.parsed import ParsedReport
from reports.models.content import doubted_cells


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
