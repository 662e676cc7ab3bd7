"""What a report of the invented edition goes through; run by `test_a_new_edition.py` in a project that has the edition."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch
from pytest_django.fixtures import Settings

from agencies.models import Agency, User
from reports import lifecycle
from reports.exporting.official import FORMATS, export
from reports.importing.read import read_report
from reports.models import Finding, PendingImport, Version
from reports.standard import CURRENT, EDITIONS
from reports.standard.counterparts import counterparts
from reports.standard.elements import Edition
from tests.intake.test_upload import page_of, send, text_of
from tests.published import publish

CONSULTED = "disclosure.normative_documents.consulted"
PERMITS, LICENSING = "disclosure.permits.decisions", "disclosure.licensing.decisions"
WITHDRAWN = "applications.other_withdrawn.natural_person"
OUTLOOK = "明年重点公开惠民政策。"
FIGURES = {CONSULTED: 41, PERMITS: 43, WITHDRAWN: 2}
FIGURES |= dict.fromkeys(("applications.other_withdrawn.total", "applications.concluded.natural_person"), 2)
FIGURES |= dict.fromkeys(("applications.concluded.total", "applications.received.natural_person"), 2)
FIGURES |= {"applications.received.total": 2}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def early_in_2028() -> Iterator[None]:
    with time_machine.travel("2028-01-15T10:00:00+08:00"):
        yield


@pytest.fixture(autouse=True)
def folders(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT, settings.DATA_ROOT = str(tmp_path / "originals"), tmp_path / "data"


@pytest.fixture
def of_2026(township: Agency) -> Version:
    return publish(township, 2026, {LICENSING: 37}, overview="总体情况。")


@pytest.fixture
def filed(of_2026: Version, township: Agency, clerk: User, supervisor: User, clerk_client: Client) -> Version:
    """Entered in the form, submitted and published."""
    draft = lifecycle.start_draft(township, 2027, clerk)
    address = reverse("draft", args=[township.code, 2027])
    page = text_of(clerk_client.get(address))
    assert all(f'name="{name}"' in page for name in (*FIGURES, "outlook"))
    assert "七、下一年度工作安排" in page
    assert 'data-last="37"' in page, "last year's figure stands under the key that it has now"
    sent = dict.fromkeys(CURRENT.figures, "0") | {key: str(number) for key, number in FIGURES.items()}
    sent |= {"outlook": OUTLOOK, "overview": "总体情况。", "problems": "问题。", "other": "无。"}
    sent |= {"revision": draft.revision, "act": "submit", "zero_meant": "1"}
    response = clerk_client.post(address, sent)
    assert response.status_code == 302, text_of(response)
    return lifecycle.publish(Version.objects.get(pk=draft.pk), supervisor)


def test_what_is_filed_is_checked_and_published(filed: Version, of_2026: Version) -> None:
    assert EDITIONS["2021"].last_year == 2026
    assert (filed.edition, filed.state) == ("2027", "published")
    assert {key: filed.figures[key] for key in FIGURES} == FIGURES
    assert filed.narrative["outlook"] == OUTLOOK
    assert not Finding.objects.filter(version=filed, severity="error").exists()


def test_its_equations_are_checked_with_the_new_row(township: Agency) -> None:
    version = publish(township, 2027, FIGURES | {WITHDRAWN: 1})
    assert set(version.findings.values_list("rule", "where")) == {
        ("row_total", "applications.other_withdrawn"),
        ("results_total", "applications.concluded.natural_person"),
    }


def test_a_document_of_it_is_imported(township: Agency, clerk_client: Client) -> None:
    send(clerk_client, page_of(year=2027, figures=FIGURES))
    pending = PendingImport.objects.get()
    assert pending.parsed["edition"] == "2027"
    assert pending.parsed["problems"] == []
    page = text_of(clerk_client.get(reverse("preview", args=[pending.pk])))
    assert 'name="outlook"' in page
    answer = clerk_client.post(
        reverse("preview", args=[pending.pk]), {"act": "confirm", "revision": pending.changed_at.isoformat()}
    )
    assert answer.status_code == 302, text_of(answer)
    stored = Version.objects.get(report__year=2027)
    assert {key: stored.figures[key] for key in FIGURES} == FIGURES
    assert "本年无" in stored.narrative["outlook"]


def test_a_document_of_the_edition_before_is_still_that(of_2026: Version) -> None:
    for format in FORMATS:
        file, _type = export(of_2026, format)
        parsed = read_report(file, f"report.{format}")
        assert (parsed.edition, parsed.figures) == ("2021", of_2026.figures), format
        assert not [problem for problem in parsed.problems if "outlook" in problem.where]


def test_every_format_is_read_back_as_it_was(filed: Version) -> None:
    for format in FORMATS:
        file, _type = export(filed, format)
        parsed = read_report(file, f"report.{format}")
        assert (parsed.edition, parsed.figures) == ("2027", filed.figures), format
        assert parsed.narrative["outlook"] == OUTLOOK, format


def test_commands_export_and_import_it(filed: Version, tmp_path: Path) -> None:
    folder = tmp_path / "exported"
    for format in FORMATS:
        call_command("export_reports", format=format, out=folder / format, stdout=io.StringIO())
    out = io.StringIO()
    call_command("import_reports", folder, dry_run=True, format="jsonl", stdout=out, stderr=io.StringIO())
    read = [json.loads(line) for line in out.getvalue().splitlines()]
    new = [report for report in read if report["year"] == 2027]
    assert len(new) == len(list(FORMATS))
    assert all(report["edition"] == "2027" and report["figures"][CONSULTED] == 41 for report in new)
    assert all(report["narrative"]["outlook"] == OUTLOOK for report in new)


def test_the_years_are_compared_across_the_editions(filed: Version, reader: Client, township: Agency) -> None:
    assert counterparts((PERMITS,), "2027", "2021") == (LICENSING,)
    assert counterparts((PERMITS,), "2027", "2019") == (LICENSING,)
    asked = {"agency": township.code, "year": ["2026", "2027"], "figure": [PERMITS, CONSULTED, "otherwise_rate"]}
    page = text_of(reader.get(reverse("compare"), asked))
    assert "37" in page
    assert "43" in page
    assert "41" in page
    answer = reader.get(reverse("api_compare"), asked)
    assert answer.status_code == 200, answer.content
    assert b"43" in answer.content


def test_the_new_cells_stand_wherever_figures_stand(filed: Version, reader: Client, township: Agency) -> None:
    assert CONSULTED in reader.get(reverse("api_figures")).content.decode()
    one = reader.get(reverse("api_report", args=[township.code, 2027])).json()
    assert one["figures"][CONSULTED] == 41
    assert one["narrative"]["outlook"] == OUTLOOK
    page = text_of(reader.get(reverse("report", args=[township.code, 2027])))
    assert all(text in page for text in ("公开征求意见件数", "4.申请人撤回申请", "行政许可事项", OUTLOOK))
    for form in ("csv", "xlsx", "jsonl"):
        answer = reader.get(reverse("list_download", args=[form]))
        assert answer.status_code == 200
        content = b"".join(answer)
        if form != "xlsx":
            assert CONSULTED.encode() in content
    found = text_of(reader.get(reverse("report_list"), {"text": "惠民政策"}))
    assert "青山镇人民政府" in found


# ---- every address ----


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            if each.app_name != "admin":
                yield from _patterns(each)
        else:
            yield each


NOT_TO_BE_OPENED = {"source", "source_view", "source_page", "texts", "extension"}
"""These show a file, a twin text or an application of an office; the report has none."""
FORMS = {"circular": "docx", "region_file": "csv", "nation_file": "csv", "list_download": "csv"}
QUERIES = {
    "suggestions": {"q": "青山"},
    "search": {"q": "青山"},
    "compare": {"agency": "990101101000"},
    "compare_file": {"agency": "990101101000"},
    "api_compare": {"agency": "990101101000", "figure": "received"},
}


def _address(name: str, values: dict[str, Any]) -> str | None:
    for names in ((), ("code", "year"), ("code", "year", "form"), ("code",), ("code", "form"), ("form",), ("pk",)):
        try:
            return reverse(name, kwargs={each: values[each] for each in names})
        except NoReverseMatch:
            continue
    return None


def test_every_page_and_every_address_of_the_api_opens(
    filed: Version, township: Agency, clerk_client: Client, supervisor_client: Client, reader: Client
) -> None:
    publish(township, 2025, {"applications.received.total": 1})
    call_command("publish_data", stdout=io.StringIO())
    finding = Finding.objects.first()
    assert finding is not None
    opened = set()
    for pattern in _patterns(get_resolver()):
        name = pattern.name or ""
        if not name or name in NOT_TO_BE_OPENED:
            continue
        code = "990101000000" if "region" in name else township.code
        values = {"code": code, "year": 2027, "form": FORMS.get(name, "csv"), "pk": finding.pk}
        address = _address(name, values)
        if address is None:
            continue
        answers = [client.get(address, QUERIES.get(name, {})) for client in (reader, clerk_client, supervisor_client)]
        statuses = {answer.status_code for answer in answers}
        assert max(statuses) < 500, (name, address, statuses)
        if 200 in statuses:
            opened.add(name)
    assert opened >= {
        *(
            "home",
            "report_list",
            "report",
            "versions",
            "download",
            "agency",
            "compare",
            "compare_file",
            "rates",
            "rules",
        ),
        *(
            "regions",
            "region",
            "region_file",
            "nation_file",
            "search",
            "filing",
            "draft",
            "history",
            "review",
            "progress",
        ),
        *("circular", "finding", "datasets", "list_download"),
        *("api", "api_divisions", "api_agencies", "api_agency", "api_reports", "api_report", "api_compare"),
        *("api_regions", "api_region", "api_figures", "api_schema", "api_docs"),
    }, opened


def test_every_rule_has_its_page_and_its_example(reader: Client, db: None) -> None:
    from reports.checks.rules import RULES

    for code in RULES:
        answer = reader.get(reverse("rule", args=[code]))
        assert answer.status_code == 200, code


def test_the_form_is_the_one_in_force_and_the_older_ones_are_chained() -> None:
    chain: list[Edition] = list(EDITIONS.values())
    assert [edition.name for edition in chain] == ["2019", "2021", "2027"]
    assert CURRENT is chain[-1]
