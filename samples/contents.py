"""What each sample says: the data of `samples/data`, balanced by the form's own equations, then spoilt as planned.

The tests ask the same objects what an import of the made files has to give.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from reports.standard import EDITIONS, edition_for
from reports.standard.elements import Edition, Equation

FOLDER = Path(__file__).resolve().parent
ENDINGS = {"docx": "docx", "html": "html", "xlsx": "xlsx", "pdf": "pdf", "cells": "txt", "rows": "txt"}
PROSE = ("preamble", "overview", "problems", "other", "notes")

Number = int | Decimal


@dataclass(frozen=True)
class Planted:
    """A contradiction put in on purpose: the rule that should find it, and where (`Finding.where`).

    `printed` are the cells that were spoilt, as they stand in the file; `quote` is the sentence concerned.
    """

    rule: str
    note: str
    findings: tuple[str, ...]
    printed: dict[str, str]
    quote: str = ""


@dataclass(frozen=True)
class Sample:
    """One report of one unit. `figures` are what is true, `printed` is the text of every cell as the file shows it."""

    name: str
    code: str
    agency: str
    printed_name: str
    year: int
    edition: Edition
    format: str
    encoding: str
    font: str
    figures: dict[str, Number]
    printed: dict[str, str]
    narrative: dict[str, str]
    missing_tables: tuple[str, ...]
    planted: tuple[Planted, ...]

    @property
    def file(self) -> Path:
        return FOLDER / "reports" / f"{self.name}.{ENDINGS[self.format]}"

    @property
    def title(self) -> str:
        return f"{self.printed_name}{self.year}年政府信息公开工作年度报告"


def all_samples() -> list[Sample]:
    """Every sample, unit by unit and year by year."""
    return [sample for path in sorted((FOLDER / "data").glob("*.toml")) for sample in samples_of(path)]


def samples_of(path: Path) -> list[Sample]:
    """The reports of one unit. Raises ValueError where they name a cell that is not there or do not balance."""
    unit = tomllib.loads(path.read_text(encoding="utf-8"))
    return [_sample(path.stem, unit, report) for report in unit["report"]]


def _sample(slug: str, unit: dict[str, Any], report: dict[str, Any]) -> Sample:
    year = report["year"]
    name = f"{slug}-{year}"
    edition = EDITIONS[report["layout"]] if "layout" in report else edition_for(year)
    assert edition is not None
    figures = _balanced(name, edition, _flat(report["figures"]))
    planted = tuple(
        Planted(each["rule"], each["note"], tuple(each["findings"]), each.get("printed", {}), each.get("quote", ""))
        for each in report.get("planted", ())
    )
    printed = {key: str(value) for key, value in figures.items()}
    for each in planted:
        if unknown := each.printed.keys() - printed.keys():
            raise ValueError(f"{name}: no such cells: {sorted(unknown)}")
        printed |= each.printed
    prose = {part: report.get(part, unit.get(part, "")).strip() for part in PROSE}
    return Sample(
        name=name,
        code=unit["code"],
        agency=unit["agency"],
        printed_name=unit["printed"],
        year=year,
        edition=edition,
        format=report["format"],
        encoding=report.get("encoding", "utf-8"),
        font=report.get("font", ""),
        figures=figures,
        printed=printed,
        narrative=prose | {"preamble": prose["preamble"].format(year=year)},
        missing_tables=tuple(report.get("missing_tables", ())),
        planted=planted,
    )


def _flat(nested: dict[str, Any], path: str = "") -> dict[str, Number]:
    figures: dict[str, Number] = {}
    for key, value in nested.items():
        if isinstance(value, dict):
            figures |= _flat(value, f"{path}{key}.")
        else:
            figures[path + key] = Decimal(value) if isinstance(value, str) else value
    return figures


def _balanced(name: str, edition: Edition, given: dict[str, Number]) -> dict[str, Number]:
    """All figures of the edition: what is not given is zero, and the totals are what the form's equations make them."""
    if unknown := given.keys() - edition.figures.keys():
        raise ValueError(f"{name}: no such cells in the {edition.name} edition: {sorted(unknown)}")
    figures: dict[str, Number] = {key: given.get(key, 0) for key in edition.figures}
    # Twice, because the total of the concluded applications stands at the end of a row and of a column.
    for equation in edition.equations * 2:
        if len(equation.right) == 1:
            figures[equation.right[0]] = sum(figures[key] for key in equation.left)
    if broken := [f"{each.rule} {each.where}" for each in edition.equations if not _holds(each, figures)]:
        raise ValueError(f"{name}: does not balance: {broken}")
    return figures


def _holds(equation: Equation, figures: dict[str, Number]) -> bool:
    return sum(figures[key] for key in equation.left) == sum(figures[key] for key in equation.right)
