"""Whatever is exported reads back as it was: every figure, mark and paragraph, the agency, the year, whom to ask."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.exporting.official import FORMATS, Format, export
from reports.importing.parsed import ParsedReport
from reports.importing.read import read_report
from reports.models import Version
from reports.standard import EDITIONS, NARRATIVE_PARTS
from samples.contents import all_samples
from tests.exporting.reports import essence, essence_of_parsed, make_version, versions

FILES = [(format, name) for format in FORMATS for name in EDITIONS]
few = settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
many = settings(few, max_examples=150)


def comes_back(version: Version, format: Format) -> None:
    file, _content_type = export(version, format)
    parsed = read_report(file, f"report.{format}")
    assert essence_of_parsed(parsed) == essence(version)
    # What was no number in the first place is doubted again.
    assert {problem.where for problem in parsed.problems} - version.marks.keys() == set(version.missing_tables)


@pytest.mark.parametrize(("format", "name"), FILES)
@few
@given(st.data())
def test_any_report_comes_back_unchanged(format: Format, name: str, data: st.DataObject) -> None:
    comes_back(data.draw(versions(EDITIONS[name])), format)


@pytest.mark.parametrize("name", EDITIONS)
def test_a_paragraph_that_returns_at_the_edge_of_two_pages_is_no_running_title(name: str) -> None:
    form = EDITIONS[name]
    text = "\n".join(["说明：一"] * 60)
    comes_back(make_version(form, form.first_year, {}, {}, dict.fromkeys(NARRATIVE_PARTS, "") | {"notes": text}), "pdf")


@pytest.mark.slow
@pytest.mark.parametrize(("format", "name"), FILES)
@many
@given(st.data())
def test_a_great_many_reports_come_back_unchanged(format: Format, name: str, data: st.DataObject) -> None:
    comes_back(data.draw(versions(EDITIONS[name])), format)


SAMPLES = {sample.name: sample.file for sample in all_samples()}


@cache
def imported(name: str) -> ParsedReport:
    return read_report(SAMPLES[name].read_bytes(), SAMPLES[name].name)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    "name", [name if number < 4 else pytest.param(name, marks=pytest.mark.slow) for number, name in enumerate(SAMPLES)]
)
def test_every_sample_comes_back_unchanged(name: str, format: Format) -> None:
    parsed = imported(name)
    form, year = parsed.form, parsed.year
    assert form is not None
    assert year is not None
    contact = {f"contact_{key}": value for key, value in parsed.contact.items() if key != "website"}
    version = make_version(
        form,
        year,
        parsed.figures,
        parsed.marks,
        parsed.narrative,
        {
            **contact,
            "website": parsed.contact["website"],
            "missing_tables": list(parsed.missing_tables),
            "printed_name": parsed.agency,
        },
    )
    comes_back(version, format)
