"""What the rules read and what they say. No Django here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from reports.standard import CURRENT, EDITIONS, edition_for
from reports.standard.elements import Edition, Figure

Number = int | Decimal
Operand = Number | str | None


@dataclass(frozen=True)
class Content:
    """A report as the rules see it, whether typed, imported or sent by a program.

    `figures` has every key of the edition, None where blank; `marks` what stood in cells without a number; `doubted`
    the cells that the import could not read for certain, which are not the filer's fault; `edition` is empty where no
    table was found; `level` is the agency's in the state (1 province, 2 city, 3 county, 4 township), where it is known.
    """

    edition: str
    year: int | None
    agency: str = ""
    figures: Mapping[str, Number | None] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    narrative: Mapping[str, str] = field(default_factory=dict)
    missing_tables: frozenset[str] = frozenset()
    doubted: frozenset[str] = frozenset()
    level: int | None = None

    @cached_property
    def form(self) -> Edition | None:
        return EDITIONS.get(self.edition)

    @property
    def form_expected(self) -> Edition:
        """The edition of its tables; where it has none, the one that its year asks for."""
        return self.form or (edition_for(self.year) if self.year else None) or CURRENT

    @cached_property
    def known(self) -> dict[str, Number]:
        """The figures on which an equation can rest: every number of the kind that its cell holds."""
        if self.form is None:
            return {}
        declared = self.form.figures
        return {
            key: value
            for key, value in self.figures.items()
            if value is not None and key in declared and declared[key].column.holds(value)
        }

    @property
    def cells(self) -> list[Figure]:
        """Every cell of the tables that are there."""
        if self.form is None:
            return []
        figures = list(self.form.figures.values())
        return [figure for figure in figures if self.has_table(figure.table)] if self.missing_tables else figures

    def has_table(self, key: str) -> bool:
        """Whether the table of that key, or of that figure or row, is there."""
        if not self.missing_tables:
            return self.form is not None
        return self.form is not None and key.partition(".")[0] not in self.missing_tables

    def entry(self, key: str) -> Operand:
        """What stands in a cell: its number, else its mark, else nothing."""
        value = self.figures.get(key)
        return self.marks.get(key) or None if value is None else value


@dataclass(frozen=True)
class RuleFinding:
    """What a rule found.

    `where` names the row, column, block, table or text part concerned; `operands` every value that the verdict rests
    on, by figure key (last year's prefixed `last_year.`); `quote` the sentence of the report; `culprit` the one cell
    whose change would put everything right, where there is exactly one; `severity` only where it is not that of the rule.
    """

    rule: str
    where: str
    cells: tuple[str, ...] = ()
    operands: Mapping[str, Operand] = field(default_factory=dict)
    expected: Number | None = None
    actual: Number | None = None
    quote: str = ""
    culprit: str = ""
    severity: str = ""

    @cached_property
    def fingerprint(self) -> str:
        """The same for the same contradiction: a decision about it holds until a value on which it rests changes."""
        operands = {key: plain(value) for key, value in self.operands.items()}
        rests_on = json.dumps([self.rule, self.where, operands, self.quote], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(rests_on.encode()).hexdigest()


def plain(value: Operand) -> str | None:
    """A value as text, the same however it was stored: 3, 3.0 and "3" are one."""
    if value is None or isinstance(value, str):
        return value
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) if value else "0"
