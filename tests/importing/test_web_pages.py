"""Web pages in the encodings that they come in, whatever they say of it, and as one file with their pictures."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from reports.importing.document import Unreadable
from reports.importing.read import read_document, read_report
from tests.browser.conftest import CHROMIUM
from tests.importing.generator.documents import document_of
from tests.samples.made_files import SAMPLES

PAGE = SAMPLES["julin-2023"].file.read_bytes()
TEXT = PAGE.decode("utf-8-sig")
MHT = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "iso-8859-1", "punycode", "unicode", "utf-16", ""])
def test_a_page_is_read_whatever_it_says_of_its_encoding(encoding: str, declared: str) -> None:
    meta = f'<meta charset="{declared}">' if declared else ""
    page = f"<html><head>{meta}</head><body>{TEXT[TEXT.index('<body') :]}"
    assert read_report(page.encode(encoding), "a.htm").figures == read_report(PAGE, "a.html").figures


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_character_cut_off_at_the_end_spoils_no_other(encoding: str) -> None:
    page = TEXT.replace("</body>", "").replace("</html>", "").rstrip().removesuffix("</div>") + "完"
    assert read_report(page.encode(encoding)[:-1], "a.html").agency == read_report(PAGE, "a.html").agency


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ('<span style="text-decoration: line-through">5</span>3', "~~5~~3"),
        ("<s>5</s>3", "~~5~~3"),
        ('3<span style="vertical-align:super">2</span>', "3²"),
        ("3<sub>2</sub>", "3²"),
        ("<p>3</p>2", "3 2"),
        ("3<br>2", "3 2"),
        ("<ul><li>3</li><li>2</li></ul>", "3 2"),
        ("<h5>3</h5><h5>2</h5>", "3 2"),
        ('<span style="display: block">3</span><span style="display: block">2</span>', "3 2"),
        ("<b>3</b><i>2</i>", "32"),
        ('<input value="7">', "7"),
        ('<input type="hidden" value="7">', ""),
        ("<textarea>7</textarea>", "7"),
        ("<select><option>3</option><option selected>7</option></select>", "7"),
        ('<img src="7.png">', "〔图〕"),
        ('7<img src="line.gif">', "7"),
        ("<svg><text>7</text></svg>", "〔图〕"),
        ('7<span style="display:none">8</span>', "7"),
        ("7<!-- 8 -->", "7"),
    ],
)
def test_a_cell_says_what_one_sees_in_it(inner: str, expected: str) -> None:
    assert cells(f"<td>规章</td><td>{inner}</td>") == ["规章", expected]


def test_cells_and_rows_that_are_not_shown_take_no_place() -> None:
    assert cells('<td>规章</td><td style="display: none">8</td><td>7</td>') == ["规章", "7"]
    assert cells('<td>规章</td><td>7</td></tr><tr style="display:none"><td>规章</td><td>8</td>') == ["规章", "7"]


def cells(row: str) -> list[str]:
    (grid,) = read_document(f"<html><table><tr>{row}</tr></table></html>".encode(), "a.html").grids()
    return [cell.text for row in grid.rows for cell in row]


@pytest.mark.parametrize("start", ["<div>", "<p>", "<TABLE>", "\ufeff<!-- saved from url -->\n<HTML>"])
def test_a_piece_of_a_page_is_a_page(start: str) -> None:
    assert [*read_document(f"{start}<table><tr><td>规章</td><td>7</td></tr></table>".encode(), "a.txt").grids()]


@pytest.mark.parametrize(
    "archive",
    [
        MHT + "--x\r\nContent-Type: image/png\r\n\r\nabc\r\n--x--\r\n",
        MHT + "--x\r\nContent-Type: text/html\r\n\r\n\r\n--x--\r\n",
        MHT,
    ],
)
def test_an_archive_without_a_page_is_refused(archive: str) -> None:
    with pytest.raises(Unreadable, match="网页文件"):
        read_report(archive.encode(), "a.mht")


def test_an_archive_cut_off_in_its_tables_is_doubted() -> None:
    made = document_of("web_archive", 3)
    parsed = read_report(made.data[: len(made.data) // 2], "a.mht")
    assert parsed.problems


@pytest.mark.slow
def test_what_a_browser_saves_as_one_file_is_read(tmp_path: Path) -> None:
    source = tmp_path / "page.html"
    source.write_bytes(PAGE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(source.as_uri())
        archive = page.context.new_cdp_session(page).send("Page.captureSnapshot")["data"]
        browser.close()
    found, expected = read_report(archive.encode(), "a.mhtml"), read_report(PAGE, "a.html")
    assert (found.figures, found.narrative, found.problems) == (expected.figures, expected.narrative, expected.problems)


COPIED = """青山镇人民政府2023年政府信息公开工作年度报告
来源: 青山镇人民政府 发布时间: 2024-01-16 16:47
[字体: 大 中 小] 打印

根据条例编制本报告。

一、总体情况
来源于群众的建议有三条，都已办结。
五、存在的主要问题及改进情况
人手不足。
六、其他需要报告的事项
没有收取信息处理费。
上一篇：绿水镇2023年政府信息公开年报
主办单位：示例县人民政府
示ICP备00000000号 示公网安备 000号
网站地图 联系我们
"""


def test_what_was_copied_out_of_a_page_with_the_report_is_not_its_text() -> None:
    narrative = read_report(COPIED.encode(), "copied.txt").narrative
    assert narrative["preamble"] == "根据条例编制本报告。"
    assert narrative["overview"] == "来源于群众的建议有三条，都已办结。"
    assert narrative["other"] == "没有收取信息处理费。"
