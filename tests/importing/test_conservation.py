"""Every character of a file is found again exactly once, in order, in what was read of it, or a problem says how much is not."""

from __future__ import annotations

import pytest

from reports.importing.conservation import check_conservation, squeezed
from reports.importing.document import Document, Grid, Paragraph, SourceText
from reports.importing.read import read_document, read_report
from tests.importing.generator.documents import PRINTED, WRITERS, document_of
from tests.importing.test_hostile import NAMESPACE, word_file, zipped

PAGE = """<html><body><div>{before}<h1>青山镇人民政府2023年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>全年公开信息10条。</p>
<p>六、其他需要报告的事项</p><p>没有收取信息处理费。</p>{after}</div></body></html>"""


def told(source: list[str], found: list[str]) -> dict[str, str]:
    problems = check_conservation([SourceText(text, page) for page, text in enumerate(source, 1)], found)
    return {problem.code: problem.message for problem in problems}


def test_what_was_lost_is_told_with_its_page() -> None:
    lost = told(["全年公开信息十条。", "渔港的账目都上了网。"], ["全年公开信息十条。", "都上了网。"])
    assert lost.keys() == {"text_lost"}
    assert "5" in lost["text_lost"]
    assert "第 2 页“渔港的账目" in lost["text_lost"]


def test_what_was_read_twice_is_told() -> None:
    twice = told(["渔港的账目都上了网。"], ["渔港的账目都上了网。", "渔港的账目"])
    assert twice.keys() == {"text_twice"}
    assert "“渔港的账目" in twice["text_twice"]


def test_spaces_width_and_what_readers_mark_make_no_difference() -> None:
    assert told(["第 １ 项\n3²"], ["第1项", "~~3²~~", "〔图〕"]) == {}


@pytest.mark.parametrize("shape", [shape for shape in WRITERS if shape not in PRINTED and not shape.startswith("xls")])
def test_blocks_hold_the_text_of_a_file_in_its_order(shape: str) -> None:
    for number in range(6):
        made = document_of(shape, number)
        document = read_document(made.data, made.name)
        if not document.furniture:
            assert text_of(document) == squeezed("".join(each.text for each in document.source)), made.name


def text_of(document: Document) -> str:
    texts = [
        block.text if isinstance(block, Paragraph) else "".join(cell.text for row in block.rows for cell in row)
        for block in document.blocks
        if isinstance(block, Paragraph | Grid)
    ]
    return squeezed("".join(texts).replace("〔页码？〕", ""))


def test_what_belongs_to_the_page_is_named() -> None:
    after = "".join(
        f"<p>{line}</p>"
        for line in (
            "此函",
            "青山镇人民政府",
            "2024年1月9日",
            "（联系人：沈渔，电话：0599-7654321）",
            "（此件主动公开）",
        )
    )
    page = PAGE.format(before="<p>日期：2024-01-18来源：青山镇党政办【字体：大中小】</p>", after=after)
    parsed = read_report(page.encode(), "a.html")
    assert parsed.narrative["other"] == "没有收取信息处理费。"
    assert parsed.narrative["preamble"] == ""
    assert parsed.furniture.keys() == {"title", "page", "closing", "signature", "date", "contact", "colophon"}
    assert {problem.code for problem in parsed.problems} == {"no_table", "no_chapter"}


def test_the_caption_of_a_table_is_text() -> None:
    page = PAGE.format(before="", after="<table><caption>附：渔港名单</caption><tr><td>一号港</td></tr></table>")
    parsed = read_report(page.encode(), "a.html")
    assert parsed.narrative["other"] == "没有收取信息处理费。\n附：渔港名单"


def test_a_word_file_keeps_its_notes_headers_and_nested_tables_once() -> None:
    def paragraph(text: str) -> str:
        return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"

    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    inner = f"<w:tbl><w:tr>{''.join(f'<w:tc>{paragraph(str(number))}</w:tc>' for number in range(6))}</w:tr></w:tbl>"
    body = (
        paragraph("青山镇人民政府2023年政府信息公开工作年度报告")
        + paragraph("一、总体情况")
        + f"<w:p><w:r><w:t>全年公开信息10条。</w:t></w:r>{reference}</w:p>"
        + f"<w:tbl><w:tr><w:tc>{paragraph('镇里的渔港都上了网。')}{inner}</w:tc></w:tr></w:tbl>"
    )
    notes = f'<w:footnotes {NAMESPACE}><w:footnote w:id="2">{paragraph("含转载的信息。")}</w:footnote></w:footnotes>'
    header = f"<w:hdr {NAMESPACE}>{paragraph('青山镇文件')}</w:hdr>"
    document = f"<w:document {NAMESPACE}><w:body>{body}</w:body></w:document>"
    parts = {"document": document, "footnotes": notes, "header1": header}
    data = zipped(**{f"word__{name}.xml": part.encode() for name, part in parts.items()})
    parsed = read_report(data, "a.docx")
    assert parsed.narrative["overview"] == "全年公开信息10条。\n含转载的信息。\n镇里的渔港都上了网。"
    assert parsed.furniture["header"] == "青山镇文件"
    assert not {problem.code for problem in parsed.problems} & {"text_lost", "text_twice"}


def test_hidden_and_deleted_words_are_not_shown_and_not_missed() -> None:
    run = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
    shown = "<w:r><w:t>青山镇人民政府2023年政府信息公开工作年度报告</w:t></w:r>"
    parsed = read_report(word_file(f"<w:p>{shown}{run}</w:p>"), "a.docx")
    assert not {problem.code for problem in parsed.problems} & {"text_lost", "text_twice"}
