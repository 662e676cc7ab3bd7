"""Many reports as files: what the page, the download and the API say is one and the same."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from agencies.models import Agency
from reports.exporting.many import COLUMNS
from reports.standard.measures import HEADLINES
from tests.pages import text_of
from tests.published import ONE_GRANTED, checked_together, publish


@pytest.fixture
def reports(township: Agency, other_township: Agency, foreign_township: Agency) -> None:
    cache.clear()
    with checked_together():
        publish(township, 2023, ONE_GRANTED | {"disclosure.fees.amount": "12.5"}, overview="总体情况")
        publish(township, 2020, {"applications.received.total": 4})
        publish(other_township, 2023, {"applications.received.total": 3})
        publish(
            foreign_township, 2023, {"applications.received.total": None}, marks={"applications.received.total": "=1+1"}
        )


@pytest.fixture
def folder(tmp_path: Path, settings: LazySettings) -> Path:
    settings.DATA_ROOT = tmp_path
    return tmp_path


def downloaded(reader: Client, form: str, query: str = "") -> bytes:
    answer = reader.get(f"/reports/download/{form}/{query}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    content: bytes = answer.getvalue()
    return content


def lines_of_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def lines_of_xlsx(content: bytes) -> list[dict[str, Any]]:
    head, *lines = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert head == list(COLUMNS)
    return [dict(zip(COLUMNS, line, strict=True)) for line in lines]


@pytest.mark.usefixtures("reports")
class TestTheListAsAFile:
    @pytest.mark.parametrize("query", ["", "?year=2023", "?balanced=no", "?q=绿水", "?page=2&sort=-received"])
    def test_page_download_and_api_hold_the_same_reports_and_totals(self, query: str, reader: Client) -> None:
        table = reader.get(f"/reports/{query}").context["table"]
        page = {row.record.pk: row.record for row in table.rows}
        filters = query.partition("page=")[0].rstrip("?")
        api = reader.get(f"/api/v1/reports/{filters}").json()["results"]
        as_csv = lines_of_csv(downloaded(reader, "csv", query))
        as_xlsx = lines_of_xlsx(downloaded(reader, "xlsx", query))
        as_jsonl = [json.loads(line) for line in downloaded(reader, "jsonl", query).splitlines()]
        assert len(page) == len(api) == len(as_csv) == len(as_xlsx) == len(as_jsonl)
        for key in HEADLINES:
            total = sum(getattr(report, key) or 0 for report in page.values())
            assert sum(report["headlines"][key] or 0 for report in api) == total
            assert sum(int(line[key] or 0) for line in as_csv) == total
            assert sum(int(line[key] or 0) for line in as_xlsx) == total
            assert sum(line["headlines"][key] or 0 for line in as_jsonl) == total

    def test_a_blank_is_blank_and_no_mark_becomes_a_formula(self, reader: Client, foreign_township: Agency) -> None:
        (line,) = [
            line for line in lines_of_csv(downloaded(reader, "csv")) if line["agency_code"] == foreign_township.pk
        ]
        assert line["applications.received.total"] == ""
        assert json.loads(line["marks"]) == {"applications.received.total": "=1+1"}
        assert line["balanced"] == "unknown"

    def test_figures_of_either_edition_stand_under_their_keys(self, reader: Client, township: Agency) -> None:
        lines = {line["year"]: line for line in lines_of_csv(downloaded(reader, "csv", "?q=青山"))}
        assert Decimal(lines["2023"]["disclosure.fees.amount"]) == Decimal("12.5")
        assert lines["2023"]["disclosure.procurement.items"] == ""
        assert lines["2020"]["disclosure.procurement.items"] == "0"

    def test_no_more_queries_for_more_reports(
        self, reader: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_max_num_queries(4):
            downloaded(reader, "csv")

    def test_a_format_that_is_none_is_not_found(self, reader: Client) -> None:
        assert reader.get("/reports/download/exe/").status_code == 404


@pytest.mark.usefixtures("reports")
class TestYearlyFiles:
    def test_every_file_is_listed_with_its_checksum_and_served_whole(self, reader: Client, folder: Path) -> None:
        call_command("publish_data")
        page = text_of(reader.get("/data/"))
        for name in ("nianbao-2023.csv", "nianbao-2023.xlsx", "nianbao-2020.jsonl.gz", "data-dictionary.csv"):
            content = reader.get(f"/data/{name}").getvalue()
            assert hashlib.sha256(content).hexdigest() in page
            assert content == (folder / name).read_bytes()

    def test_a_year_holds_all_its_reports_in_every_format(self, reader: Client, folder: Path) -> None:
        call_command("publish_data")
        as_csv = lines_of_csv((folder / "nianbao-2023.csv").read_bytes())
        as_xlsx = lines_of_xlsx((folder / "nianbao-2023.xlsx").read_bytes())
        as_jsonl = [
            json.loads(line) for line in gzip.decompress((folder / "nianbao-2023.jsonl.gz").read_bytes()).splitlines()
        ]
        assert [line["agency_code"] for line in as_csv] == [line["agency_code"] for line in as_jsonl]
        assert [line["agency_code"] for line in as_csv] == [line["agency_code"] for line in as_xlsx]
        assert as_jsonl[0]["narrative"]["overview"] == "总体情况"
        assert len(as_csv) == 3

    def test_the_same_data_make_the_same_files(self, folder: Path) -> None:
        call_command("publish_data")
        before = {name: (folder / name).read_bytes() for name in ("nianbao-2023.csv", "nianbao-2023.jsonl.gz")}
        call_command("publish_data")
        assert {name: (folder / name).read_bytes() for name in before} == before

    @pytest.mark.parametrize("name", ["manifest.json", "..%2Fdb.sqlite3", "nianbao-1999.csv", ".nianbao-2023.csv"])
    def test_only_what_the_manifest_names_is_served(self, name: str, reader: Client, folder: Path) -> None:
        call_command("publish_data")
        assert reader.get(f"/data/{name}").status_code == 404


def test_without_files_the_page_says_so(db: None, reader: Client, folder: Path) -> None:
    assert "还没有生成数据文件" in text_of(reader.get("/data/"))
