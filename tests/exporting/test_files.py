"""What an office expects of the files themselves: type, fonts, merged headers, and no surprise when they are opened."""

from __future__ import annotations

import csv
import io
import zipfile
from decimal import Decimal

import pdfplumber
import pytest
from docx import Document
from lxml import etree
from python_calamine import CalamineWorkbook

from agencies.formula_escaping import escape_formula, unescape_formula
from reports.exporting.official import FORMATS, Format, characters_without_shape, export
from reports.importing.read import read_report
from reports.models import Version
from reports.standard import EDITIONS
from tests.exporting.reports import CONTACT, make_version

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOSTILE = (
    "=1+1",
    "+86 0900",
    "-2+3",
    "@SUM(A1)",
    "＝1",
    "'=1",
    "  =1",
    "<script>alert(1)</script>",
    "&amp;",
    "]]>",
    "#{1}",
)


def report(**texts: str) -> Version:
    narrative = {
        "preamble": "前言。",
        "overview": "总体。",
        "problems": "问题。",
        "other": "其他事项如下。",
        "notes": "",
    }
    figures = {"disclosure.fees.amount": Decimal("0.100000"), "applications.granted.total": None}
    return make_version(
        EDITIONS["2021"], 2022, figures, {"disclosure.penalty.decisions": "/"}, narrative | texts, CONTACT
    )


def file(format: Format, **texts: str) -> bytes:
    return export(report(**texts), format)[0]


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_version_makes_the_same_bytes(format: Format) -> None:
    assert file(format) == file(format)


def test_each_format_says_what_it_is() -> None:
    assert export(report(), "pdf")[1] == "application/pdf"
    assert export(report(), "csv")[1] == "text/csv; charset=utf-8"
    with pytest.raises(ValueError, match="doc"):
        export(report(), "doc")  # type: ignore[arg-type]


def test_word_files_name_the_fonts_of_official_documents() -> None:
    document = Document(io.BytesIO(file("docx")))
    fonts = {
        name: document.styles[name].element.rPr.rFonts.get(f"{W}eastAsia")
        for name in ("Title", "Heading 1", "Body Text")
    }
    assert fonts == {"Title": "方正小标宋简体", "Heading 1": "黑体", "Body Text": "仿宋_GB2312"}
    headings = [line.text for line in document.paragraphs if line.style and line.style.name == "Heading 1"]
    assert headings == [chapter.heading for chapter in EDITIONS["2021"].chapters]
    assert document.core_properties.language == "zh-CN"


def test_word_tables_have_merged_headers_that_new_pages_repeat() -> None:
    with zipfile.ZipFile(io.BytesIO(file("docx"))) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    applications = root.findall(f".//{W}tbl")[1]
    rows = applications.findall(f"{W}tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] * 3 + [False] * (len(rows) - 3)
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    spans = [cell.get(f"{W}val") for cell in rows[0].iter(f"{W}gridSpan")]
    assert spans == ["3", "7"]
    assert applications.findall(f".//{W}vMerge[@{W}val='restart']")


def test_no_page_of_a_word_file_ends_with_a_heading_of_a_table() -> None:
    with zipfile.ZipFile(io.BytesIO(file("docx"))) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    rows = root.findall(f".//{W}tbl")[0].findall(f"{W}tr")
    kept = ["".join(row.itertext()) for row in rows if row.find(f".//{W}keepNext") is not None]
    names = [row.label for block in EDITIONS["2021"].tables[0].blocks for row in block.rows]
    assert len(kept) == len(rows) - len(names)
    assert not any(line.startswith(name) for line in kept for name in names)


def test_pdf_files_are_archival_tagged_and_bring_their_fonts() -> None:
    data = file("pdf")
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        assert {char["fontname"].partition("+")[2] for page in pdf.pages for char in page.chars} == {
            "NianbaoSerif",
            "NianbaoSans",
        }
        (document,) = pdf.structure_tree
        kinds = [element["type"] for element in document["children"]]
    assert kinds.count("H1") == 1
    assert kinds.count("H2") == 6
    assert kinds.count("Table") == 4
    for wanted in (
        b"pdfaid:part>2<",
        b"pdfaid:conformance>A<",
        b"pdfuaid:part>1<",
        b"/Lang(zh-CN)",
        b"/DisplayDocTitle true",
    ):
        assert wanted in data, wanted


def test_a_character_that_the_pdf_font_lacks_is_given_by_its_number() -> None:
    version = report(overview="𠮷野村办结1件。")
    assert characters_without_shape(version, "pdf") == "𠮷"
    assert not characters_without_shape(version, "docx")
    data, _content_type = export(version, "pdf")
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        assert "〔U+20BB7〕野村办结1件。" in pdf.pages[0].extract_text()
    assert read_report(data, "report.pdf").narrative["overview"] == "𠮷野村办结1件。"


def test_every_name_in_the_register_has_its_shape() -> None:
    from reports.exporting.as_pdf import _covered
    from reports.exporting.fonts.build import form, gb2312, register

    assert gb2312() | register() | form() <= _covered() | {"\n"}


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_text_is_a_formula_or_markup(text: str) -> None:
    cells = [row[5] for row in csv.reader(io.StringIO(file("csv", overview=text).decode("utf-8-sig")))]
    assert escape_formula(text.strip()) in cells
    assert not [
        cell for cell in cells if cell[:1] in tuple("=+@＝\t\r") or (cell[:1] == "-" and not cell[1:].isdecimal())
    ]
    with zipfile.ZipFile(io.BytesIO(file("xlsx", overview=text))) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    assert b"<script" not in file("html", overview=text)
    for format in FORMATS:
        assert read_report(file(format, overview=text), f"r.{format}").narrative["overview"] == text.strip(), format


@pytest.mark.parametrize("text", [*HOSTILE, "-", "--", "''", "'", "'-", "", "甲=1"])
def test_what_was_neutralised_comes_back(text: str) -> None:
    assert unescape_formula(escape_formula(text)) == text


def test_control_characters_do_no_harm() -> None:
    for format in FORMATS:
        parsed = read_report(file(format, overview="甲\x00乙\x0b丙\x1f丁\ufffe戊\t己"), f"r.{format}")
        assert parsed.narrative["overview"] == "甲 乙 丙 丁 戊 己", format


def test_a_long_paragraph_is_all_there() -> None:
    text = "全年公开信息，" * 6000
    for format in FORMATS:
        if format != "pdf":
            found = read_report(file(format, overview=text), f"r.{format}").narrative["overview"]
            assert found.replace("\n", "") == text, format


def test_spreadsheets_hold_numbers_as_numbers_and_blanks_as_blanks() -> None:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(file("xlsx"))).get_sheet_by_index(0)
    values = [value for row in sheet.to_python() for value in row]
    assert 0.1 in values
    assert values.count("/") == 1
    assert not [
        value
        for value in values
        if isinstance(value, str) and value.isdecimal() and value != CONTACT["contact_postcode"]
    ]


def test_a_report_without_tables_is_its_text() -> None:
    version = report()
    version.edition = ""
    version.marks = {}
    for format in FORMATS:
        parsed = read_report(export(version, format)[0], f"r.{format}")
        assert parsed.edition is None, format
        assert parsed.narrative["overview"] == "总体。", format
        assert [problem.code for problem in parsed.problems] == ["no_table"], format


def test_a_table_that_was_missing_stays_missing_and_the_text_in_its_place_stands_there() -> None:
    version = report(notes="本年度无相关情况。")
    version.missing_tables = ["applications"]
    for format in FORMATS:
        parsed = read_report(export(version, format)[0], f"r.{format}")
        assert parsed.missing_tables == ("applications",), format
        assert parsed.narrative["notes"] == "本年度无相关情况。", format
