"""The parts of which an edition of the standard form is declared.

A `Table` holds `Block`s, a block is a rectangle of `Row`s by `Column`s, and where the two meet stands a `Figure` with its
public key `table.row.column`. Everything else in the project that has to know a cell (model columns, entry form,
pages, recognition, checks, exports, data dictionary, API) asks these objects; nothing here knows Django.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from reports.standard.equations import Equation, Number, YearEquation

Shape = Literal["stacked", "matrix", "side_by_side"]


AS_PRINTED = "as printed"
NUMERALS = "一二三四五六七八九十"
UNIT_LABELS = {
    "件": ("件", "cases"),
    "项": ("项", "items"),
    "万元": ("万元", "10 000 yuan"),
    AS_PRINTED: ("原文单位", "as printed"),
}
"""The units of the form as pages print them, in Chinese and in English."""


@dataclass(frozen=True)
class Column:
    """One column of a block. `groups` are the merged headings above it, outermost first.

    `unit` is what its figures count; `decimal` figures are amounts of money; only `signed` ones may be negative;
    `optional` ones need not be filled in. `aliases` are other wordings seen in published reports.
    """

    key: str
    label: str
    label_en: str
    groups: tuple[str, ...] = ()
    groups_en: tuple[str, ...] = ()
    unit: str = "件"
    decimal: bool = False
    signed: bool = False
    aliases: tuple[str, ...] = ()

    @property
    def path(self) -> tuple[str, ...]:
        return (*self.groups, self.label)

    @property
    def names_unit(self) -> bool:
        """Whether the form says what its figures count; where it does not they stand as they were printed."""
        return self.unit != AS_PRINTED

    def holds(self, number: Number) -> bool:
        """Whether a number is of the kind that stands in this column, whatever its sign: a count is whole and below a
        thousand million, an amount of money is below a million million and has six decimals at most."""
        if self.decimal:
            return -(10**12) < number < 10**12 and number == round(number, 6)
        return -(10**9) < number < 10**9 and (isinstance(number, int) or number == int(number))


@dataclass(frozen=True)
class Row:
    """One row of a block. `groups` are the merged headings at its left, outermost first; `note` says how to fill it in;
    `short` is what a sentence calls the row where its label would be too long."""

    key: str
    label: str
    label_en: str
    groups: tuple[str, ...] = ()
    groups_en: tuple[str, ...] = ()
    note: str = ""
    note_en: str = ""
    aliases: tuple[str, ...] = ()
    short: str = ""
    short_en: str = ""

    @property
    def path(self) -> tuple[str, ...]:
        return (*self.groups, self.label)

    @property
    def name(self) -> str:
        return self.short or self.label

    @property
    def name_en(self) -> str:
        return self.short_en or self.label_en


@dataclass(frozen=True)
class Figure:
    """One cell of the form: where it stands, what it counts."""

    key: str
    table: str
    section: str
    row: Row
    column: Column

    @cached_property
    def field_name(self) -> str:
        """The name of its database column."""
        return self.key.replace(".", "_")

    @property
    def label(self) -> str:
        return f"{'／'.join(self.row.path)}：{'／'.join(self.column.path)}"

    @property
    def label_en(self) -> str:
        row = " / ".join((*self.row.groups_en, self.row.label_en))
        column = " / ".join((*self.column.groups_en, self.column.label_en))
        return f"{row}: {column}"

    @property
    def row_key(self) -> str:
        return f"{self.table}.{self.row.key}"


@dataclass(frozen=True)
class Block:
    """A rectangle of figures under one heading, such as one item of article 20.

    `corner` is what the form prints above the row labels, `band` what it prints across all columns.
    """

    title: str
    title_en: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    corner: str = ""
    corner_en: str = ""
    band: str = ""
    band_en: str = ""


@dataclass(frozen=True)
class Table:
    """One of the three standard tables.

    `shape` is how the official layout puts its blocks: `stacked` one below the other, each with a heading of its own;
    `matrix` a single block with row headings; `side_by_side` next to each other in a single line of figures.
    """

    key: str
    shape: Shape
    section: str
    blocks: tuple[Block, ...]
    section_en: str = ""

    def figures(self) -> Iterator[Figure]:
        for block in self.blocks:
            section = block.title if self.shape == "stacked" else self.section
            for row in block.rows:
                for column in block.columns:
                    yield Figure(f"{self.key}.{row.key}.{column.key}", self.key, section, row, column)


@dataclass(frozen=True)
class Chapter:
    """One chapter. Either it is prose, stored under `key`, or it holds the table of that key.

    `guidance` lists what the form requires its prose to cover. A heading in which every one of the patterns `keywords` is found
    after its numeral is this chapter's, since published reports vary the wording.
    """

    key: str
    numeral: str
    title: str
    title_en: str
    keywords: tuple[str, ...] = ()
    has_table: bool = False
    guidance: tuple[str, ...] = ()
    guidance_en: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        return f"{self.numeral}、{self.title}"

    @property
    def heading_en(self) -> str:
        return f"{NUMERALS.index(self.numeral) + 1}. {self.title_en}"


@dataclass(frozen=True)
class Correspondence:
    """The figures `here` of an edition together count what the figures `before` counted together in the one it succeeds."""

    here: tuple[str, ...]
    before: tuple[str, ...]


@dataclass(frozen=True)
class Edition:
    """One edition of the national form, for the report years from `first_year` on, until another one succeeds it.

    `succeeds` is the name of the edition before it, empty for the first of all. A figure whose key both have means the
    same in both; `correspondences` name what else can be compared. Any other figure has no counterpart there.

    `last_year` is not declared: it follows from the edition that succeeds this one, and is None while none does.
    """

    name: str
    title: str
    title_en: str
    document: str
    first_year: int
    chapters: tuple[Chapter, ...]
    tables: tuple[Table, ...]
    equations: tuple[Equation, ...]
    year_equations: tuple[YearEquation, ...] = ()
    succeeds: str = ""
    correspondences: tuple[Correspondence, ...] = ()
    last_year: int | None = None

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """Every cell by its key, in the order of the form."""
        return {figure.key: figure for table in self.tables for figure in table.figures()}

    @cached_property
    def equations_by_rule(self) -> dict[str, tuple[Equation, ...]]:
        rules = dict.fromkeys(equation.rule for equation in self.equations)
        return {rule: tuple(e for e in self.equations if e.rule == rule) for rule in rules}

    @cached_property
    def equations_of(self) -> dict[str, tuple[Equation, ...]]:
        """The equations in which each figure takes part."""
        return {key: tuple(e for e in self.equations if key in e.cells) for key in self.figures}

    @cached_property
    def signed(self) -> frozenset[str]:
        """The cells that may be negative."""
        return frozenset(key for key, figure in self.figures.items() if figure.column.signed)

    @cached_property
    def totals(self) -> frozenset[str]:
        """The cells that the form defines as the sum of others."""
        return frozenset(equation.right[0] for equation in self.equations if len(equation.right) == 1)

    @property
    def prose(self) -> tuple[Chapter, ...]:
        """The chapters without a table."""
        return tuple(chapter for chapter in self.chapters if not chapter.has_table)

    @property
    def years(self) -> str:
        """The report years for which it was made, such as “2019、2020”; of the one in force the first year alone."""
        return self._years("、", "至")

    @property
    def years_en(self) -> str:
        return self._years(" and ", " to ")

    def _years(self, both: str, through: str) -> str:
        if self.last_year in (None, self.first_year):
            return str(self.first_year)
        return f"{self.first_year}{both if self.last_year == self.first_year + 1 else through}{self.last_year}"

    def table(self, key: str) -> Table:
        return next(table for table in self.tables if table.key == key)

    def chapter(self, key: str) -> Chapter:
        return next(chapter for chapter in self.chapters if chapter.key == key)

    def equation(self, rule: str, where: str) -> Equation:
        return next(equation for equation in self.equations if (equation.rule, equation.where) == (rule, where))

    def year_equation(self, rule: str, where: str) -> YearEquation:
        return next(equation for equation in self.year_equations if (equation.rule, equation.where) == (rule, where))

    def covers(self, year: int) -> bool:
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)
