"""`manage.py export_reports` as other programs call it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command, execute_from_command_line
from django.test.utils import CaptureQueriesContext

from agencies.models import Agency
from reports.exporting.official import FORMATS
from reports.importing.read import read_report
from tests.published import ONE_GRANTED, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_years(township: Agency) -> Agency:
    for year in (2021, 2022):
        publish(township, year, ONE_GRANTED, overview=f"{year}年办结1件。")
    return township


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("format", FORMATS)
def test_every_published_report_is_one_file(two_years: Agency, tmp_path: Path, format: str) -> None:
    out = tmp_path / "new" / "folder"
    call_command("export_reports", "--format", format, "--out", str(out))
    assert names(out) == [f"990101101000-2021.{format}", f"990101101000-2022.{format}"]
    parsed = read_report((out / f"990101101000-2022.{format}").read_bytes(), f"r.{format}")
    assert (parsed.agency, parsed.year) == ("示例省示例市示例县青山镇人民政府", 2022)
    assert parsed.figures["applications.granted.natural_person"] == 1
    assert parsed.narrative["overview"] == "2022年办结1件。"
    assert not parsed.problems


def test_only_what_is_named_is_written(two_years: Agency, other_township: Agency, tmp_path: Path) -> None:
    publish(other_township, 2022)
    call_command("export_reports", "--format", "csv", "--out", str(tmp_path), "990101101000/2021", "990101102000")
    assert names(tmp_path) == ["990101101000-2021.csv", "990101102000-2022.csv"]


def test_the_published_version_is_written_and_not_the_earlier_one(township: Agency, tmp_path: Path) -> None:
    publish(township, 2022, overview="第一版。")
    publish(township, 2022, overview="更正版。")
    call_command("export_reports", "--format", "html", "--out", str(tmp_path))
    page = (tmp_path / "990101101000-2022.html").read_text(encoding="utf-8")
    assert "更正版。" in page
    assert "第一版。" not in page


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("990101999000", "没有这个机构"),
        ("990101101000/2019", "2019 年没有已公开的报告"),
        ("990101102000", "没有已公开的报告"),
    ],
)
def test_what_is_not_there_is_named_and_the_rest_is_written(
    two_years: Agency,
    other_township: Agency,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    named: str,
    said: str,
) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("export_reports", "--format", "json", "--out", str(tmp_path), named, "990101101000/2021")
    assert ended.value.code == 1
    error = capsys.readouterr().err
    assert named.partition("/")[0] in error
    assert said in error
    assert names(tmp_path) == ["990101101000-2021.json"]


def test_nothing_published_is_said(township: Agency, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command("export_reports", "--format", "json", "--out", str(tmp_path))
    assert "还没有已公开的报告" in capsys.readouterr().err


@pytest.mark.parametrize("named", ["青山镇", "99010110100", "990101101000/22", "990101101000/2022/1", "../etc"])
def test_a_name_that_is_no_code_is_bad_usage(two_years: Agency, tmp_path: Path, named: str) -> None:
    with pytest.raises(CommandError, match="不是机构代码") as refused:
        call_command("export_reports", "--format", "json", "--out", str(tmp_path), named)
    assert refused.value.returncode == 2
    assert names(tmp_path) == []


def test_a_folder_that_cannot_be_made_is_named(two_years: Agency, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="file") as refused:
        call_command("export_reports", "--format", "json", "--out", str(tmp_path / "file"))
    assert refused.value.returncode == 1


def test_more_reports_take_no_more_queries(two_years: Agency, other_township: Agency, tmp_path: Path) -> None:
    from django.db import connection

    for year in (2019, 2020, 2021, 2022):
        publish(other_township, year)
    with CaptureQueriesContext(connection) as queries:
        call_command("export_reports", "--format", "json", "--out", str(tmp_path))
    assert len(names(tmp_path)) == 6
    assert len(queries) == 2, "the reports, and what was taken down of them"


@pytest.mark.parametrize(
    "arguments",
    [["--format", "doc", "--out", "x"], ["--format", "pdf"], ["--out", "x"], ["--format=csv", "--out=x", "y"]],
)
def test_bad_usage_ends_with_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        execute_from_command_line(["manage.py", "export_reports", *arguments])
    assert ended.value.code == 2
    said = capsys.readouterr()
    assert said.err
    assert not said.out


def test_as_another_program_calls_it(tmp_path: Path) -> None:
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/none.sqlite3", "DEBUG": "1"}
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "export_reports", "--format=csv", "--out=x", "y"]
    ended = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert ended.returncode == 2
    assert ended.stderr
    assert not ended.stdout
