"""Five real reports: every figure as printed, and every paragraph between the headings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reports.importing.document import Unreadable
from reports.importing.parsed import ParsedReport
from reports.importing.read import read_report
from reports.importing.readers.text import decode
from tests.importing.generator.known import squeezed
from tests.seeds import each_seed, needs_seeds

pytestmark = needs_seeds

# Whose report, which year, and the only figures that are not zero.
PRINTED: dict[str, tuple[str, int, dict[str, int]]] = {
    "000": ("威海临港经济技术开发区汪疃镇人民政府", 2023, {}),
    "001": ("汤头沟镇人民政府", 2023, {}),
    "002": ("威海市文登区泽库镇人民政府", 2021, {}),
    "003": ("招远市金岭镇人民政府", 2023, {}),
    "004": (
        "威海市环翠区鲸园街道",
        2023,
        {
            f"applications.{row}.{column}": 1
            for row in ("received", "granted", "concluded")
            for column in ("natural_person", "total")
        },
    ),
}
CONTACTS = {"000": ("264417", "0631-8561088"), "002": ("264400", "0631-8781088"), "004": ("", "0631-5222975")}


def read(file: Path) -> ParsedReport:
    return read_report(file.read_bytes(), file.name)


@each_seed
def test_every_figure_is_as_printed_and_none_is_doubted(file: Path) -> None:
    parsed = read(file)
    agency, year, filled = PRINTED[file.name[:3]]
    assert (parsed.agency, parsed.year, parsed.edition) == (agency, year, "2021")
    assert parsed.figures == {key: filled.get(key, 0) for key in parsed.figures}
    assert len(parsed.figures) == 200
    assert (parsed.marks, parsed.problems) == ({}, [])


@each_seed
def test_whom_to_ask_is_read_where_it_is_printed(file: Path) -> None:
    contact = read(file).contact
    assert (contact["postcode"], contact["phone"]) == CONTACTS.get(file.name[:3], ("", ""))


@each_seed
def test_prose_is_what_stands_between_the_headings(file: Path) -> None:
    text = re.sub(r"\[bookmark:[^\]]*\]", "", decode(file.read_bytes()))
    narrative = read(file).narrative
    front, after = re.split(r"^\s*一、总体情况.*$", text, maxsplit=1, flags=re.MULTILINE)
    overview, _tables = re.split(r"^\s*二、.*主动公开政府信息情况.*$", after, maxsplit=1, flags=re.MULTILINE)
    _before, after = re.split(r"^\s*五、.*问题及改进情况.*$", text, maxsplit=1, flags=re.MULTILINE)
    problems, other = re.split(r"^\s*六、其他需要报告的事项.*$", after, maxsplit=1, flags=re.MULTILINE)
    preamble = re.split(r"年度报告\s*\n", front, maxsplit=1)[1]
    assert {part: squeezed(narrative[part]) for part in ("preamble", "overview", "problems", "other")} == {
        "preamble": squeezed(preamble),
        "overview": squeezed(overview),
        "problems": squeezed(problems),
        "other": squeezed(other),
    }


@pytest.mark.slow
@each_seed
def test_cut_anywhere_nothing_is_silently_missing(file: Path) -> None:
    """A download that broke off: every figure is read as printed or doubted."""
    text = decode(file.read_bytes())
    whole = read(file)
    for end in range(0, len(text), 97):
        try:
            parsed = read_report(text[:end].encode(), file.name)
        except Unreadable:
            continue
        if parsed.edition is None:
            assert any(problem.where == "document" for problem in parsed.problems)
            continue
        told = {key: number for key, number in parsed.figures.items() if key not in parsed.doubted}
        assert told == {key: whole.figures[key] for key in told}, end
