"""Every cell is declared once; whatever shows, stores, reads or sends it has it exactly once, under its public name."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from django.db import models

from reports.models import FIGURES_MODELS
from reports.sheets.layout import placed_table
from reports.standard import CURRENT, EDITIONS, edition_for
from tests.exporting.reports import make_version
from tests.standard.contract import CONTRACT, EDITION_NAMES

pytestmark = pytest.mark.parametrize("name", EDITION_NAMES)


def keys(name: str) -> list[str]:
    return [cell.key for cell in CONTRACT[name]]


def test_the_contract_is_the_one_that_was_agreed(name: str) -> None:
    assert {edition: len(cells) for edition, cells in CONTRACT.items()} == {"2019": 198, "2021": 200}
    assert len(set(keys(name))) == len(keys(name))
    assert sorted(EDITIONS) == EDITION_NAMES


def test_the_declaration_agrees_cell_for_cell(name: str) -> None:
    declared = [
        (
            figure.key,
            figure.section,
            "/".join(figure.row.path),
            "/".join(figure.column.path),
            "decimal" if figure.column.decimal else "integer",
            figure.column.unit,
            "signed" if figure.column.signed else "",
        )
        for figure in EDITIONS[name].figures.values()
    ]
    assert declared == [
        (cell.key, cell.section, cell.row_label, cell.column_label, cell.type, cell.unit, cell.signed)
        for cell in CONTRACT[name]
    ]


def test_every_cell_has_a_name_in_english(name: str) -> None:
    for figure in EDITIONS[name].figures.values():
        assert figure.row.label_en, figure.key
        assert figure.column.label_en, figure.key
        assert len(figure.row.groups) == len(figure.row.groups_en), figure.key
        assert len(figure.column.groups) == len(figure.column.groups_en), figure.key
    labels = Counter(figure.label for figure in EDITIONS[name].figures.values())
    assert max(labels.values()) == 1


def test_the_database_has_one_column_per_cell_and_no_other(name: str) -> None:
    fields = {field.name: field for field in FIGURES_MODELS[name]._meta.fields if field.name != "version"}
    assert list(fields) == [key.replace(".", "_") for key in keys(name)]
    for cell in CONTRACT[name]:
        field = fields[cell.key.replace(".", "_")]
        kind = models.DecimalField if cell.type == "decimal" else models.IntegerField
        assert type(field) is kind, cell.key
        assert field.null, f"{cell.key}: blank is not zero"


def test_the_official_layout_prints_every_cell_once(name: str) -> None:
    printed = Counter(
        cell.figure.key for table in EDITIONS[name].tables for cell in placed_table(table).cells if cell.figure
    )
    assert printed == Counter(keys(name))


def test_the_official_layout_has_no_holes_and_no_overlaps(name: str) -> None:
    for table in EDITIONS[name].tables:
        covered: Counter[tuple[int, int]] = Counter()
        placed = placed_table(table)
        for number, row in enumerate(placed.rows):
            column = 0
            for cell in row:
                while (number, column) in covered:
                    column += 1
                # Where a browser puts it, beside what reaches down from above.
                assert (cell.row, cell.column) == (number, column), cell
                for below in range(cell.rowspan):
                    covered.update((number + below, column + right) for right in range(cell.colspan))
        width = max(column for _row, column in covered) + 1
        assert (placed.height, placed.width) == (len(placed.rows), width)
        expected = {(row, column) for row in range(placed.height) for column in range(width)}
        assert covered.keys() == expected, table.key
        assert max(covered.values()) == 1, table.key


def test_the_equations_tie_exactly_what_the_form_ties(name: str) -> None:
    """Every cell of the tables of applications and proceedings takes part, in as many equations as its place says."""
    edition = EDITIONS[name]
    for cell in CONTRACT[name]:
        table = cell.key.partition(".")[0]
        rules = Counter(equation.rule for equation in edition.equations_of[cell.key])
        if table == "disclosure":
            assert not rules, cell.key
        elif table == "proceedings":
            assert rules == {"proceedings_total": 1}, cell.key
        else:
            expected = Counter({"row_total": 1})
            if cell.row_label.startswith("三、"):
                expected["results_total"] = 1
            if cell.row_label.startswith(("一、", "二、", "四、")) or cell.row_label.endswith("（七）总计"):
                expected["flow_balance"] = 1
            assert rules == expected, cell.key
    places = Counter((equation.rule, equation.where) for equation in edition.equations)
    assert max(places.values()) == 1
    for equation in edition.equations:
        assert len(set(equation.cells)) == len(equation.cells), equation


def test_what_ties_two_years_names_cells_of_the_form(name: str) -> None:
    edition = EDITIONS[name]
    for equation in edition.year_equations:
        assert {equation.before, *equation.cells} <= edition.figures.keys()
    carried_in = {key for key in keys(name) if ".carried_in." in key}
    assert {equation.after for equation in edition.year_equations if equation.rule == "carry_over"} == carried_in
    in_force = {key for key in keys(name) if key.endswith(".in_force")}
    rolled = {equation.after for equation in edition.year_equations if equation.rule == "documents_roll_forward"}
    assert rolled == in_force


def test_the_years_of_the_editions_follow_each_other(name: str) -> None:
    edition = EDITIONS[name]
    assert edition_for(edition.first_year) is edition
    assert edition_for(edition.last_year or 2090) is edition
    assert edition_for(2018) is None
    assert CURRENT.last_year is None


def test_what_corresponds_names_cells_of_both_editions_that_have_no_key_in_common(name: str) -> None:
    edition = EDITIONS[name]
    if not edition.succeeds:
        assert not edition.correspondences
        return
    here, before = edition.figures.keys(), EDITIONS[edition.succeeds].figures.keys()
    for each in edition.correspondences:
        assert set(each.here) <= here - before, f"a key of {each.here} means two things"
        assert set(each.before) <= before - here, f"a key of {each.before} means two things"
    for side in ("here", "before"):
        named = Counter(key for each in edition.correspondences for key in getattr(each, side))
        assert not named or max(named.values()) == 1


# Whatever else has to know a cell is held against the contract below, as it is built.


def test_the_entry_form_asks_for_every_cell_once(name: str) -> None:
    from reports.filing.forms import ENTRY_FORMS

    assert [field for field in ENTRY_FORMS[name].base_fields if "." in field] == keys(name)


@pytest.mark.parametrize("format", ["docx", "pdf", "xlsx", "html", "csv", "json"])
def test_every_export_prints_every_cell_once(name: str, format: Any) -> None:
    """Each cell has a number of its own, and the file has each number once, where it reads back as that cell."""
    from reports.exporting.official import export
    from reports.importing.read import read_document, read_report

    numbers = {key: 10_001 + place for place, key in enumerate(keys(name))}
    version = make_version(EDITIONS[name], EDITIONS[name].first_year, numbers, {}, {"overview": "无表中数字。"})
    file, _content_type = export(version, format)
    assert read_report(file, f"report.{format}").figures == numbers
    if format in {"csv", "json"}:
        printed = Counter(map(int, re.findall(r"\b1\d{4}\b", file.decode())))
    else:
        grids = read_document(file, f"report.{format}").grids()
        printed = Counter(
            int(cell.text) for grid in grids for row in grid.rows for cell in row if cell.text.isdecimal()
        )
    assert printed == Counter(numbers.values())
