"""Files given together: a whole and its parts, the years of one agency, texts that are the same."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Agency, Division, Kind, Level
from reports.importing.files import File
from reports.importing.parsed import ParsedReport, Scope
from reports.intake.checking import FileRead, check_files, settle_agency
from reports.intake.storing import publish_import
from tests.conftest import agency, division
from tests.samples.made_files import SAMPLES
from tests.standard.contract import CONTRACT

pytestmark = pytest.mark.django_db

ZEROS: dict[str, Any] = {cell.key: 0 for cell in CONTRACT["2021"]}
LICENSING = "disclosure.licensing.decisions"
CARRIED_OUT = "applications.carried_out.total"


def file(name: str, figures: dict[str, Any] | None = None, year: int = 2023, **more: Any) -> FileRead:
    parsed = ParsedReport("2021", year, name, figures=ZEROS | (figures or {}), **more)
    read = FileRead(File(Path(f"{name}-{year}.docx")), parsed=parsed)
    settle_agency(read)
    return read


def found(*files: FileRead) -> list[list[tuple[str, str, str]]]:
    check_files(files)
    return [[(each.rule, each.where, each.severity) for each in file.findings] for file in files]


def whole(*listed: str) -> dict[str, Any]:
    return {"scope": Scope("units" if listed else "area", listed, "本表为全县汇总数。", "text")}


def test_a_whole_finds_its_parts_by_the_units_that_its_statement_lists() -> None:
    parts = [file("云川县青山镇人民政府", {LICENSING: 3}), file("云川县绿水镇人民政府", {LICENSING: 4})]
    listed = whole("青山镇", "绿水镇")
    assert found(file("云川县人民政府", {LICENSING: 7}, **listed), *parts)[0] == []
    summed = file("云川县人民政府", {LICENSING: 9}, **listed)
    assert found(summed, *parts)[0] == [("roll_up", LICENSING, "")]
    (finding,) = summed.findings
    assert (finding.expected, finding.actual, finding.cells) == (7, 9, (LICENSING,))


def test_a_listed_unit_without_a_file_is_named() -> None:
    summed = file("云川县人民政府", {LICENSING: 9}, **whole("青山镇", "绿水镇"))
    assert found(summed, file("云川县青山镇人民政府", {LICENSING: 3}))[0] == [("roll_up", "document", "info")]
    assert summed.findings[0].operands["missing"] == "绿水镇"


def test_without_a_list_the_parts_are_those_below_its_place_and_nobody_is_accused() -> None:
    parts = [file("云川县青山镇人民政府", {LICENSING: 3}), file("海川县远山镇人民政府", {LICENSING: 4})]
    assert found(file("云川县人民政府", {LICENSING: 3}, **whole()), *parts)[0] == []
    assert found(file("云川县人民政府", {LICENSING: 7}, **whole()), *parts)[0] == [("roll_up", LICENSING, "info")]


def test_a_registered_whole_finds_its_parts_by_the_register_among_files_and_what_is_stored(
    county: Division, township: Agency, other_township: Agency
) -> None:
    Agency.objects.filter(code="990101000000-01").update(owes_report=False)
    stored = file(other_township.full_name, {LICENSING: 4})
    assert stored.parsed is not None
    publish_import(other_township, stored.parsed, None, None)
    part = file(township.full_name, {LICENSING: 3})
    assert found(file("示例县人民政府", {LICENSING: 7}, **whole()), part)[0] == []
    assert found(file("示例县人民政府", {LICENSING: 8}, **whole()), part)[0] == [("roll_up", LICENSING, "")]
    alone = file("示例县人民政府", {LICENSING: 8}, **whole())
    assert found(alone)[0] == [("roll_up", "document", "info")]
    assert alone.findings[0].operands["missing"] == "青山镇人民政府"


def test_years_of_one_agency_that_nobody_registered_are_compared_by_its_printed_name() -> None:
    before, this = file("云川县青山镇人民政府", {CARRIED_OUT: 2}, 2022), file("云川县青山镇人民政府")
    rules = [rule for rule, _where, _severity in found(this, before)[0]]
    assert rules == ["carry_over"]
    assert "carry_over" not in [rule for rule, _where, _severity in found(this)[0]]


def test_a_predecessors_file_is_last_years(county: Division) -> None:
    old = agency(division("990101201000", "旧镇", Level.TOWNSHIP, county), "旧镇人民政府", Kind.TOWNSHIP)
    new = agency(division("990101202000", "新镇", Level.TOWNSHIP, county), "新镇人民政府", Kind.TOWNSHIP)
    old.successor, old.valid_to = new, datetime.date(2023, 5, 1)
    old.save()
    before, this = file(old.full_name, {CARRIED_OUT: 2}, 2022), file(new.full_name)
    assert [rule for rule, _where, _severity in found(this, before)[0]] == ["carry_over"]


def test_a_figure_far_from_the_other_years_given_is_pointed_out() -> None:
    years = [file("云川县青山镇人民政府", {LICENSING: 40 + year - 2021}, year) for year in (2021, 2022, 2023)]
    assert found(file("云川县青山镇人民政府", {LICENSING: 4100}, 2024), *years)[0] == [
        ("unlikely_figure", LICENSING, "")
    ]


def copy(name: str, year: int = 2022) -> FileRead:
    return file(name, year=year, narrative=dict(SAMPLES["daishan-2022"].narrative, preamble=""))


def test_a_copy_is_found_among_the_files_and_among_what_is_stored(township: Agency) -> None:
    one, other = copy("云川县黛山乡人民政府"), copy("云川县双桨乡人民政府")
    check_files([one, other])
    assert [f.operands["agency"] for f in one.findings if f.rule == "reused_text"] == ["云川县双桨乡人民政府"]
    stored = copy(township.full_name)
    assert stored.parsed is not None
    publish_import(township, stored.parsed, None, None)
    check_files([one])
    assert [f.operands["code"] for f in one.findings if f.rule == "reused_text"] == [township.code]


def test_the_queries_do_not_grow_with_the_files(county: Division, township: Agency, other_township: Agency) -> None:
    few = [file(township.full_name, year=2022), file(other_township.full_name, year=2022)]
    many = few + [file(name, year=y) for y in (2023, 2024) for name in (township.full_name, other_township.full_name)]
    counts = []
    for files in (few, many):
        with CaptureQueriesContext(connection) as queries:
            check_files(files)
        counts.append(len(queries))
    assert counts[0] == counts[1]
