"""What the rules read and what they say. No Django here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from reports.standard import EDITIONS
from reports.standard.elements import Edition

Number = int | Decimal


@dataclass(frozen=True)
class Content:
    """A report as the rules see it, whether typed, imported or sent by a program.

    `figures` has every key of the edition, None where blank; `marks` what stood in cells without a number; `doubted` the
    cells that the import could not read for certain, which are not the filer's fault; `edition` is empty where no table was found.
    """

    edition: str
    year: int | None
    agency: str = ""
    figures: Mapping[str, Number | None] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    narrative: Mapping[str, str] = field(default_factory=dict)
    missing_tables: frozenset[str] = frozenset()
    doubted: frozenset[str] = frozenset()

    @property
    def form(self) -> Edition | None:
        return EDITIONS.get(self.edition)


@dataclass(frozen=True)
class Finding:
    """What a rule found. `where` names the row, column, block, table or text part concerned; `operands` every value that
    the verdict rests on, by figure key (last year's prefixed `last_year.`); `quote` the sentence of the report."""

    rule: str
    where: str
    cells: tuple[str, ...] = ()
    operands: Mapping[str, Number | str | None] = field(default_factory=dict)
    expected: Number | None = None
    actual: Number | None = None
    quote: str = ""
