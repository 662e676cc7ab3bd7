"""Tables as a browser prints them: what a figure looks like, and where its row stands on the page."""

from __future__ import annotations

import io

import pdfplumber
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


PAGE = "<!DOCTYPE html><meta charset=utf-8>"


def test_a_heading_cut_by_the_end_of_a_page_goes_on_with_its_rows() -> None:
    heading = "<tr><td rowspan=3>申请<td colspan=3>申请人情况</tr><tr><td rowspan=2>自然人<td colspan=2>法人</tr>"
    rows = "<tr><td>商业企业<td>科研机构</tr><tr><td>新收<td>6<td>1<td>0</tr>"
    table = f"<table>{heading}{rows}</table>"
    # So high that the page ends within the heading.
    cut = 0
    for height in range(228, 242):
        page = f"{PAGE}<style>{STYLE}</style><div style='height: {height}mm'>上文</div>{table}"
        data = as_chromium_prints(page, ["--no-pdf-header-footer"])
        (grid,) = read_pdf(data).grids()
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            is_cut = (
                len(pdf.pages) > 1 and "情况" in pdf.pages[0].extract_text() and "新收" in pdf.pages[1].extract_text()
            )
        if is_cut:
            cut += 1
            assert [(cell.text, cell.column) for cell in grid.rows[-1]] == [("新收", 1), ("6", 2), ("1", 3), ("0", 4)]
            assert ("自然人", 2) in [("".join(cell.text.split()), cell.column) for row in grid.rows for cell in row]
    assert cut > 2


WORDS = "渔港的维修账目、码头的收费标准、学堂的招生名单和山塘的水位都放在公开栏和县网站的专栏里，"


@pytest.mark.parametrize(
    "style",
    [
        "text-indent: 2em",
        "text-indent: 2em; text-align: justify; line-height: 2.4",
        "margin: 1em 0; font-family: 'DejaVu Sans', 'Noto Serif CJK SC'",
        "border: 1px solid #888; padding: 1em",
        "column-count: 2",
    ],
)
@pytest.mark.parametrize("inner", ["{}", "<span style='background: #fff'>{}</span>", "<b>（一）主动公开。</b>{}"])
def test_a_paragraph_is_whole_however_it_is_printed(style: str, inner: str) -> None:
    texts = [WORDS * 3 + f"全年{count}条，件件都有着落。" for count in (351, 72)]
    body = "".join(f'<p style="{style}">{inner.format(text)}</p>' for text in texts)
    document = read_pdf(as_chromium_prints(f"{PAGE}<style>{STYLE}</style>{body}", ["--no-pdf-header-footer"]))
    lead = "（一）主动公开。" if "（一）" in inner else ""
    assert [block.text for block in document.paragraphs()] == [lead + text for text in texts]
