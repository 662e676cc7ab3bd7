"""Files that are broken or mean harm: refused in plain words, within bounded time and memory, and with nothing but `Unreadable`."""

from __future__ import annotations

import io
import random
import resource
import time
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from reports.importing.document import Unreadable
from reports.importing.parsed import ParsedReport
from reports.importing.read import read_report
from reports.importing.readers import word_97
from samples.contents import ENDINGS
from tests.importing.generator.documents import document_of
from tests.samples.made_files import SAMPLES

LONGEST = 20  # seconds, on a busy machine
MOST_MEMORY = 700 * 1024 * 1024
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read_within_bounds(data: bytes, name: str) -> ParsedReport | str:
    """What was read, or why not. Anything but Unreadable goes through and fails the test."""
    began, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        return read_report(data, name)
    except Unreadable as unreadable:
        return str(unreadable)
    finally:
        assert time.process_time() - began < LONGEST
        assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < MOST_MEMORY


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


BOMB = b"0" * (200 * 1024 * 1024)
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
        monkeypatch.setattr(word_97, "LONGEST_WAIT", 1)
        assert because in str(read_within_bounds(self.OLD, "a.doc"))


FORMATS = sorted(ENDINGS)
GOOD = {each: next(name for name, sample in SAMPLES.items() if sample.format == each) for each in FORMATS}
FEW = settings(max_examples=8, deadline=None, database=None, suppress_health_check=list(HealthCheck))


@cache
def good_file(of_format: str) -> bytes:
    return SAMPLES[GOOD[of_format]].file.read_bytes()


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Bytes changed, cut out, doubled; and where the file is an archive, perhaps in what is packed in it."""
    if data.startswith(b"PK") and chance.random() < 0.7:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        name = chance.choice([name for name in members if name.endswith("xml")])
        return zipped(**members | {name: damaged(members[name], chance)})
    damage = bytearray(data)
    for _ in range(chance.choice([1, 3, 30, 300])):
        place = chance.randrange(len(damage))
        match chance.randrange(4):
            case 0:
                damage[place] = chance.randrange(256)
            case 1:
                del damage[place : place + chance.choice([1, 50, 4000])]
            case 2:
                damage[place:place] = damage[place : place + chance.choice([1, 50, 4000])]
            case _:
                damage[place:place] = chance.choice([b"<", b">", b"\x00", b"|", b"\t", b"999999999", b"</w:tc>", b'"'])
        if not damage:
            break
    return bytes(damage)


@pytest.mark.parametrize("of_format", FORMATS)
@seed(20240118)
@given(number=st.integers(0, 2**40))
@FEW
def test_a_damaged_file_is_read_or_refused(of_format: str, number: int) -> None:
    read_within_bounds(damaged(good_file(of_format), random.Random(number)), f"a.{ENDINGS[of_format]}")


@pytest.mark.slow
@pytest.mark.parametrize("of_format", FORMATS)
@given(number=st.integers(0, 2**40))
@settings(FEW, max_examples=60)
def test_many_damaged_files_are_read_or_refused(of_format: str, number: int) -> None:
    read_within_bounds(damaged(good_file(of_format), random.Random(number)), f"a.{ENDINGS[of_format]}")


@pytest.mark.slow
@pytest.mark.parametrize("shape", ["flooded", "piped_cells", "lone_pipe_before", "bare_lines", "cells_then_tab"])
@given(number=st.integers(0, 2**40))
@settings(FEW, max_examples=40)
def test_damaged_text_tables_are_read_or_refused(shape: str, number: int) -> None:
    read_within_bounds(damaged(document_of(shape, number % 50).data, random.Random(number)), "a.txt")
