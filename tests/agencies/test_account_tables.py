"""Tables of accounts as people keep them, and one-time passwords as people type them."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from django.contrib.auth.hashers import check_password
from hypothesis import given
from hypothesis import strategies as st

from agencies.accounts.cells import MAX_COLUMNS, MAX_LINES
from agencies.accounts.downloads import AccountTable, as_csv, as_xlsx
from agencies.accounts.passwords import ALPHABET, hash_one_time_password, one_time_password
from agencies.accounts.spreadsheet import COLUMNS, MAX_ROWS, AccountRow, UnreadableSpreadsheet, read_rows

HEADINGS = "机构代码,机构全称,姓名,角色,电子邮箱,电话,接替的账号"
LINE = "990101101000,青山镇人民政府,王小青,填报员,wang@example.cn,0990-123,old.1"
READ = AccountRow(2, *LINE.split(","))


def workbook(*lines: list[object]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet()
    for number, line in enumerate(lines):
        page.write_row(number, 0, line)
    book.close()
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_text_is_read_in_every_encoding_of_an_office(encoding: str, delimiter: str) -> None:
    text = f"{HEADINGS}\r\n{LINE}\r\n".replace(",", delimiter)
    assert read_rows(text.encode(encoding)).rows == [READ]


def test_a_workbook_keeps_the_digits_of_codes_and_telephones() -> None:
    data = workbook(["代码", "姓名", "角色", "手机"], [990101101000, "王小青", "填报员", 13900000000])
    assert read_rows(data).rows == [
        AccountRow(2, code="990101101000", person="王小青", role="填报员", phone="13900000000")
    ]


def test_titles_stand_above_the_heading_and_other_columns_beside_it() -> None:
    text = "示例县账号表,,,\n,,,\n序号,单位名称（全称）,姓 名,角色\n1,青山镇人民政府, 王小青 ,填报员"
    assert read_rows(text.encode()).rows == [AccountRow(4, agency="青山镇人民政府", person="王小青", role="填报员")]


def test_lines_that_name_nobody_are_counted_and_blank_ones_are_not() -> None:
    read = read_rows(f"{HEADINGS}\n{LINE}\n990101102000,绿水镇人民政府,,填报员,,,\n,,,,,,\n,,,,,,old.2\n".encode())
    assert ([row.number for row in read.rows], read.unnamed) == ([2], 2)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "没有找到表头"),
        (b"PK\x03\x04", "打不开"),
        (b"\xd0\xcf\x11\xe0 not a workbook", "打不开"),
        (b"\xff\xfe\xff\xff", "另存为 xlsx 或 csv"),
        (HEADINGS.encode(), "没有填写任何人"),
        (b"x" * (5 * 1024 * 1024 + 1), "超过 5 MB"),
        ((HEADINGS + f"\n{LINE}" * (MAX_ROWS + 1)).encode(), "请分几次"),
        ((HEADINGS + "\n1,,," * (MAX_LINES + 1)).encode(), "表格太大"),
        ((HEADINGS + "\n" + "," * MAX_COLUMNS).encode(), "表格太大"),
        (("机构代码,姓名,角色\n" + 'x,"' + "长" * 140000 + '",填报员').encode(), "读不通"),
    ],
)
def test_what_is_no_such_table_is_refused_in_words(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableSpreadsheet, match=said):
        read_rows(data)


@given(st.lists(st.text(max_size=12), min_size=len(COLUMNS), max_size=len(COLUMNS)))
def test_csv_that_was_written_holds_no_formula_and_is_read_back(cells: list[str]) -> None:
    texts = [" ".join(cell.split()).replace("\x00", "") for cell in cells]
    texts[2] = texts[2] or "甲"
    data = as_csv(AccountTable("账号", list(COLUMNS.values()), [10] * len(COLUMNS), [texts]))
    line = data.decode("utf-8-sig").split("\r\n", 1)[1]
    assert not line.startswith(("=", "+", "@"))
    (row,) = read_rows(data).rows
    assert row.as_list()[1:] == [text.strip() for text in texts]


def test_a_workbook_that_was_written_is_read_back_without_formulas() -> None:
    texts = ["=1+1", "@SUM(A1)", "+8613900000000", "-1", "https://example.cn", "0990", "007"]
    data = as_xlsx(AccountTable("账号", list(COLUMNS.values()), [10] * len(COLUMNS), [texts], to_fill_in=True))
    assert read_rows(data).rows == [AccountRow(2, *texts)]


def test_a_one_time_password_is_easily_typed_and_never_the_same() -> None:
    made = {one_time_password() for _number in range(500)}
    assert len(made) == 500
    assert set("".join(made)) - {"-"} == set(ALPHABET)
    assert not set(ALPHABET) & set("01oil")


def test_what_is_stored_of_it_is_a_salted_hash() -> None:
    kept = hash_one_time_password("k7wm-3xqd-t9rh")
    assert kept.startswith("pbkdf2_sha256$")
    assert kept != hash_one_time_password("k7wm-3xqd-t9rh")
    assert check_password("k7wm-3xqd-t9rh", kept)
    assert not check_password("k7wm-3xqd-t9rk", kept)
