"""What a workbook shows in its cells, beyond plain numbers and words."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.importing.document import Document
from reports.importing.read import read_document

Write = Callable[[Workbook, Worksheet], object]


def workbook(write: Write) -> Document:
    made = io.BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("年报")
        sheet.write(2, 1, "规章")
        write(book, sheet)
    return read_document(made.getvalue(), "a.xlsx")


def struck(book: Workbook, sheet: Worksheet) -> None:
    sheet.write_rich_string(2, 2, book.add_format({"font_strikeout": True}), "5", "3")


def raised(book: Workbook, sheet: Worksheet) -> None:
    sheet.write_rich_string(2, 2, "3", book.add_format({"font_script": 1}), "2")


def coloured(book: Workbook, sheet: Worksheet) -> None:
    sheet.write_rich_string(2, 2, "3", book.add_format({"font_color": "red"}), "2")


@pytest.mark.parametrize(
    ("write", "expected"),
    [
        (lambda _book, sheet: sheet.write_formula(2, 2, "=SUM(D3:E3)", None, 7), "7"),
        (lambda _book, sheet: sheet.write_formula(2, 2, "=SUM(D3:E3)", None, "#REF!"), "#REF!"),
        (lambda _book, sheet: sheet.write_formula(2, 2, "=SUM(D3:E3)", None, ""), "=SUM(D3:E3)"),
        (lambda _book, sheet: sheet.write_number(2, 2, 7.4), "7.4"),
        (struck, "~~5~~3"),
        (raised, "3²"),
        (coloured, "32"),
    ],
)
def test_a_cell_says_what_one_sees_in_it(write: Write, expected: str) -> None:
    (grid,) = workbook(write).grids()
    (row,) = grid.rows
    assert [(cell.text, cell.column) for cell in row] == [("", 1), ("规章", 2), (expected, 3)]


def test_sheets_that_are_not_shown_are_not_read() -> None:
    def with_others(book: Workbook, _sheet: Worksheet) -> None:
        hidden = book.add_worksheet("上年")
        hidden.write(0, 0, "规章")
        hidden.hide()
        chart = book.add_chart({"type": "pie"})
        chart.add_series({"values": "=年报!$C$3"})
        book.add_chartsheet("图").set_chart(chart)

    assert len(list(workbook(with_others).grids())) == 1
