"""What Word keeps outside of the text, or in ways of its own: numerals, merged cells, formulas, text boxes."""

from __future__ import annotations

import io
import zipfile

import pytest

from reports.importing.document import Document, Grid, Paragraph
from reports.importing.read import read_document, read_report
from reports.sheets.layout import placed_table
from reports.standard import CURRENT
from tests.importing.generator.known import squeezed
from tests.importing.test_doubts import figures_of

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MATHS = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def level(number: int, form: str, text: str) -> str:
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'


LEVELS = (
    level(0, "chineseCountingThousand", "%1、") + level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%3.")
)
NUMBERING = (
    f'<w:numbering xmlns:w="{TRANSITIONAL}"><w:abstractNum w:abstractNumId="5">{LEVELS}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num></w:numbering>'
)
STYLES = (
    f'<w:styles xmlns:w="{TRANSITIONAL}"><w:style w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    '</w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
)


def word_file(body: str, namespace: str = TRANSITIONAL) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{namespace}" {MATHS}><w:body>{body}</w:body></w:document>'
        )
        archive.writestr("word/numbering.xml", NUMBERING)
        archive.writestr("word/styles.xml", STYLES)
    return buffer.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def numbered(text: str, at: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="1"/></w:numPr>')


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def cells(body: str) -> list[tuple[str, int]]:
    table = f"<w:tbl><w:tr><w:tc>{paragraph('规章')}</w:tc>{body}</w:tr></w:tbl>"
    (grid,) = (block for block in read_document(word_file(table), "a.docx").blocks if isinstance(block, Grid))
    return [(cell.text, cell.colspan) for cell in grid.rows[0][1:]]


def test_numerals_stand_before_their_paragraphs() -> None:
    body = (
        numbered("总体情况")
        + numbered("主动公开", 1)
        + numbered("其一", 2)
        + numbered("其二", 2)
        + numbered("申请", 1)
        + numbered("又一", 2)
        + paragraph("中间")
        + paragraph("问题", '<w:pStyle w:val="b"/>')
        + "".join(numbered(f"第{number}个") for number in range(3, 13))
    )
    found = texts(read_document(word_file(body), "a.docx"))
    assert found[:8] == [
        "一、总体情况",
        "（一）主动公开",
        "1.其一",
        "2.其二",
        "（二）申请",
        "1.又一",
        "中间",
        "二、问题",
    ]
    assert [text.split("、")[0] for text in found[8:]] == [
        "三",
        "四",
        "五",
        "六",
        "七",
        "八",
        "九",
        "十",
        "十一",
        "十二",
    ]


def test_a_report_whose_numerals_are_all_words_own_is_read() -> None:
    """Chapters, their sections, and the labels of all rows."""
    body = paragraph("汐川县望渔镇人民政府2023年政府信息公开工作年度报告")
    numbers = {key: number for table in CURRENT.tables for key, number in figures_of(table.key).items()}
    for chapter in CURRENT.chapters:
        body += numbered(chapter.title)
        if not chapter.has_table:
            body += numbered("情况。", 1)
            continue
        rows = ""
        for line in placed_table(CURRENT.table(chapter.key)).rows:
            rows += "<w:tr>"
            for cell in line:
                text, at = cell.text, 2
                if text.startswith("（") and "）" in text and cell.role == "label":
                    text, at = text.partition("）")[2], 1
                elif text[:2] in {f"{number}." for number in range(1, 9)}:
                    text = text[2:]
                is_numbered = text != cell.text
                shown = numbers[cell.figure.key] if cell.figure else text
                inner = numbered(shown, at) if is_numbered else paragraph(shown)
                rows += f'<w:tc><w:tcPr><w:gridSpan w:val="{cell.colspan}"/></w:tcPr>{inner}</w:tc>'
            rows += "</w:tr>"
        body += f"<w:tbl>{rows}</w:tbl>"
    parsed = read_report(word_file(body), "a.docx")
    assert parsed.missing_tables == ()
    assert {key: str(number) for key, number in parsed.figures.items() if key not in parsed.doubted}.items() <= (
        numbers.items()
    )
    assert not parsed.doubted
    assert squeezed(parsed.narrative["problems"]) == "（一）情况。"


def test_a_numeral_before_a_figure_makes_it_no_other_figure() -> None:
    assert cells(f"<w:tc>{numbered('0', 2)}</w:tc>") == [("（1.）0", 1)]


def test_cells_merged_in_the_old_way_are_one() -> None:
    start = '<w:tc><w:tcPr><w:hMerge w:val="restart"/></w:tcPr>' + paragraph("0") + "</w:tc>"
    rest = "<w:tc><w:tcPr><w:hMerge/></w:tcPr>" + paragraph("") + "</w:tc>"
    assert cells(start + rest * 2) == [("0", 3)]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<m:oMath><m:r><m:t>12</m:t></m:r></m:oMath>", "12"),
        (
            "<m:oMath><m:sSup><m:e><m:r><m:t>3</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>",
            "³²",
        ),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "□"),
        (
            '<w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/></w:drawing></w:r>',
            "〔图〕",
        ),
        (
            '<w:r><w:t>3</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="subscript"/></w:rPr><w:t>2</w:t></w:r>',
            "3²",
        ),
        (
            '<w:r><w:fldChar><w:ffData><w:ddList><w:result w:val="1"/></w:ddList></w:ffData></w:fldChar></w:r>',
            "□",
        ),
        ("<w:r><w:t>3</w:t><w:ptab/><w:t>2</w:t></w:r>", "3 2"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>1</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>7</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "7",
        ),
        (f"<w:r><w:t>3</w:t><w:pict><w:txbxContent>{paragraph('2')}</w:txbxContent></w:pict></w:r>", "3\n2"),
    ],
)
def test_no_cell_is_taken_for_empty_that_shows_something(inner: str, expected: str) -> None:
    assert cells(f"<w:tc><w:p>{inner}</w:p></w:tc>") == [(expected, 1)]


@pytest.mark.parametrize("around", ["{}", "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"])
def test_a_small_table_in_a_cell_is_its_text(around: str) -> None:
    inner = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("3", "2"))
    table = around.format(f"<w:tbl><w:tr>{inner}</w:tr></w:tbl>")
    assert cells(f"<w:tc>{table}<w:p/></w:tc>") == [("3\n2", 1)]


def test_tables_in_text_boxes_are_read() -> None:
    table = f"<w:tbl><w:tr><w:tc>{paragraph('规章')}</w:tc><w:tc>{paragraph('7')}</w:tc></w:tr></w:tbl>"
    box = f"<w:p><w:r><w:t>前</w:t><w:pict><w:txbxContent>{table}</w:txbxContent></w:pict></w:r></w:p>"
    document = read_document(word_file(box), "a.docx")
    assert texts(document) == ["前"]
    (grid,) = (block for block in document.blocks if isinstance(block, Grid))
    assert [cell.text for cell in grid.rows[0]] == ["规章", "7"]


def test_files_by_the_letter_of_the_standard_are_read() -> None:
    assert texts(read_document(word_file("<w:p><w:r><w:t>正文</w:t></w:r></w:p>", STRICT), "a.docx")) == ["正文"]
