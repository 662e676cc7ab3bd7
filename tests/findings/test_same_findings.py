"""One file, one judgement: the command line, the preview, the draft and the stored report find the same.

The documents leave nothing in doubt: in a draft the doubts of an import excuse nothing, since its filer answers for every
cell, so that a doubted cell is a finding there and none elsewhere.
"""

from __future__ import annotations

import io
import json
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from agencies.models import Agency, Division, Kind, Level, User
from reports.checks.unlikely import MIN_PEERS
from reports.checks.wording import message
from reports.importing.read import read_report
from reports.intake.preview import ImportReview
from reports.intake.storing import import_as_draft, publish_import
from reports.models import Finding, PendingImport
from tests.conftest import agency, division
from tests.intake.test_upload import page_of, send
from tests.published import checked_together, publish
from tests.samples.made_files import SAMPLES

pytestmark = pytest.mark.django_db

LICENSING = "disclosure.licensing.decisions"
COPIED = "\n".join(text for text in SAMPLES["daishan-2022"].narrative.values() if text)
CARRIED_OUT = {
    f"applications.{row}.{column}": 1 for row in ("received", "carried_out") for column in ("business", "total")
}
WRONG = {LICENSING: 4700, "applications.granted.natural_person": 1}


@pytest.fixture(autouse=True)
def originals(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "originals")


@pytest.fixture
def stored(county: Division, township: Agency, other_township: Agency) -> Agency:
    """Last year's reports, the year's reports of the neighbours, one of them with the text that is copied."""
    government = Agency.objects.get(code="990101000000")
    with checked_together():
        publish(township, 2022, CARRIED_OUT)
        publish(government, 2022, CARRIED_OUT)
        publish(other_township, 2023, {LICENSING: 30}, overview=COPIED)
        for number in range(MIN_PEERS):
            place = division(f"9901012{number:02}000", f"第{number}镇", Level.TOWNSHIP, county)
            peer = agency(place, f"第{number}镇人民政府", Kind.TOWNSHIP)
            publish(peer, 2023, {LICENSING: 30 + number})
    return government


def document(name: str, text: str, note: str = "") -> bytes:
    """A report whose text and tables contradict each other, themselves and others."""
    page = page_of(name, 2023, WRONG).decode()
    prose = "<p>本年无&lt;b&gt;其他&lt;/b&gt;情况。<script>alert(1)</script></p>"
    assert prose in page
    page = page.replace(prose, "".join(f"<p>{line}</p>" for line in text.split("\n")), 1)
    return page.replace("</table>", f"</table><p>{note}</p>", 1).encode()


TOWNSHIP = document("示例县青山镇人民政府", f"全年收到政府信息公开申请2件。\n{COPIED}")
COUNTY = document(
    "示例县人民政府", "全年收到政府信息公开申请2件。", "说明：本表为全县汇总数，统计范围为县政府及所辖各乡镇人民政府。"
)


def on_the_command_line(data: bytes, folder: Path) -> list[tuple[Any, ...]]:
    path = folder / "年报.html"
    path.write_bytes(data)
    out = io.StringIO()
    call_command("import_reports", str(path), dry_run=True, format="jsonl", stdout=out, stderr=io.StringIO())
    report = json.loads(out.getvalue())
    assert not report["problems"]
    names = ("rule", "severity", "cells", "expected", "actual", "message", "quote")
    return sorted(tuple(tuple(f[n]) if n == "cells" else f[n] for n in names) for f in report["findings"])


def of(findings: Any) -> list[tuple[Any, ...]]:
    return sorted(
        (f.rule, f.severity, tuple(f.cells), _number(f.expected), _number(f.actual), message(f, "2021"), f.quote)
        for f in findings
    )


def _number(value: Any) -> Any:
    return None if value is None else int(value) if value == int(value) else float(value)


@pytest.mark.parametrize(
    ("data", "code", "rules"),
    [
        pytest.param(
            TOWNSHIP,
            "990101101000",
            {"row_total", "results_total", "carry_over", "reused_text", "unlikely_figure", "narrative_figure"},
            id="township",
        ),
        pytest.param(
            COUNTY,
            "990101000000",
            {"row_total", "results_total", "carry_over", "roll_up", "narrative_figure"},
            id="county",
        ),
    ],
)
def test_the_same_file_gets_the_same_findings_everywhere(
    stored: Agency,
    supervisor: User,
    supervisor_client: Client,
    tmp_path: Path,
    data: bytes,
    code: str,
    rules: set[str],
) -> None:
    told = on_the_command_line(data, tmp_path)
    assert {finding[0] for finding in told} >= rules

    send(supervisor_client, data)
    pending = PendingImport.objects.get()
    assessment = ImportReview(supervisor, pending).assessment
    shown = [*assessment.findings, *assessment.not_filled]
    assert sorted((f.rule, f.severity, f.cells, f.message, f.quote) for f in shown) == sorted(
        (rule, severity, cells, said, quote) for rule, severity, cells, _expected, _actual, said, quote in told
    )
    page = unescape(supervisor_client.get(reverse("preview", args=[pending.pk])).content.decode())
    assert all(said in page for *_rest, said, _quote in told)

    whose, parsed = Agency.objects.get(pk=code), read_report(data, "年报.html")
    before = transaction.savepoint()
    draft = import_as_draft(whose, parsed, None, supervisor)
    drafted = list(Finding.objects.filter(version=draft))
    transaction.savepoint_rollback(before)
    published = list(publish_import(whose, parsed, None, supervisor).findings.all())
    assert of(drafted) == of(published) == told

    places = sorted((finding.rule, finding.where, tuple(finding.cells)) for finding in published)
    assert places == sorted((finding.rule, finding.where, finding.cells) for finding in shown)
