"""Files that are broken or mean harm: refused in plain words, within bounded time and memory, and with nothing but `Unreadable`."""

from __future__ import annotations

import csv
import io
import random
import resource
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter
import xlwt  # type: ignore[import-untyped]
from django.utils.translation import override

from reports.importing import sandboxed
from reports.importing.document import Unreadable
from reports.importing.parsed import ParsedReport
from reports.importing.read import read_report
from reports.standard.interchange import CSV_COLUMNS
from tests.samples.made_files import SAMPLES

LONGEST = 20  # seconds, on a busy machine
MAX_MEMORY = 700 * 1024 * 1024
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture(autouse=True)
def bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandboxed, "READING", replace(sandboxed.READING, cpu_seconds=LONGEST))


def read_within_bounds(data: bytes, name: str) -> ParsedReport | str:
    """What was read, or why not. Anything but Unreadable goes through and fails the test."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        return sandboxed.read_sandboxed(data, name).parsed
    except Unreadable as unreadable:
        return str(unreadable)
    finally:
        assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < MAX_MEMORY


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def word_file(body: str, before: str = "") -> bytes:
    document = f"<?xml version='1.0'?>{before}<w:document {NAMESPACE}><w:body>{body}</w:body></w:document>"
    return zipped(**{"word__document.xml": document.encode()})


def workbook(*cells: tuple[int, int, str]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    for row, column, text in cells:
        sheet.write(row, column, text)
    book.close()
    return buffer.getvalue()


def pdf_with_stream(content: bytes) -> bytes:
    packed = zlib.compress(content)
    return b"%%PDF-1.4\n1 0 obj<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream endobj\n" % (len(packed), packed)


def pdf_with_page(content: bytes, resources: bytes = b"") -> bytes:
    """A page of one font, /F, as it is drawn by `content`."""
    packed = zlib.compress(content)
    return b"""%%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R
/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>%s>>>>endobj
4 0 obj<</Length %d/Filter/FlateDecode>>stream
%s
endstream endobj
trailer<</Root 1 0 R>>
%%%%EOF""" % (resources, len(packed), packed)


def web_archive(*parts: bytes) -> bytes:
    head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"
    return head + b"".join(b"--x\n%s\n" % part for part in parts) + b"--x--\n"


def own_csv(values: Mapping[str, object]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, CSV_COLUMNS)
    writer.writeheader()
    writer.writerows({"key": key, "value": value} for key, value in values.items())
    return text.getvalue().encode()


def old_workbook(sheets: int) -> bytes:
    """Each with a cell at its far end."""
    workbook, buffer = xlwt.Workbook(), io.BytesIO()
    for number in range(sheets):
        sheet = workbook.add_sheet(str(number))
        sheet.write(0, 0, "a")
        sheet.write(65_535, 255, "b")
    workbook.save(buffer)
    return buffer.getvalue()


BOMB = b"0" * (200 * 1024 * 1024)
FILE_PASS = b"\x2f\x00\x70\x00"  # the record that says that all others are encrypted
BOXES, BOXES_END = "<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "an empty file": ("a.txt", lambda: b"", "空"),
    "only spaces": ("a.txt", lambda: b" \r\n\t" * 100, "空"),
    "fifty megabytes": ("a.txt", lambda: b"x" * (50 * 1024 * 1024), "40 MB"),
    "a zip bomb in a Word file": ("a.docx", lambda: zipped(**{"word__document.xml": BOMB}), "过大"),
    "a zip bomb in a workbook": ("a.xlsx", lambda: zipped(**{"xl__workbook.xml": b"<x/>", "xl__a.xml": BOMB}), "过大"),
    "a bomb in a PDF": ("a.pdf", lambda: pdf_with_stream(BOMB), "过大"),
    "a billion laughs": ("a.docx", lambda: word_file("<w:p>&i;</w:p>", LAUGHS + "]>"), "损坏|不安全"),
    "an external entity": (
        "a.docx",
        lambda: word_file("<w:p>&e;</w:p>", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"),
        "不安全",
    ),
    "a cell at the far end of a sheet": ("a.xlsx", lambda: workbook((0, 0, "a"), (1_048_575, 16_383, "b")), "工作表"),
    "a table of ten thousand rows": (
        "a.html",
        lambda: b"<table>" + b"<tr><td>0</td></tr>" * 10_000 + b"</table>",
        "行",
    ),
    "ten thousand rows of text": ("a.txt", lambda: b"a\tb\tc\n" * 10_000, "行"),
    "a picture called Word": ("a.docx", lambda: b"\x89PNG\r\n\x1a\n" + b"\x00" * 500, "图片"),
    "a program called Word": ("a.docx", lambda: b"\x7fELF" + b"\x00" * 500, "扩展名"),
    "a photograph": ("照片.jpg", lambda: b"\xff\xd8\xff\xe0" + b"1" * 500, "图片"),
    "an archive of another kind": ("年报.rar", lambda: b"Rar!\x1a\x07\x01\x00" + b"1" * 500, "改用 zip"),
    "two million pipes": ("a.txt", lambda: b"|" * 2_100_000, "字符"),
    "bookmarks that never end": ("a.txt", lambda: b"[bookmark:" * 190_000, "年度报告"),
    "a hundred thousand lines": ("a.txt", lambda: b"3\n" * 110_000, "行"),
    "ten thousand rows in Word": (
        "a.docx",
        lambda: word_file(f"<w:tbl>{'<w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr>' * 10_000}</w:tbl>"),
        "行",
    ),
    "millions of paragraphs in Word": ("a.docx", lambda: word_file("<w:p/>" * 3_000_000), "内容过多"),
    "text boxes in text boxes": ("a.docx", lambda: word_file(BOXES * 50 + "<w:p/>" + BOXES_END * 50), "没有文字"),
    "ten thousand rows in a workbook": (
        "a.xlsx",
        lambda: workbook(*((row, 0, "1") for row in range(10_000))),
        "工作表",
    ),
    "a page of a million tags": ("a.html", lambda: b"<html>" + b"<td>1" * 1_000_000, "内容过多"),
    "messages in messages": ("a.mht", lambda: web_archive(*(b"Content-Type: x/y; boundary=y",) * 20), "过于复杂"),
    "ten thousand rows in a web archive": (
        "a.mht",
        lambda: web_archive(b"Content-Type: text/html\n\n<table>" + b"<tr><td>0</td></tr>\n" * 10_000),
        "行",
    ),
    "an overlong export": ("a.csv", lambda: own_csv({"narrative.overview": "多" * 2_100_000}), "字符"),
    "brackets without end": ("a.json", lambda: b'{"a":' * 300_000, "JSON"),
    "a hundred thousand keys": (
        "a.json",
        lambda: b'{"narrative":{},"figures":{%s}}' % b",".join(b'"k%d":1' % number for number in range(100_000)),
        "k0",
    ),
    "an old workbook with a far cell": ("a.xls", lambda: old_workbook(1), "工作表"),
    "an encrypted workbook": ("a.xls", lambda: old_workbook(1).replace(b"\x5c\x00\x70\x00", FILE_PASS, 1), "密码"),
    "a PDF cut off": ("a.pdf", lambda: SAMPLES["daishan-2023"].file.read_bytes()[:20_000], "PDF"),
    "a Word file cut off": ("a.docx", lambda: SAMPLES["julin-2021"].file.read_bytes()[:9_000], "损坏"),
    "a workbook cut off": ("a.xlsx", lambda: SAMPLES["chalong-2023"].file.read_bytes()[:5_000], "损坏"),
    "random bytes": ("a.bin", lambda: random.Random(1).randbytes(50_000), "编码|年度报告"),
    "an encrypted Word file": (
        "a.docx",
        lambda: b"\xd0\xcf\x11\xe0" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "密码",
    ),
    "a zip of nothing known": ("a.zip", lambda: zipped(**{"readme.bin": b"x"}), "压缩文件"),
    "another document": ("a.txt", "关于放假的通知\n各科室：国庆节放假七天。\n".encode, "年度报告"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_a_report_is_refused_in_plain_words(case: str) -> None:
    name, make, because = REFUSED[case]
    told = read_within_bounds(make(), name)
    assert isinstance(told, str), case
    assert any("一" <= letter <= "鿿" for letter in told), told
    assert any(word in told for word in because.split("|")), told


def test_a_scanned_pdf_is_said_to_have_no_text_layer() -> None:
    page = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
trailer<</Root 1 0 R>>
%%EOF"""
    told = read_within_bounds(page, "scan.pdf")
    assert isinstance(told, str)
    assert "扫描件" in told


@pytest.mark.parametrize("depth", [30, 60, 2000])
@pytest.mark.parametrize("ending", ["docx", "html"])
def test_tables_in_tables_in_tables_end_well(depth: int, ending: str) -> None:
    if ending == "docx":
        data = word_file("<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth)
    else:
        data = (b"<table><tr><td>" * depth) + b"0" + (b"</td></tr></table>" * depth)
    assert isinstance(read_within_bounds(data, f"a.{ending}"), str)


def test_macros_and_references_to_elsewhere_are_left_alone() -> None:
    sample = SAMPLES["julin-2021"]
    buffer = io.BytesIO(sample.file.read_bytes())
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/vbaProject.bin", b'Shell "calc"')
        archive.writestr("../../etc/cron.d/x", b"* * * * * root true")
        archive.writestr("word/_rels/x.rels", b'<Relationship Target="http://127.0.0.1:9/x" TargetMode="External"/>')
    parsed = read_within_bounds(buffer.getvalue(), "macro.docm")
    assert isinstance(parsed, ParsedReport)
    assert parsed.figures == read_report(sample.file.read_bytes(), sample.file.name).figures


@pytest.mark.parametrize("name", ["a.pdf", "a.xlsx", "a.txt", "no ending", "a.doc"])
def test_the_content_tells_the_format_whatever_the_name(name: str) -> None:
    for sample in ("julin-2021", "julin-2023", "zhufeng-2021"):
        parsed = read_within_bounds(SAMPLES[sample].file.read_bytes(), name)
        assert isinstance(parsed, ParsedReport)
        assert parsed.problems == []


class TestApart:
    """What no look at the file can foretell ends with the process that reads it."""

    def test_a_page_that_takes_for_ever_is_given_up(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sandboxed, "READING", replace(sandboxed.READING, cpu_seconds=2))
        assert "时间过长" in str(read_within_bounds(pdf_with_page(b"0 0 m 1 1 l S\n" * 2_000_000), "a.pdf"))

    def test_drawings_that_draw_each_other_are_given_up(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sandboxed, "READING", replace(sandboxed.READING, wall_seconds=2))
        form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 70/Resources<</XObject<</X %d 0 R>>>>>>stream\n%s\nendstream"
        calls = (b"/X Do " * 11).ljust(70)
        layers = b"".join(b"%d 0 obj" % number + form % (number + 1, calls) + b" endobj\n" for number in range(10, 30))
        page = pdf_with_page(calls, b"/XObject<</X 10 0 R>>").replace(b"trailer", layers + b"trailer")
        assert "时间过长" in str(read_within_bounds(page, "a.pdf"))

    def test_a_workbook_that_takes_all_memory_is_given_up(self) -> None:
        assert "内存" in str(read_within_bounds(old_workbook(6), "a.xls"))

    def test_the_next_file_is_read_as_if_nothing_had_been(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sandboxed, "READING", replace(sandboxed.READING, memory=1))
        good = SAMPLES["daishan-2023"].file.read_bytes()
        assert isinstance(read_within_bounds(good, "a.pdf"), str)
        monkeypatch.undo()
        assert isinstance(read_within_bounds(good, "a.pdf"), ParsedReport)

    def test_refusals_are_in_the_language_of_the_reader(self) -> None:
        with override("en"):
            assert "PDF" in str(read_within_bounds(b"%PDF-1.4", "a.pdf"))
            assert "已损坏" not in str(read_within_bounds(b"%PDF-1.4", "a.pdf"))


class TestWord97:
    OLD = b"\xd0\xcf\x11\xe0" + b"\x00" * 600 + "WordDocument".encode("utf-16-le")

    def test_without_libreoffice_one_is_told_what_to_do(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        assert "另存为 .docx" in str(read_within_bounds(self.OLD, "a.doc"))

    @pytest.mark.parametrize(("script", "because"), [("exit 1", "损坏"), ("sleep 30", "超时")])
    def test_a_conversion_that_fails_or_hangs_is_given_up(
        self, script: str, because: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        program = tmp_path / "soffice"
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        monkeypatch.setattr(sandboxed, "CONVERTING", replace(sandboxed.CONVERTING, wall_seconds=1))
        assert because in str(read_within_bounds(self.OLD, "a.doc"))
