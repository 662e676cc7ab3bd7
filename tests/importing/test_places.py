"""Whatever was read, and whatever is in doubt, can be found again in the file."""

from __future__ import annotations

from reports.importing.document import Document, Grid, Paragraph
from reports.importing.parsed import ParsedReport, Place
from reports.importing.read import read_document, read_report
from reports.standard import CURRENT
from tests.importing.test_doubts import in_html, printed

PERIOD = "本报告数据统计期限为2023年1月1日至2023年12月31日。"
NAME = "汐川县望渔镇人民政府"


def lines(title: str, preamble: str = PERIOD, text: str = "本年度无。") -> bytes:
    chapters = [line for chapter in CURRENT.chapters for line in (chapter.heading, text)]
    return "\n".join([title, preamble, *chapters]).encode()


def said_at(document: Document, place: Place) -> str:
    """What the document says in a place."""
    for block in document.blocks:
        if isinstance(block, Paragraph) and block.number == place.paragraph:
            return block.text
        if isinstance(block, Grid) and block.number == place.grid and place.row:
            cells = block.rows[place.row - 1]
            return "".join(cell.text for cell in cells if place.column in (None, cell.column))
    raise AssertionError(f"nothing stands at {place}")


def codes(parsed: ParsedReport, where: str) -> list[str]:
    return [problem.code for problem in parsed.problems if problem.where == where]


def test_a_year_that_only_the_period_tells_is_doubted_where_it_stands() -> None:
    data = lines(f"{NAME}政府信息公开工作年度报告")
    parsed = read_report(data, "年报.txt")
    assert parsed.year == 2023
    (problem,) = (problem for problem in parsed.problems if problem.where == "year")
    assert problem.code == "year_from_period"
    assert "“2023年1月1日至2023年12月31日”认定为 2023 年" in problem.message
    document = read_document(data, "年报.txt")
    assert said_at(document, parsed.places["year"]) == PERIOD
    assert said_at(document, parsed.places["agency"]) == f"{NAME}政府信息公开工作年度报告"


def test_a_year_in_the_title_is_no_doubt() -> None:
    data = lines(f"{NAME}2023年政府信息公开工作年度报告")
    parsed = read_report(data, "年报.txt")
    assert (parsed.year, codes(parsed, "year")) == (2023, [])
    assert said_at(read_document(data, "年报.txt"), parsed.places["year"]).startswith(NAME)


def test_each_chapter_of_prose_is_found_where_it_begins() -> None:
    data = lines(f"{NAME}2023年政府信息公开工作年度报告", text="全年公开12条。\n无其他事项。")
    parsed, document = read_report(data, "年报.txt"), read_document(data, "年报.txt")
    for part in ("overview", "problems", "other"):
        assert said_at(document, parsed.places[f"narrative.{part}"]) == "全年公开12条。"
    assert said_at(document, parsed.places["narrative.preamble"]) == PERIOD


def test_prose_in_the_rows_of_a_table_is_found_in_its_row() -> None:
    rows = [
        f"{NAME}2023年政府信息公开工作年度报告",
        PERIOD,
        "一、总体情况",
        "全年公开12条。",
        "五、存在的主要问题及改进情况",
    ]
    page = f"<html><table>{''.join(f'<tr><td>{row}</td></tr>' for row in rows)}</table></html>".encode()
    parsed, document = read_report(page, "年报.html"), read_document(page, "年报.html")
    assert parsed.places["narrative.overview"] == Place(grid=1, row=4)
    assert said_at(document, parsed.places["narrative.overview"]) == "全年公开12条。"


def test_a_row_in_doubt_is_found_by_its_label_with_what_is_printed_there() -> None:
    line = next(line for line in printed("applications") if "100" in line)
    cells = "".join(f'<td colspan="1" rowspan="1">{number}</td>' for number in line[-2:])
    parsed = in_html("applications", cells, cells.replace("</td>", "</td><td>7</td>", 1))
    (problem,) = (problem for problem in parsed.problems if problem.code == "unsure_row")
    assert problem.where == "applications.received"
    assert problem.about == "100、101、102、103、104、105、7、106"
    place = parsed.places["applications.received"]
    assert (place.grid, place.row) == (1, 4)
