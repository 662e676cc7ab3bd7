"""The official table as the page draws it, without a page."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reports.sheets.sheet import draw, printed
from reports.sheets.summary import summary
from reports.standard import EDITIONS
from reports.standard.elements import Edition
from reports.standard.measures import HEADLINES, MEASURES

FORM = EDITIONS["2021"]
ZEROS: dict[str, int | Decimal | None] = dict.fromkeys(FORM.figures, 0)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "0"),
        (9999, "9999"),
        (12345, "12\N{THIN SPACE}345"),
        (-3, "\N{MINUS SIGN}3"),
        (Decimal("1.500000"), "1.5"),
        (Decimal("100.000000"), "100"),
        (None, ""),
    ],
)
def test_figures_are_printed_as_readers_see_them(value: int | Decimal | None, said: str) -> None:
    assert printed(value) == said


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
def test_every_line_fills_the_width_of_its_table(edition: Edition) -> None:
    for table in edition.tables:
        sheet = draw(table, edition, {}, {}, {}, ())
        rows = (*sheet.layout.head, *(row for row, _equation_line in sheet.body))
        covered = [
            (below, across)
            for number, row in enumerate(rows)
            for cell in row
            for below in range(number, number + cell.rowspan)
            for across in range(cell.column, cell.column + cell.colspan)
        ]
        width = sheet.layout.label_columns + sheet.layout.figure_columns
        assert sorted(covered) == [(y, x) for y in range(len(rows)) for x in range(width)]


def test_every_equation_is_written_out_once() -> None:
    shown = [
        (equation_line.equation.rule, equation_line.equation.where)
        for table in FORM.tables
        for equation_line in draw(table, FORM, ZEROS, {}, {}, ()).equation_lines
    ]
    assert sorted(shown) == sorted((equation.rule, equation.where) for equation in FORM.equations)


def test_long_sums_are_shown_by_their_sum() -> None:
    figures = ZEROS | {
        f"applications.received.{column.key}": 2 for column in FORM.table("applications").blocks[0].columns
    }
    sheet = draw(FORM.table("applications"), FORM, figures, {}, {}, ())
    received = sheet.layout.figure_cells["applications.received.total"].row
    line = sheet.beside[received]
    assert (line.left, line.right, line.verdict, line.difference) == (
        "Σ 12",
        "2",
        "broken",
        "10",
    )


@pytest.mark.parametrize(
    ("table", "figures", "said"),
    [
        ("disclosure", {}, "本表各项均为零。"),
        ("disclosure", {"disclosure.normative_documents.issued": 2, "disclosure.normative_documents.in_force": 5},
         "行政规范性文件本年制发件数 2、现行有效件数 5，其余为零。"),
        ("applications", {}, "本年新收 0 件，无结转。"),
        ("applications", {"applications.received.total": 4, "applications.carried_in.total": 1,
                          "applications.refused_state_secret.total": 2, "applications.refused_process.total": 1,
                          "applications.carried_out.total": 2},
         "本年新收 4 件，上年结转 1 件，不予公开 3 件，结转下年 2 件。"),
        ("applications", {"applications.received.total": None, "applications.carried_out.total": None},
         "本年新收未填，结转未填。"),
        ("proceedings", {}, "没有行政复议，没有行政诉讼。"),
        ("proceedings", {"proceedings.direct_litigation.total": 2, "proceedings.direct_litigation.pending": 2},
         "未经复议直接起诉 2 件（尚未审结 2）。"),
        ("proceedings", dict.fromkeys(FORM.figures), "本表没有填写。"),
    ],
)  # fmt: skip
def test_a_table_in_a_sentence(table: str, figures: dict[str, int | Decimal | None], said: str) -> None:
    assert summary(FORM.table(table), ZEROS | figures) == said


def test_every_figure_of_both_editions_can_be_compared_under_its_own_name() -> None:
    assert MEASURES.keys() == EDITIONS["2021"].figures.keys() | EDITIONS["2019"].figures.keys()
    for key, measure in MEASURES.items():
        for edition, keys in measure.figures.items():
            assert set(keys) <= EDITIONS[edition].figures.keys(), key


def test_the_headlines_are_counted_in_both_editions() -> None:
    assert all(measure.figures.keys() == EDITIONS.keys() for measure in HEADLINES.values())
