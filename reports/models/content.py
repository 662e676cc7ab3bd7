"""A version as the checks see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist

from agencies.codes import DIVISION_CODE_LENGTH, level_of
from reports.checks.content import Content, Number
from reports.models.states import State

if TYPE_CHECKING:
    from reports.models.report import Version

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
        doubted=doubted_cells(version.doubts, figures) if settled else frozenset(),
        level=level_of(version.report.agency_id[:DIVISION_CODE_LENGTH]),
    )


def doubted_cells(doubts: Iterable[Mapping[str, Any]], figures: Mapping[str, Number | None]) -> frozenset[str]:
    """The cells that some doubt of the import names to which nobody has seen, by their key, their row or their table."""
    open_doubts = (doubt for doubt in doubts if not doubt.get("settled_by"))
    places = {doubt["where"] for doubt in open_doubts if doubt["code"] not in _READ_FOR_CERTAIN}
    if not places:
        return frozenset()
    return frozenset(key for key in figures if places & {key, key.rpartition(".")[0], key.partition(".")[0]})
