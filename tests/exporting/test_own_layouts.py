"""CSV and JSON that were changed by hand: refused with the line and the value, never half understood."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from reports.exporting.official import export
from reports.importing.document import Unreadable
from reports.importing.read import read_report
from reports.standard import EDITIONS
from tests.exporting.reports import make_version

FORM = EDITIONS["2021"]
VERSION = make_version(
    FORM, 2022, {"disclosure.fees.amount": Decimal("123456789012.123456")}, {}, {"overview": "甲\n乙"}
)
CSV = export(VERSION, "csv")[0].decode("utf-8-sig")
JSON = export(VERSION, "json")[0].decode()


def refusal(text: str, name: str) -> str:
    with pytest.raises(Unreadable) as refused:
        read_report(text.encode(), name)
    return str(refused.value)


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_amounts_keep_every_digit() -> None:
    for format in ("csv", "json"):
        figures = read_report(export(VERSION, format)[0], f"r.{format}").figures
        assert figures["disclosure.fees.amount"] == Decimal("123456789012.123456")


def test_figures_in_json_are_numbers_and_never_text() -> None:
    figures = json.loads(JSON)["figures"]
    assert list(figures) == list(FORM.figures)
    assert all(isinstance(number, int | float) for number in figures.values())


@pytest.mark.parametrize(("text", "name"), [(CSV, "r.csv"), (JSON, "r.json")])
def test_a_key_that_is_not_there_is_named_with_its_line(text: str, name: str) -> None:
    broken = text.replace("applications.granted.total", "applications.granted.totall")
    message = refusal(broken, name)
    assert f"第 {line_of(broken, 'applications.granted.totall')} 行" in message
    assert "applications.granted.totall" in message


@pytest.mark.parametrize(("text", "name"), [(CSV, "r.csv"), (JSON, "r.json")])
def test_a_key_of_the_other_edition_is_told_to_be_one(text: str, name: str) -> None:
    message = refusal(text.replace("disclosure.licensing.decisions", "disclosure.licensing.prior_items"), name)
    assert "2019 版" in message
    assert "2021" in message


@pytest.mark.parametrize("value", ["1.5", "３个", "1e3", "NaN", "--2", "1,000", "12345678901"])
def test_a_number_that_is_none_is_named_with_its_line(value: str) -> None:
    old = next(line for line in CSV.split("\r\n") if line.startswith("applications.granted.total,"))
    cells = old.split(",")
    cells[-2] = f'"{value}"'
    broken = changed(CSV, old, ",".join(cells))
    message = refusal(broken, "r.csv")
    assert f"第 {line_of(broken, 'applications.granted.total,')} 行" in message
    assert value in message
    assert "applications.granted.total" in message


@pytest.mark.parametrize("value", ["1.5", '"many"', "[1]", "{}", "NaN", "true"])
def test_a_number_in_json_that_is_none_is_named_with_its_line(value: str) -> None:
    broken = changed(JSON, '"applications.granted.total": 0', f'"applications.granted.total": {value}')
    assert f"第 {line_of(broken, 'applications.granted.total')} 行" in refusal(broken, "r.json")


def test_another_edition_or_year_is_refused() -> None:
    assert "2018" in refusal(changed(CSV, "edition,,,,,2021", "edition,,,,,2018"), "r.csv")
    assert "去年" in refusal(changed(CSV, "year,,,,,2022", "year,,,,,去年"), "r.csv")
    assert "没有“disclosures”" in refusal(
        changed(CSV, "missing_tables,,,,,", "missing_tables,,,,,disclosures"), "r.csv"
    )


def test_a_figure_given_twice_is_refused() -> None:
    line = next(line for line in CSV.split("\r\n") if line.startswith("applications.granted.total,"))
    assert "已经出现过" in refusal(CSV + line + "\r\n", "r.csv")
    assert "两次" in refusal(changed(JSON, '"figures": {', '"figures": {"disclosure.fees.amount": 1,'), "r.json")


def test_a_figure_left_out_is_blank_and_doubted() -> None:
    line = next(line for line in CSV.split("\r\n") if line.startswith("applications.granted.total,"))
    for text, name in (
        (changed(CSV, line + "\r\n", ""), "r.csv"),
        (changed(JSON, '    "applications.granted.total": 0,\n', ""), "r.json"),
    ):
        parsed = read_report(text.encode(), name)
        assert parsed.figures["applications.granted.total"] is None
        assert [(each.code, each.where) for each in parsed.problems] == [("unread_cell", "applications.granted.total")]


@pytest.mark.parametrize(
    "text", ["{", "{}", '{"figures": 1, "narrative": {}}', '{"figures": {}, "narrative": []}', "[" * 9]
)
def test_what_is_no_report_is_refused(text: str) -> None:
    assert refusal("{" + "  " + text[1:] if text.startswith("{") else text, "r.json")


def test_a_table_saved_again_by_a_spreadsheet_is_read() -> None:
    """Excel in China writes GB18030 and knows no byte-order mark."""
    parsed = read_report(CSV.replace("\r\n", "\n").encode("gb18030"), "r.csv")
    assert parsed.figures == VERSION.figures
    assert parsed.narrative["overview"] == "甲\n乙"
    place = parsed.places["disclosure.fees.amount"]
    assert place.row == line_of(CSV, "disclosure.fees.amount")
