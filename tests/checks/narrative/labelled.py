"""The labelled sentences of `labelled.toml`, each as a report of one sentence and what has to be found in it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from reports.checks.content import Content
from reports.standard import edition_for

FILE = Path(__file__).with_name("labelled.toml")
DATA: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
YEAR, AGENCY = 2023, "汐川县枫渡镇人民政府"

Expected = tuple[str, frozenset[str]]
"""A rule, and the cells concerned; a rule that looks only at the text names none."""


@dataclass(frozen=True)
class Labelled:
    family: str
    sentence: str
    content: Content
    last_year: Content | None
    expected: frozenset[Expected]


def labelled_sentences() -> list[Labelled]:
    return [each for group in DATA["group"] for each in _of_group(group)]


def _of_group(group: dict[str, Any]) -> Iterator[Labelled]:
    year = group.get("year", YEAR)
    figures = DATA["tables"].get(group.get("tables", ""), {}) | group.get("figures", {})
    before = group.get("last_year")
    last_year = _content(group, year - 1, DATA["tables"][before], "") if before else None
    names = DATA["cells"] | group.get("cells", {})
    for sentence, *findings in [[each] for each in group["sound"]] + group.get("wrong", []):
        content = _content(group, year, figures, sentence)
        expected = frozenset(_expected(finding, names, content) for finding in findings)
        yield Labelled(group["family"], sentence, content, last_year, expected)


def _expected(finding: str, names: Mapping[str, list[str]], content: Content) -> Expected:
    rule, _space, name = finding.partition(" ")
    patterns = names[name] if name else []
    return rule, frozenset(key for key in content.figures for pattern in patterns if fnmatchcase(key, pattern))


def _content(group: dict[str, Any], year: int, nested: dict[str, Any], sentence: str) -> Content:
    form = edition_for(year)
    assert form is not None
    given = dict(_flat(nested))
    assert given.keys() <= form.figures.keys() or year < 2021
    figures: dict[str, int | Decimal] = {key: given.get(key, 0) for key in form.figures}
    # Twice, because the total of the concluded applications stands at the end of a row and of a column.
    for equation in form.equations * 2:
        if len(equation.right) == 1:
            figures[equation.right[0]] = sum(figures[key] for key in equation.left)
    return Content(
        edition=form.name,
        year=year,
        agency=group.get("agency", AGENCY),
        figures=figures,
        narrative={group.get("part", "overview"): sentence} if sentence else {},
        **({"level": group["level"]} if "level" in group else {}),
    )


def _flat(nested: dict[str, Any], path: str = "") -> Iterator[tuple[str, int | Decimal]]:
    for key, value in nested.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{path}{key}.")
        else:
            yield path + key, Decimal(value) if isinstance(value, str) else value
