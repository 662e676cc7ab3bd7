"""Tables that could be read wrongly: what is certain is read, what is not is doubted."""

from __future__ import annotations

import pytest

from reports.importing.parsed import ParsedReport
from reports.importing.read import read_report
from reports.sheets.layout import PlacedCell, placed_table
from reports.standard import CURRENT, EDITIONS

Lines = list[list[str]]


def figures_of(table: str) -> dict[str, str]:
    """A different number in every cell, so that any shift shows."""
    return {figure.key: str(100 + number) for number, figure in enumerate(CURRENT.table(table).figures())}


def printed(table: str) -> Lines:
    """The texts of the cells that begin in each line."""
    numbers = figures_of(table)
    return [
        [numbers[cell.figure.key] if cell.figure else cell.text for cell in line]
        for line in placed_table(CURRENT.table(table)).rows
    ]


def in_html(table: str, change: str = "", to: str = "", after: str = "") -> ParsedReport:
    rows = ""
    for line in placed_table(CURRENT.table(table)).rows:
        numbers = figures_of(table)
        rows += f"<tr>{''.join(_cell(cell, numbers) for cell in line)}</tr>\n"
    assert change in rows
    return report(f"<table>{rows.replace(change, to, 1) if change else rows}</table>{after}", table)


def _cell(cell: PlacedCell, numbers: dict[str, str]) -> str:
    text = numbers.get(cell.figure.key, "0") if cell.figure else cell.text
    return f'<td colspan="{cell.colspan}" rowspan="{cell.rowspan}">{text}</td>'


def in_text(table: str, lines: Lines) -> ParsedReport:
    return report("\n".join("\t".join(line) for line in lines), table, html=False)


def report(content: str, table: str, *, html: bool = True) -> ParsedReport:
    lines = ["汐川县望渔镇人民政府2023年政府信息公开工作年度报告"]
    for chapter in CURRENT.chapters:
        lines += [chapter.heading, content if chapter.key == table else "本年度无。"]
    text = "".join(f"<p>{line}</p>" if "<table" not in line else line for line in lines) if html else "\n".join(lines)
    return read_report(f"<html><body>{text}</body></html>".encode() if html else text.encode(), "a.txt")


def silent(parsed: ParsedReport, table: str, expected: dict[str, str] | None = None) -> dict[str, object]:
    """The figures that are wrong and not doubted."""
    expected = expected or figures_of(table)
    found = {key: parsed.figures[key] for key in expected if key not in parsed.doubted}
    return {key: number for key, number in found.items() if str(number) != expected[key]}


ROW = "applications.received"


def test_as_it_is_nothing_is_doubted() -> None:
    for table in ("disclosure", "applications", "proceedings"):
        parsed = in_html(table)
        assert silent(parsed, table) == {}
        assert not parsed.doubted & figures_of(table).keys()


def test_a_heading_that_stands_twice_is_doubted() -> None:
    parsed = in_html("disclosure", "本年制发件数</td>", "现行有效件数</td>")
    assert parsed.doubted & figures_of("disclosure").keys()
    assert silent(parsed, "disclosure") == {}


def test_columns_that_changed_places_in_text_are_doubted() -> None:
    lines = printed("disclosure")
    lines[1][1], lines[1][3] = lines[1][3], lines[1][1]
    parsed = in_text("disclosure", lines)
    swapped = figures_of("disclosure")
    for row in ("regulations", "normative_documents"):
        keys = f"disclosure.{row}.issued", f"disclosure.{row}.in_force"
        swapped[keys[0]], swapped[keys[1]] = swapped[keys[1]], swapped[keys[0]]
    assert silent(parsed, "disclosure", swapped) == {}


def test_a_total_put_first_is_not_taken_for_natural_persons() -> None:
    lines = printed("applications")
    flat = [[], *lines[3:]]
    flat[0] = ["", "总计", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    assert in_text("applications", flat).doubted >= {f"{ROW}.natural_person", f"{ROW}.total"}


def test_litigation_before_reconsideration_is_doubted() -> None:
    parsed = in_html("proceedings", "行政复议</td>", "行政诉讼（未经复议直接起诉）</td>")
    swapped = in_text(
        "proceedings",
        [
            ["未经复议直接起诉", "复议后起诉", "行政复议"],
            ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3,
            list(figures_of("proceedings").values()),
        ],
    )
    assert silent(parsed, "proceedings") == {}
    assert swapped.doubted >= figures_of("proceedings").keys()


@pytest.mark.parametrize("glued", ["规章000", "规章 0 0 0", "规章123"])
def test_digits_glued_to_their_label_are_never_taken_apart(glued: str) -> None:
    lines = [[glued] if line[0] == "规章" else line for line in printed("disclosure")]
    parsed = in_text("disclosure", lines)
    assert "disclosure.regulations.issued" in parsed.doubted
    assert parsed.figures["disclosure.regulations.issued"] is None


@pytest.mark.parametrize("lost", range(7))
def test_a_row_that_lost_a_cell_is_doubted(lost: int) -> None:
    lines = printed("applications")
    del lines[3][1 + lost]
    parsed = in_text("applications", lines)
    assert parsed.doubted >= {f"{ROW}.{column}" for column in ("natural_person", "total")}
    assert silent(parsed, "applications") == {}


@pytest.mark.parametrize("at", range(1, 7))
def test_two_figures_run_together_leave_the_whole_row_in_doubt(at: int) -> None:
    lines = printed("applications")
    lines[3] = [*lines[3][:at], "00", *lines[3][at + 2 :], ""]
    parsed = in_text("applications", lines)
    assert parsed.doubted >= {f"{ROW}.{column}" for column in ("natural_person", "total")}
    assert silent(parsed, "applications") == {}


def test_a_zero_whose_row_goes_on_below_is_not_merged_across_it() -> None:
    lines = printed("applications")
    label, *values = lines[3]
    lines[3:4] = [[label, "0"], ["", *values[1:]]]
    parsed = in_text("applications", lines)
    assert parsed.doubted >= {f"{ROW}.{column}" for column in ("natural_person", "total")}
    assert silent(parsed, "applications") == {}


@pytest.mark.parametrize("end", ["left", "right"])
@pytest.mark.parametrize("lost", range(7))
def test_an_empty_cell_does_not_stand_in_for_one_that_was_lost(lost: int, end: str) -> None:
    """Every row has one cell too many at that end; one row lost a figure, and the empty cell would make up the number."""
    rows = [line for line in printed("applications") if len(line) >= 8]
    lines = printed("applications")[:3] + [
        [label, "", *values] if end == "left" else [label, *values, ""] for label, *values in (row[-8:] for row in rows)
    ]
    assert silent(in_text("applications", lines), "applications") == {}
    del lines[3][1 + (end == "left") + lost]
    parsed = in_text("applications", lines)
    assert silent(parsed, "applications") == {}
    assert f"{ROW}.{'natural_person' if end == 'left' else 'total'}" in parsed.doubted


def test_a_number_in_a_column_of_remarks_moves_nothing() -> None:
    first = figures_of("applications")[f"{ROW}.natural_person"]
    parsed = in_html("applications", f">{first}</td>", "></td>", "")
    assert silent(parsed, "applications", figures_of("applications") | {f"{ROW}.natural_person": "None"}) == {}
    last = figures_of("applications")[f"{ROW}.total"]
    parsed = in_html("applications", f">{last}</td>", f"></td><td>{last}</td>")
    assert silent(parsed, "applications", figures_of("applications") | {f"{ROW}.total": "None"}) == {}


@pytest.mark.parametrize("cell", ["3<sup>2</sup>", "<s>5</s>3", "<del>5</del>", "①", "3*", "5 3", "约5", "三", "(5)"])
def test_what_is_more_than_a_number_is_doubted(cell: str) -> None:
    first = figures_of("applications")[f"{ROW}.natural_person"]
    parsed = in_html("applications", f">{first}</td>", f">{cell}</td>")
    assert f"{ROW}.natural_person" in parsed.doubted
    assert silent(parsed, "applications") == {}


def test_a_second_table_with_other_figures_is_not_chosen_between() -> None:
    rows = "<tr><td>规章</td><td>7</td><td>8</td><td>9</td></tr><tr><td>行政许可</td><td>7</td></tr>"
    last_year = f"<p>附：上年情况</p><table>{rows}</table>"
    parsed = in_html("disclosure", after=last_year)
    assert parsed.doubted >= {"disclosure.regulations.issued", "disclosure.licensing.decisions"}
    assert silent(parsed, "disclosure") == {}


def test_a_heading_repeated_on_the_next_page_changes_nothing() -> None:
    lines = printed("applications")
    parsed = in_text("applications", [*lines[:12], *lines[:3], *lines[12:]])
    assert silent(parsed, "applications") == {}
    assert not parsed.doubted & figures_of("applications").keys()


@pytest.mark.parametrize("beside", ["first", "second"])
def test_a_label_cut_by_the_page_break_keeps_its_figures(beside: str) -> None:
    lines = printed("applications")
    place = next(number for number, line in enumerate(lines) if any("逾期未按收费通知" in text for text in line))
    label, numbers = lines[place][-8], lines[place][-7:]
    empty = [""] * 7
    first, second = (numbers, empty) if beside == "first" else (empty, numbers)
    cut = [["", "", label[:25], *first], ["", "", label[25:], *second]]
    parsed = in_text("applications", [*lines[:place], *cut, *lines[place + 1 :]])
    assert silent(parsed, "applications") == {}


def test_an_amount_in_another_unit_is_kept_as_printed_and_the_unit_told() -> None:
    amount = next(figure for figure in CURRENT.figures.values() if figure.column.decimal)
    parsed = in_html("disclosure", f">{figures_of('disclosure')[amount.key]}<", ">251000元<")
    (problem,) = (problem for problem in parsed.problems if problem.where == amount.key)
    assert parsed.figures[amount.key] == 251000
    assert "“251000元”" in problem.message
    assert f"规定的“{amount.column.unit}”" in problem.message


def test_an_amount_for_which_the_form_names_no_unit_says_so() -> None:
    form = EDITIONS["2019"]
    amount = next(figure for figure in form.figures.values() if not figure.column.names_unit)
    rows = "".join(
        f"<tr>{''.join(_cell(cell, {amount.key: '251000元'}) for cell in line)}</tr>"
        for line in placed_table(form.table("disclosure")).rows
    )
    parsed = report(f"<table>{rows}</table>", "disclosure")
    (problem,) = (problem for problem in parsed.problems if problem.where == amount.key)
    assert parsed.figures[amount.key] == 251000
    assert "表格没有规定单位" in problem.message


def test_a_chapter_without_its_table_is_named() -> None:
    parsed = in_html("disclosure")
    assert set(parsed.missing_tables) == {"applications", "proceedings"}
    assert {problem.where for problem in parsed.problems} >= {"applications", "proceedings"}
