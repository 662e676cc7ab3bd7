"""Numbers of pages that got among the cells of a plain text: none is taken for a figure."""

from __future__ import annotations

import pytest

from reports.importing.parsed import ParsedReport
from reports.importing.read import read_report
from reports.standard import CURRENT
from tests.importing.test_doubts import figures_of, printed, silent

PROSE = "本年度，本机关按照要求开展政府信息公开工作，及时更新公开目录，依法办理公开申请。" * 6


def bare(table: str, *, blank: str = "", number: str = "", between: str = "") -> ParsedReport:
    """One cell a line, with zeros; where `blank` names a cell that one is empty, which leaves no line, and a page ends there."""
    numbers = figures_of(table)
    keys = {number: key for key, number in numbers.items()}
    lines = []
    for line in printed(table):
        for text in line:
            key = keys.get(text)
            lines.append(text if key is None else number if key == blank else "0")
    return report("\n".join(lines), table, between)


def report(content: str, table: str, between: str = "") -> ParsedReport:
    lines = ["汐川县望渔镇人民政府2023年政府信息公开工作年度报告"]
    for chapter in CURRENT.chapters:
        prose = f"{PROSE}{between}{PROSE}" if chapter.key == "overview" else PROSE
        lines += [chapter.heading, content if chapter.key == table else prose]
    return read_report("\n".join(lines).encode(), "a.txt")


@pytest.mark.parametrize(
    "cell",
    [
        "applications.received.natural_person",
        "applications.received.total",
        "applications.carried_out.business",
        "proceedings.reconsideration.upheld",
        "proceedings.direct_litigation.total",
        "disclosure.regulations.in_force",
        "disclosure.licensing.decisions",
        "disclosure.fees.amount",
    ],
)
def test_a_page_number_in_the_place_of_an_empty_cell_is_doubted(cell: str) -> None:
    assert cell in bare(cell.split(".")[0], blank=cell, number="2").doubted


def test_without_any_page_number_lines_are_read() -> None:
    for table in ("disclosure", "applications", "proceedings"):
        parsed = bare(table)
        assert not parsed.doubted & figures_of(table).keys()
        assert {parsed.figures[key] for key in figures_of(table)} == {0}


def test_where_pages_are_numbered_a_number_that_fits_is_doubted_even_if_the_row_adds_up() -> None:
    lines = [line for row in printed("applications") for line in row]
    numbers = figures_of("applications")
    lines = ["0" if line in numbers.values() else line for line in lines]
    at = lines.index("一、本年新收政府信息公开申请数量")
    lines[at + 1 : at + 8] = ["2", "0", "0", "0", "0", "0", "2"]
    text = "\n".join(lines)
    alone = report(text, "applications")
    assert not alone.doubted & numbers.keys()
    assert alone.figures["applications.received.total"] == 2
    assert "applications.received.total" in report(text, "applications", between="\n1\n").doubted


def test_page_numbers_between_sentences_are_no_prose() -> None:
    for number in ("1", "- 1 -", "— 1 —", "第 1 页 共 3 页", "第1页"):
        parsed = bare("disclosure", between=f"\n{number}\n")
        assert parsed.narrative["overview"] == f"{PROSE}\n{PROSE}", number


SHAPES = {
    "tab before": (lambda text: f"\t{text}", "\t\n2"),
    "tab after": (lambda text: f"{text}\t", "2\n\t"),
    "pipe after": (lambda text: f"{text} |", "2\n|"),
    "pipe before": (lambda text: f"| {text}", "|\n2"),
    "pipe on a line behind": (lambda text: f"{text}\n|", "\n2\n\n|"),
    "pipe on a line before": (lambda text: f"|\n{text}", "|\n\n2\n"),
}


def test_numbers_of_a_row_that_all_stand_below_their_tabs_are_figures() -> None:
    numbers = figures_of("disclosure")
    rows = [
        "\n".join(f"\t\n{text}" if text.isdecimal() else f"\t{text}" for text in line) for line in printed("disclosure")
    ]
    parsed = report("\n\n".join(rows), "disclosure")
    assert silent(parsed, "disclosure", numbers) == {}
    assert "disclosure.regulations.issued" not in parsed.doubted


@pytest.mark.parametrize("shape", SHAPES)
def test_a_page_that_ends_in_an_empty_cell_leaves_no_figure(shape: str) -> None:
    """The cells share their lines with tabs or pipes, or have no empty lines around; the number of the page has not."""
    write, broken = SHAPES[shape]
    numbers = figures_of("disclosure")
    for key in ("disclosure.regulations.repealed", "disclosure.penalty.decisions"):
        rows = [
            "\n".join(broken if text == numbers[key] else write(text) for text in line)
            for line in printed("disclosure")
        ]
        parsed = report("\n\n".join(rows), "disclosure")
        assert key in parsed.doubted
        assert silent(parsed, "disclosure", numbers | {key: "None"}) == {}


def test_in_a_table_in_one_line_a_page_number_does_not_make_up_for_an_empty_cell() -> None:
    """0 12 0 0 8 20, before them an empty cell, behind them the number of the page: they add up as they stand."""
    row = "applications.refused_state_secret"
    values = dict.fromkeys(figures_of("applications").values(), "0")
    own = [text for key, text in figures_of("applications").items() if key.startswith(f"{row}.")]
    values |= dict(zip(own, ["", "0", "12", "0", "0", "8", "20"], strict=True))
    cells = [
        values.get(text, text) + (" | 3" if text == own[-1] else "")
        for line in printed("applications")
        for text in line
    ]
    parsed = report(" | ".join(cells), "applications")
    expected = {key: values[text] or "None" for key, text in figures_of("applications").items()}
    assert silent(parsed, "applications", expected) == {}
    assert f"{row}.total" in parsed.doubted
