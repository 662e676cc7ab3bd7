"""`manage.py import_reports`, as other programs call it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command, execute_from_command_line

from reports.models import Change, PendingImport, Report, Source, State, Version
from reports.standard import EDITIONS, NARRATIVE_PARTS
from samples.contents import FOLDER
from tests.samples.made_files import SAMPLES

ROOT = Path(__file__).resolve().parents[2]
WANGYU = SAMPLES["wangyu-2022"].file


@pytest.fixture
def register(db: None, tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    call_command("load_divisions", FOLDER / "register.csv", stdout=io.StringIO())


def run(*paths: Path | str, **options: Any) -> tuple[int, list[dict[str, Any]], str]:
    """Exit status, the objects on standard output, and what was said on standard error."""
    out, error = io.StringIO(), io.StringIO()
    status = 0
    try:
        call_command("import_reports", *map(str, paths), format="jsonl", stdout=out, stderr=error, **options)
    except SystemExit as exit_:
        status = int(exit_.code or 0)
    return status, [json.loads(line) for line in out.getvalue().splitlines()], error.getvalue()


def rows() -> dict[str, int]:
    return {
        model.__name__: model._default_manager.count() for model in (Report, Version, Source, PendingImport, Change)
    }


def test_each_report_is_an_object_of_the_agreed_form(register: None) -> None:
    status, reports, said = run(WANGYU, dry_run=True)
    (report,) = reports
    assert (status, said) == (0, "")
    assert list(report) == [
        *("file", "sha256", "edition", "year", "agency", "agency_code", "scope", "figures", "marks"),
        *("narrative", "findings", "problems"),
    ]
    assert (report["file"], report["edition"], report["year"]) == (str(WANGYU), "2021", 2022)
    assert (report["agency"], report["agency_code"]) == ("汐川县望渔镇人民政府", "990121100000")
    assert report["figures"].keys() == EDITIONS["2021"].figures.keys()
    assert {type(number) for number in report["figures"].values()} <= {int, float, type(None)}
    assert set(report["narrative"]) == set(NARRATIVE_PARTS)
    assert set(report["scope"]) == {"kind", "by", "units", "quote"}
    assert len(report["sha256"]) == 64


def test_findings_and_problems_have_the_agreed_form(register: None) -> None:
    _status, reports, _said = run(FOLDER / "reports", dry_run=True)
    assert len(reports) == len(SAMPLES)
    findings = [finding for report in reports for finding in report["findings"]]
    problems = [problem for report in reports for problem in report["problems"]]
    assert findings
    assert problems
    assert {tuple(each) for each in findings} == {
        ("rule", "severity", "cells", "expected", "actual", "message", "quote")
    }
    assert {each["severity"] for each in findings} <= {"error", "warning", "info"}
    assert {tuple(each) for each in problems} == {("code", "where", "message")}


def test_a_trial_run_writes_nothing(register: None) -> None:
    before = rows()
    run(WANGYU, dry_run=True)
    assert rows() == before


def test_a_second_import_changes_nothing(register: None) -> None:
    run(WANGYU)
    before = rows()
    assert (before["Report"], before["Source"], before["PendingImport"]) == (1, 1, 0)
    status, reports, _said = run(WANGYU)
    assert (status, len(reports)) == (0, 1)
    assert rows() == before
    assert Report.objects.get().published is not None


def test_a_draft_is_stored_as_a_draft(register: None) -> None:
    run(WANGYU, draft=True)
    report = Report.objects.get()
    assert report.published is None
    assert report.working is not None
    assert report.working.state == State.DRAFT


def test_the_batch_goes_on_after_a_bad_file(register: None, tmp_path: Path) -> None:
    bad = tmp_path / "坏文件.docx"
    bad.write_bytes(b"PK\x03\x04 not really")
    status, reports, said = run(bad, tmp_path / "不在.txt", WANGYU)
    assert status == 1
    assert [report["file"] for report in reports] == [str(WANGYU)]
    assert [line.split("：")[0] for line in said.splitlines()] == [str(bad), str(tmp_path / "不在.txt")]
    assert Report.objects.count() == 1


def test_nothing_to_import_is_a_failure(register: None, tmp_path: Path) -> None:
    (tmp_path / ".hidden.txt").write_text("x", encoding="utf-8")
    status, reports, said = run(tmp_path)
    assert (status, reports) == (1, [])
    assert said


def test_years_given_together_are_compared(register: None) -> None:
    later = next(sample for sample in SAMPLES.values() for planted in sample.planted if planted.rule == "carry_over")
    earlier = next(each for each in SAMPLES.values() if (each.code, each.year) == (later.code, later.year - 1))
    _status, (alone,), _said = run(later.file, dry_run=True)
    _status, together, _said = run(later.file, earlier.file, dry_run=True)
    assert "carry_over" not in {finding["rule"] for finding in alone["findings"]}
    (compared,) = [report for report in together if report["year"] == later.year]
    assert "carry_over" in {finding["rule"] for finding in compared["findings"]}


def test_an_archive_is_read_member_by_member(register: None, tmp_path: Path) -> None:
    archive = tmp_path / "2022.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("镇街/望渔镇.txt", WANGYU.read_bytes())
        made.writestr("镇街/坏.docx", b"PK\x03\x04")
        made.writestr("../../出去.html", SAMPLES["julin-2023"].file.read_bytes())
        for hidden in ("__MACOSX/._望渔镇.txt", "镇街/._望渔镇.txt", ".DS_Store", "镇街/~$望渔镇.docx"):
            made.writestr(hidden, b"resource fork")
    status, reports, said = run(archive)
    assert status == 1
    assert said.startswith(f"{archive}/镇街/坏.docx：")
    assert len(said.splitlines()) == 1
    assert {report["file"] for report in reports} == {f"{archive}/出去.html", f"{archive}/镇街/望渔镇.txt"}
    assert Report.objects.count() == 2


def test_names_that_windows_left_in_gbk_are_legible(register: None, tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr(zipfile.ZipInfo("xxxxxx.txt"), WANGYU.read_bytes())
    archive.write_bytes(archive.read_bytes().replace(b"xxxxxx", "望渔镇".encode("gbk")))
    _status, (report,), _said = run(archive, dry_run=True)
    assert report["file"] == f"{archive}/望渔镇.txt"


def test_looking_needs_no_database(tmp_path: Path) -> None:
    """As another program calls it: nothing but the objects on standard output, whatever state the database is in."""
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/new.sqlite3", "DEBUG": "1"}
    command = [sys.executable, "manage.py", "import_reports", "--dry-run", "--format", "jsonl", str(WANGYU)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    (report,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert (report["agency"], report["agency_code"]) == ("汐川县望渔镇人民政府", None)


@pytest.mark.parametrize("arguments", [["--format", "yaml", str(WANGYU)], []])
def test_bad_usage_is_told_from_bad_files(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        execute_from_command_line(["manage.py", "import_reports", *arguments])
    assert ended.value.code == 2
    assert capsys.readouterr().err
