"""Tables that lost what tells their columns: nothing is read on the assumption that they are in the usual order."""

from __future__ import annotations

import pytest

from tests.importing.test_doubts import ROW, Lines, figures_of, in_html, in_text, printed, report, silent

TABLES = ("disclosure", "applications", "proceedings")


def without_headings(table: str) -> Lines:
    """The lines that hold figures, with the label before them where there is one."""
    numbers = set(figures_of(table).values())
    return [line for line in printed(table) if numbers & set(line)]


def in_zeros(table: str, lines: Lines) -> Lines:
    numbers = set(figures_of(table).values())
    return [["0" if text in numbers else text for text in line] for line in lines]


@pytest.mark.parametrize("table", ["disclosure", "applications"])
def test_without_any_heading_the_columns_are_not_assumed(table: str) -> None:
    parsed = in_text(table, without_headings(table))
    several = {key for key in figures_of(table) if key.split(".")[1] in ("regulations", "received", "concluded")}
    assert parsed.doubted >= several


def test_without_the_names_of_proceedings_their_order_is_not_assumed() -> None:
    lines = printed("proceedings")
    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3
    parsed = in_text("proceedings", [results, lines[-1]])
    assert parsed.doubted >= figures_of("proceedings").keys()


@pytest.mark.parametrize("table", ["disclosure", "applications"])
def test_zeros_alone_are_zeros_in_whatever_order(table: str) -> None:
    parsed = in_text(table, in_zeros(table, without_headings(table)))
    assert not parsed.doubted & figures_of(table).keys()
    assert {parsed.figures[key] for key in figures_of(table)} == {0}


@pytest.mark.parametrize("total_first", [True, False])
def test_balance_does_not_tell_a_total_from_natural_persons(total_first: bool) -> None:
    """1 0 0 0 0 0 1 balances either way."""
    lines = without_headings("applications")
    values = ["1", "1", "0", "0", "0", "0", "0"] if total_first else ["1", "0", "0", "0", "0", "0", "1"]
    lines[0] = [lines[0][0], *values]
    assert in_text("applications", lines).doubted >= {f"{ROW}.natural_person", f"{ROW}.total"}


def test_figures_before_their_labels_are_not_read_as_those_of_the_row_above() -> None:
    lines = [line[1:] + line[:1] if len(line) == 4 else line for line in printed("disclosure")]
    assert silent(in_text("disclosure", lines), "disclosure") == {}


def test_an_empty_cell_does_not_stand_in_for_a_column_that_is_missing() -> None:
    """Merged cells left empty ones before the figures, and the column of totals is not there at all."""
    numbers = set(figures_of("applications").values())
    rows = [line[:-1] for line in printed("applications") if numbers & set(line)]
    organisations = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    headings = [["", "", "", "自然人", "法人或其他组织", "", "", "", ""], ["", "", "", "", *organisations]]
    padded = [[*row[:-6], *[""] * (9 - len(row)), *row[-6:]] for row in rows]
    assert silent(in_text("applications", headings + padded), "applications") == {}


def test_organisations_before_natural_persons_are_doubted() -> None:
    lines = [["法人或其他组织", "自然人", "总计"] if "自然人" in line else line for line in printed("applications")]
    parsed = in_text("applications", lines)
    assert parsed.doubted >= {f"{ROW}.natural_person", f"{ROW}.business"}


def test_figures_between_the_names_of_proceedings_are_not_passed_over_for_the_zero_behind_them() -> None:
    """A list of what became of each: 结果维持 2, 结果纠正 1 … 总计 0."""
    block = ["结果维持", "2", "结果纠正", "1", "其他结果", "0", "尚未审结", "0", "总计"]
    lines = ["行政复议", *block, "3", "未经复议直接起诉", *block, "3", "复议后起诉", *block, "0"]
    parsed = report("\n".join(lines), "proceedings", html=False)
    assert parsed.doubted >= figures_of("proceedings").keys()


def test_half_a_label_is_no_figure_of_the_row_before() -> None:
    """A pipe after each cell, the table in one run: an empty cell, six figures, and the half of a label that a page break cut."""
    cells = [text for line in printed("applications") for text in line]
    row = cells.index("（一）予以公开") + 1
    cells[row] = ""
    following = cells.index("（二）部分公开（区分处理的，只计这一情形，不计其他情形）")
    cells[following : following + 1] = ["（二）部", *[""] * 6, "分公开（区分处理的，只计这一情形，不计其他情形）"]
    parsed = report("\n".join(f"{text}\n|" for text in cells), "applications", html=False)
    expected = figures_of("applications") | {"applications.granted.natural_person": "None"}
    assert silent(parsed, "applications", expected) == {}


def test_one_misspelt_heading_is_told_by_the_others() -> None:
    for heading, misspelt in (("科研机构", "科研结构"), ("总计", "合计"), ("社会公益组织", "社会公益")):
        lines = [[misspelt if text == heading else text for text in line] for line in printed("applications")]
        parsed = in_text("applications", lines)
        assert not parsed.doubted & figures_of("applications").keys(), misspelt
        assert silent(parsed, "applications") == {}


def test_two_headings_that_say_something_else_are_not_given_their_turn() -> None:
    lines = printed("disclosure")
    lines[1] = ["信息内容", "有效件数", "本年废止件数", "制发情况"]
    parsed = in_text("disclosure", lines)
    assert parsed.doubted >= {"disclosure.regulations.issued", "disclosure.regulations.in_force"}


def test_remarks_are_not_taken_for_the_column_that_is_missing() -> None:
    parsed = in_html("disclosure", "现行有效件数</td>", "备注</td>")
    assert "disclosure.regulations.in_force" in parsed.doubted


def test_last_years_figures_are_not_taken_for_this_years() -> None:
    parsed = in_html("disclosure", "本年制发件数</td>", "上年制发件数</td>")
    assert "disclosure.regulations.issued" in parsed.doubted


def test_a_column_too_many_makes_a_row_with_a_blank_doubtful() -> None:
    lines = printed("applications")
    lines[2] = [*lines[2], "小计"]
    lines[3] = [lines[3][0], "1", "2", "", "4", "5", "6", "7", "8"]
    del lines[5][0]
    assert in_text("applications", lines).doubted >= {f"{ROW}.natural_person", f"{ROW}.total"}


def test_figures_above_their_labels_are_not_read_as_those_of_the_row_before() -> None:
    numbers = list(figures_of("applications").values())
    lines = printed("applications")[:3]
    for number, line in enumerate(without_headings("applications")):
        lines += [numbers[7 * number : 7 * number + 7], [text for text in line if text not in numbers]]
    assert silent(in_text("applications", lines), "applications") == {}


class TestZeroAlone:
    """`label<TAB>0`: merged across the row, or what an editor left that cuts off white space at the end of lines."""

    ZEROS = {f"applications.granted.{column}" for column in ("natural_person", "business", "total")}

    def lines(self) -> Lines:
        lines = printed("applications")
        return [
            [*line[: line.index("（一）予以公开") + 1], "0"] if "（一）予以公开" in line else line for line in lines
        ]

    def test_where_white_space_was_cut_off_it_is_doubted(self) -> None:
        assert in_text("applications", self.lines()).doubted >= self.ZEROS

    def test_where_white_space_was_kept_it_is_the_rows_zeros(self) -> None:
        lines = self.lines()
        lines[0] = [*lines[0], "", ""]
        parsed = in_text("applications", lines)
        assert not parsed.doubted & self.ZEROS
        assert {parsed.figures[key] for key in self.ZEROS} == {0}

    def test_in_a_web_page_it_has_to_be_merged(self) -> None:
        numbers = figures_of("applications")
        cells = "".join(f'<td colspan="1" rowspan="1">{numbers[f"{ROW}.{c}"]}</td>' for c in COLUMNS)
        assert in_html("applications", cells, "<td>0</td>").doubted >= {f"{ROW}.natural_person"}
        merged = in_html("applications", cells, '<td colspan="7">0</td>')
        assert not merged.doubted & numbers.keys()
        assert merged.figures[f"{ROW}.total"] == 0


COLUMNS = ("natural_person", "business", "research", "public_welfare", "legal_service", "other_organisation", "total")
