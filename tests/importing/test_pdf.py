"""Tables as a browser prints them: what a figure looks like, and where its row stands on the page."""

from __future__ import annotations

import pytest

from reports.importing.document import Document
from reports.importing.readers.pdf import read_pdf
from tests.importing.generator.as_pdf import STYLE, as_chromium_prints

pytestmark = pytest.mark.slow

CELLS = {
    "3<sup>2</sup>": "3²",
    "3<sup style='font-size: 6px'>2</sup>": "3²",
    "<s>5</s>3": "~~53~~",
    "<s>5</s>": "~~5~~",
    "<u>12</u>": "12",
    "<div style='border-bottom: 1px solid'>14</div>": "14",
    "1,234": "1,234",
    "56": "56",
    "7": "7",
}


def printed(rows: list[str], style: str = "") -> Document:
    table = "".join(f"<tr>{row}</tr>" for row in rows)
    page = f"<!DOCTYPE html><meta charset=utf-8><style>{STYLE}{style}</style><table>{table}</table>"
    return read_pdf(as_chromium_prints(page, ["--no-pdf-header-footer"]))


def test_what_is_struck_out_or_raised_is_no_digit_of_the_figure() -> None:
    document = printed([f"<td>规章</td><td>{cell}</td>" for cell in CELLS])
    (grid,) = document.grids()
    assert [row[1].text for row in grid.rows] == list(CELLS.values())


@pytest.mark.parametrize("style", ["", "tr:nth-child(2n) td { background: #def; }", "td { border: 3px double #000; }"])
def test_the_first_row_of_each_page_is_a_row(style: str) -> None:
    # A group of rows reaches over the end of the page.
    groups = [f"<td rowspan=24>第{number // 24}组</td>" if number % 24 == 0 else "" for number in range(120)]
    rows = [f"{group}<td>第{number}行</td><td>{number}</td>" for number, group in enumerate(groups)]
    document = printed(rows, style)
    assert [row[-1].text for grid in document.grids() for row in grid.rows] == [str(number) for number in range(120)]
    assert list(document.paragraphs()) == []
