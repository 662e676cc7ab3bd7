"""What a comparison shows can be kept as a file."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from python_calamine import load_workbook

from agencies.models import Agency
from reports.public.comparison.files import COLUMNS
from tests.published import checked_together, publish

GREEN, CLEAR = "990101101000", "990101102000"
QUERY = f"?agency={GREEN},{CLEAR}&figure=received,disclosed_rate&year=2022,2023"


@pytest.fixture
def reports(township: Agency, other_township: Agency) -> None:
    counts = {"applications.concluded.total": 30, "applications.granted.total": 12}
    with checked_together():
        publish(township, 2021, {"applications.received.total": 10})
        publish(township, 2022, {"applications.received.total": 20} | counts)
        publish(township, 2023, {"applications.received.total": 15, "applications.concluded.total": 3})
        publish(
            other_township, 2023, {"applications.received.total": None}, marks={"applications.received.total": "=1+1"}
        )
    Agency.objects.filter(pk=CLEAR).update(name="=HYPERLINK(1)")


def lines(reader: Client, form: str) -> list[dict[str, Any]]:
    response = reader.get(f"/compare/download/{form}/{QUERY}")
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="comparison.{form}"'
    if form == "json":
        values: list[dict[str, Any]] = json.loads(response.content)["values"]
        return values
    if form == "csv":
        return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    head, *rows = load_workbook(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


@pytest.mark.usefixtures("reports")
@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
class TestEveryForm:
    def test_one_line_an_agency_year_and_figure(self, reader: Client, form: str) -> None:
        found = [(line["agency_code"], int(line["year"]), line["figure"]) for line in lines(reader, form)]
        assert found == [
            (code, year, figure)
            for figure in ("received", "disclosed_rate")
            for code in (GREEN, CLEAR)
            for year in (2022, 2023)
        ]
        assert tuple(lines(reader, form)[0]) == COLUMNS

    def test_numbers_changes_and_ranks_are_those_of_the_page(self, reader: Client, form: str) -> None:
        first, second, *_ = lines(reader, form)
        # The change is from 2021, which was not chosen.
        assert [float(first[name]) for name in ("value", "change", "change_percent", "rank")] == [20, 10, 100, 1]
        assert [float(second[name]) for name in ("value", "change", "change_percent")] == [15, -5, -25]
        page = reader.get(f"/compare/{QUERY}&view=years").content.decode()
        assert "+10（+100%）" in page
        assert "−5（−25%）" in page

    def test_rates_come_with_their_counts_and_few_cases_without_a_rate(self, reader: Client, form: str) -> None:
        rates = [line for line in lines(reader, form) if line["figure"] == "disclosed_rate"]
        assert [rates[0]["state"], float(rates[0]["value"])] == ["number", 40]
        assert [float(rates[0]["part"]), float(rates[0]["whole"])] == [12, 30]
        assert rates[1]["state"] == "few"
        assert rates[1]["value"] in ("", None)
        assert [float(rates[1]["part"]), float(rates[1]["whole"])] == [0, 3]

    def test_what_is_missing_is_named_and_holds_no_number(self, reader: Client, form: str) -> None:
        missing, marked = (line for line in lines(reader, form)[2:4])
        assert [missing["state"], missing["value"] in ("", None)] == ["missing", True]
        assert [marked["state"], marked["value"] in ("", None)] == ["mark", True]

    def test_no_cell_is_a_formula(self, reader: Client, form: str) -> None:
        marked = lines(reader, form)[3]
        # A workbook knows that text is text; of a CSV file the spreadsheet has to guess.
        quote = "'" if form == "csv" else ""
        assert (marked["mark"], marked["agency"]) == (f"{quote}=1+1", f"{quote}=HYPERLINK(1)")

    def test_a_constant_number_of_queries(
        self, reader: Client, form: str, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_max_num_queries(3):
            reader.get(f"/compare/download/{form}/{QUERY}")


@pytest.mark.django_db
def test_a_comparison_of_nothing_is_an_empty_table(reader: Client) -> None:
    assert (
        reader.get("/compare/download/csv/?agency=x&figure=y").content.decode("utf-8-sig") == ",".join(COLUMNS) + "\r\n"
    )


@pytest.mark.django_db
def test_an_unknown_form_is_not_found(reader: Client) -> None:
    assert reader.get("/compare/download/exe/").status_code == 404
