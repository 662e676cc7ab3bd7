"""Blocks copied from Excel and Word: they fill the cells that they cover, and nothing else."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from agencies.models import Agency, User
from reports import lifecycle
from reports.models import Version
from tests.browser.test_filing import YEAR, at_the_draft

PASTE = """([key, clipboard]) => {
  const data = new DataTransfer();
  for (const [type, text] of Object.entries(clipboard)) data.setData(type, text);
  const input = document.querySelector(`[name="${key}"]`);
  input.focus();
  input.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""
NEW, CARRIED, GRANTED = "applications.received", "applications.carried_in", "applications.granted"


def paste(page: Page, key: str, text: str, html: str = "") -> None:
    page.evaluate(PASTE, [key, {"text/plain": text} | ({"text/html": html} if html else {})])


def holds(page: Page, key: str, value: str) -> None:
    expect(page.locator(f"[name='{key}']")).to_have_value(value)


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, version: Version) -> Page:
    return at_the_draft(browser, live_server.url, version)


@pytest.fixture
def version(transactional_db: None, township: Agency, clerk: User) -> Version:
    return lifecycle.start_draft(township, YEAR, clerk)


def test_a_block_from_a_spreadsheet_fills_the_cells_it_covers(page: Page) -> None:
    paste(page, f"{NEW}.natural_person", "1\t2\t3\n4\t5\t6\n")
    holds(page, f"{NEW}.research", "3")
    holds(page, f"{CARRIED}.natural_person", "4")
    holds(page, f"{CARRIED}.research", "6")
    expect(page.locator("[data-message]")).to_contain_text("已粘贴 6 格。")
    page.get_by_role("button", name="撤销").click()
    holds(page, f"{NEW}.research", "")


@pytest.mark.slow
def test_labels_and_headings_copied_with_the_figures_are_no_figures(page: Page) -> None:
    block = "申请人情况\t\t自然人\t商业企业\n三、本年度办理结果\t（一）予以公开\t7\t8\n\t（二）部分公开\t1\t0\n"
    paste(page, f"{GRANTED}.natural_person", block)
    holds(page, f"{GRANTED}.business", "8")
    holds(page, "applications.partly_granted.natural_person", "1")


@pytest.mark.slow
def test_a_blank_line_keeps_its_place(page: Page) -> None:
    paste(page, f"{NEW}.natural_person", "一、新收\t1\t2\n二、结转\t\t\n三、公开\t3\t4\n")
    holds(page, f"{NEW}.business", "2")
    holds(page, f"{CARRIED}.natural_person", "")
    holds(page, f"{GRANTED}.natural_person", "3")


@pytest.mark.slow
def test_what_reaches_beyond_the_table_is_said_and_overwrites_nothing(page: Page) -> None:
    paste(page, "applications.carried_out.other_organisation", "1\t2\t3\n4\t5\t6")
    holds(page, "applications.carried_out.total", "2")
    expect(page.locator("[data-message]")).to_contain_text("多出的 4 格没有填入")
    holds(page, "proceedings.reconsideration.upheld", "")


@pytest.mark.slow
def test_a_table_from_word_is_read_with_its_merged_cells(page: Page) -> None:
    # Word's plain text breaks a label of two paragraphs into two lines; its table does not.
    table = """<html><body><!--StartFragment--><table>
      <tr><td colspan=2 rowspan=2>（本列数据的<br>勾稽关系）</td><td colspan=2>申请人情况</td></tr>
      <tr><td><p>自然人</p></td><td><p>商业</p><p>企业</p></td></tr>
      <tr><td colspan=2><p>一、本年新收</p><p>申请数量</p></td><td><p>&nbsp;3</p></td><td>1,200</td></tr>
      <tr><td colspan=2>二、上年结转</td><td colspan=2>0</td></tr>
      <tr><td rowspan=2>三、办理结果</td><td>（一）予以公开</td><td>2</td><td>4</td></tr>
      <tr><td>（二）部分公开</td><td>1</td><td></td></tr></table></body></html>"""
    plain = "一、本年新收\n申请数量\t3\t1,200\n二、上年结转\t0\n"
    paste(page, f"{NEW}.natural_person", plain, table)
    holds(page, f"{NEW}.natural_person", "3")
    holds(page, f"{NEW}.business", "1,200")
    holds(page, f"{CARRIED}.natural_person", "0")
    holds(page, f"{CARRIED}.business", "0")
    holds(page, f"{GRANTED}.business", "4")
    holds(page, "applications.partly_granted.natural_person", "1")
    holds(page, f"{NEW}.total", "")


@pytest.mark.slow
def test_a_whole_table_of_several_parts_finds_its_lines(page: Page) -> None:
    block = "\n".join(
        [
            "第二十条第（一）项\t\t\t",
            "信息内容\t本年制发件数\t本年废止件数\t现行有效件数",
            "规章\t0\t0\t0",
            "行政规范性文件\t2\t1\t9",
            "第二十条第（五）项\t\t\t",
            "信息内容\t本年处理决定数量\t\t",
            "行政许可\t31\t\t",
        ]
    )
    paste(page, "disclosure.regulations.issued", block)
    holds(page, "disclosure.normative_documents.in_force", "9")
    holds(page, "disclosure.licensing.decisions", "31")
    holds(page, "disclosure.penalty.decisions", "")


@pytest.mark.slow
def test_junk_from_the_clipboard_is_answered_at_its_cells_and_the_rest_is_saved(page: Page, version: Version) -> None:
    paste(page, f"{NEW}.natural_person", "三件\t-2\t1e9\t4\n")
    # The server's words come after the script's, once it has been asked.
    for column, said in {"natural_person": "不是数字", "business": "小于 0", "research": "科学计数法"}.items():
        expect(page.locator(f"[id='error-{NEW}.{column}']")).to_contain_text(said)
        expect(page.locator(f"[name='{NEW}.{column}']")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[data-saved]")).to_have_text("有 3 处不能保存，其余都已保存")
    stored = Version.objects.get(pk=version.pk).figures
    assert [stored[f"{NEW}.{column}"] for column in ("business", "public_welfare")] == [None, 4]
