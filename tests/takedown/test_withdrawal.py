"""A report is taken down whole and put back: who sees what of it, and that no total moves unsaid."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from agencies.models import Agency, User
from agencies.record.sealing import seal
from reports import lifecycle
from reports.importing.sandboxed import read_sandboxed
from reports.intake.commit import store
from reports.lifecycle.acts import Refused
from reports.models import Report, State, Version
from reports.takedown.acts import lift, take_down
from tests.jobs.batches import sound_page
from tests.lifecycle.reports import ONE_CASE_OPEN, ZEROS
from tests.published import publish
from tests.record.sealed import verify

YEAR = 2023
ADDRESSES = ("", "versions/", "?version=1", "?version=2", "download/json/", "download/pdf/?version=1")


@pytest.fixture
def report(township: Agency, clerk: User) -> Report:
    """Published and corrected once: one case."""
    first = lifecycle.save_draft(lifecycle.start_draft(township, YEAR, clerk), ZEROS, {"overview": "初稿。"}, clerk)
    first = lifecycle.publish(lifecycle.submit(first, clerk), clerk)
    second = lifecycle.start_correction(first.report, clerk, "漏报")
    second = lifecycle.save_draft(second, ONE_CASE_OPEN, {"overview": "特别的话。"}, clerk)
    lifecycle.publish(lifecycle.submit(second, clerk), clerk)
    return Report.objects.get(pk=first.report_id)


def statuses(reader: Client, report: Report) -> set[int]:
    return {reader.get(report.get_absolute_url() + rest).status_code for rest in ADDRESSES}


def states(report: Report) -> list[str]:
    return list(report.versions.order_by("number").values_list("state", flat=True))


def test_its_address_says_when_by_whom_and_why(report: Report, supervisor: User, reader: Client) -> None:
    take_down(report, supervisor, "误发了草稿")
    assert statuses(reader, report) == {410}
    page = reader.get(report.get_absolute_url()).content.decode()
    assert "由示例县人民政府撤下。理由：误发了草稿" in page
    told = reader.get(f"/api/v1/reports/{report.agency_id}/{YEAR}/")
    assert (told.status_code, "理由：误发了草稿" in told.json()["detail"]) == (410, True)
    assert reader.get(f"/record/proof/{report.agency_id}/{YEAR}/").status_code == 410


def test_lists_totals_and_search_leave_it_out_and_the_region_says_so(
    report: Report, supervisor: User, reader: Client
) -> None:
    region = "/regions/990101000000/?year=2023"
    before = reader.get("/regions/990101000000/").context["chosen"].values
    Report.objects.create(agency=Agency.objects.get(code="990101000000"), year=YEAR)
    publish(Agency.objects.get(code="990101000000-01"), YEAR)
    take_down(report, supervisor, "误发")
    shown = reader.get(region)
    assert [value for value, _blanks in shown.context["chosen"].values][:2] == [0, 0]
    assert "另有 1 份报告已被撤下" in shown.content.decode()
    assert report.agency.name not in reader.get("/reports/?year=2023").content.decode().partition("<table")[2]
    assert "texts" not in reader.get("/search/", {"q": "特别的话", "in": "texts"}).context["tables"]
    assert "已被撤下的年度" in reader.get(f"/agencies/{report.agency_id}/").content.decode()
    lift(report, supervisor, "查明无误")
    after = reader.get(region)
    assert "已被撤下" not in after.content.decode()
    assert after.context["chosen"].values == before
    assert "texts" in reader.get("/search/", {"q": "特别的话", "in": "texts"}).context["tables"]


def test_put_back_it_is_as_it_was(report: Report, supervisor: User, reader: Client) -> None:
    seal()
    before = states(report)
    take_down(report, supervisor, "误发")
    assert states(report) == [State.TAKEN_DOWN] * 2
    lift(report, supervisor, "查明无误")
    assert states(report) == before == [State.SUPERSEDED, State.PUBLISHED]
    assert statuses(reader, report) == {200}
    assert "撤下" not in reader.get(report.get_absolute_url()).content.decode().replace("撤下或隐去", "")
    seal()
    assert verify() == ""


def test_whoever_may_see_drafts_still_sees_it(
    report: Report, supervisor: User, clerk_client: Client, outsider_client: Client
) -> None:
    take_down(report, supervisor, "误发")
    for page in ("", "history/"):
        assert clerk_client.get(f"{report.get_filing_url()}{page}").status_code == 200
        assert outsider_client.get(f"{report.get_filing_url()}{page}").status_code == 404
    assert "已被主管部门撤下" in clerk_client.get(report.get_filing_url()).content.decode()


def test_its_agency_has_filed_and_publishes_anew_by_a_correction(
    report: Report, supervisor: User, clerk: User, supervisor_client: Client, reader: Client
) -> None:
    take_down(report, supervisor, "误发")
    with pytest.raises(Refused, match="已被撤下"):
        lifecycle.start_draft(report.agency, YEAR, clerk)
    progress = supervisor_client.get(f"/review/progress/?year={YEAR}").content.decode()
    assert (
        "催报" not in progress or report.agency.name not in progress.partition("逾期未报")[2].partition("</table>")[0]
    )
    draft = lifecycle.start_correction(report, clerk, "改正后重新公开")
    draft = lifecycle.save_draft(draft, {}, {"overview": "改正的话。"}, clerk)
    lifecycle.publish(lifecycle.submit(draft, clerk), supervisor)
    assert states(report) == [State.TAKEN_DOWN, State.TAKEN_DOWN, State.PUBLISHED]
    page = reader.get(report.get_absolute_url())
    assert (page.status_code, "撤下了此前公开的版本" in page.content.decode()) == (200, True)
    assert reader.get(f"{report.get_absolute_url()}?version=1").status_code == 410
    assert reader.get(f"{report.get_absolute_url()}?version=9").status_code == 404
    with pytest.raises(Refused, match="已有新的版本公开"):
        lift(report, supervisor, "查明无误")
    proof = reader.get(f"/record/proof/{report.agency_id}/{YEAR}/").json()
    opened = [entry for entry in proof["entries"] if any(name.startswith("published.") for name in entry["salts"])]
    assert len(opened) == 1, "what was taken down cannot be tried out"


def test_no_import_brings_it_back_by_itself(
    report: Report, supervisor: User, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    take_down(report, supervisor, "误发")
    page = sound_page(report.agency.name, YEAR)
    outcome = store(read_sandboxed(page, "a.html").parsed, page, "a.html", supervisor, agency=report.agency)
    assert (outcome.version, bool(outcome.pending)) == (None, True)
    assert not Version.objects.filter(report=report, state=State.PUBLISHED).exists()


def test_what_is_not_public_is_not_taken_down(township: Agency, clerk: User, supervisor: User) -> None:
    draft = lifecycle.start_draft(township, YEAR, clerk)
    with pytest.raises(Refused, match="没有公开"):
        take_down(draft.report, supervisor, "误发")
    with pytest.raises(Refused, match="没有被撤下"):
        lift(draft.report, supervisor, "查明无误")
