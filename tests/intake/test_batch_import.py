"""A batch of files: the good ones are kept, the others listed with the reason, none lost and none doubled."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from pytest_django.fixtures import Settings

from agencies.models import Agency, User
from reports.intake import batch_import, commit
from reports.jobs.lease import acquire
from reports.jobs.starting import resume, stop
from reports.models import Batch, BatchFile, ImportStatus, JobState, PendingImport, Report, State, Version
from reports.originals.reading import document_of
from tests.intake.test_upload import page_of
from tests.jobs.batches import bring, sound_page, statuses, work_off, zipped
from tests.jobs.test_leases import abandon


@pytest.fixture(autouse=True)
def originals(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def told(batch: Batch) -> dict[str, str]:
    return dict(batch.files.values_list("name", "message"))


def test_a_supervisor_stores_what_is_in_order_as_published(township: Agency, supervisor: User) -> None:
    batch = work_off(bring(supervisor, {f"{year}.html": sound_page(year=year) for year in (2021, 2022, 2023)}))
    assert set(statuses(batch).values()) == {ImportStatus.STORED}
    assert (batch.job.state, batch.job.done, batch.job.total) == (JobState.DONE, 3, 3)
    assert Report.objects.published().count() == 3
    assert {file.version for file in batch.files.all()} == set(Version.objects.all())
    assert all(version.created_by == supervisor for version in Version.objects.all())


def test_what_was_read_is_kept_to_be_shown_whatever_became_of_it(township: Agency, clerk: User) -> None:
    files = {"draft.html": sound_page(), "elsewhere.html": sound_page("邻水县远山镇人民政府")}
    batch = work_off(bring(clerk, files))
    sources = [(file.pending or file.version).source for file in batch.files.all()]  # type: ignore[union-attr]
    assert [document_of(source) is not None for source in sources if source] == [True, True]


def test_a_clerk_stores_drafts_of_his_own_agency_and_the_others_wait(
    township: Agency, other_township: Agency, clerk: User
) -> None:
    files = {"自己的.html": sound_page(), "别人的.html": sound_page("示例县绿水镇人民政府")}
    batch = work_off(bring(clerk, files))
    assert statuses(batch) == {"自己的.html": ImportStatus.STORED, "别人的.html": ImportStatus.PENDING}
    assert Version.objects.get().state == State.DRAFT
    assert "您不能为示例省示例市示例县绿水镇人民政府导入报告" in told(batch)["别人的.html"]
    assert not Report.objects.filter(agency=other_township).exists()


def test_bad_files_are_named_with_the_reason_and_the_rest_goes_on(township: Agency, supervisor: User) -> None:
    archive = zipped(
        {
            "青山镇/2023.html": sound_page(),
            "坏.docx": b"PK\x03\x04broken",
            "空.txt": b"",
            "随笔.txt": "今天天气很好。".encode(),
            "../../etc/2022.html": sound_page(year=2022),
            "__MACOSX/._2023.html": b"x",
        }
    )
    batch = work_off(bring(supervisor, {"全县.zip": archive, "假.zip": b"PK\x03\x04 no archive", "2021.html": b""}))
    assert statuses(batch) == {
        "全县.zip/青山镇/2023.html": ImportStatus.STORED,
        "全县.zip/etc/2022.html": ImportStatus.STORED,
        "全县.zip/坏.docx": ImportStatus.FAILED,
        "全县.zip/空.txt": ImportStatus.FAILED,
        "全县.zip/随笔.txt": ImportStatus.FAILED,
        "假.zip": ImportStatus.FAILED,
        "2021.html": ImportStatus.FAILED,
    }
    reasons = told(batch)
    assert "没有年度报告" in reasons["全县.zip/随笔.txt"]
    assert "空" in reasons["全县.zip/空.txt"]
    assert all(reasons[name] for name, status in statuses(batch).items() if status == ImportStatus.FAILED)


def test_what_was_not_read_for_certain_waits_unless_it_was_asked_otherwise(township: Agency, supervisor: User) -> None:
    doubtful = page_of(figures={"applications.received.total": "规章000"})
    held = work_off(bring(supervisor, {"甲.html": doubtful}))
    (file,) = held.files.all()
    pending = PendingImport.objects.get()
    assert (file.status, file.pending) == (ImportStatus.PENDING, pending)
    assert file.doubts == len(pending.parsed["problems"]) > 0
    assert not Report.objects.exists()
    stored = work_off(bring(supervisor, {"甲.html": doubtful}, hold_doubtful=False))
    assert set(statuses(stored).values()) == {ImportStatus.STORED}
    again = work_off(bring(supervisor, {"甲.html": doubtful}))
    assert set(statuses(again).values()) == {ImportStatus.UNCHANGED}, "what was settled once is not asked again"


def test_what_needs_a_person_waits_and_its_line_follows_the_decision(township: Agency, supervisor: User) -> None:
    work_off(bring(supervisor, {"原来.html": sound_page()}))
    files = {"不同.html": page_of(), "无此机构.html": sound_page("示例县水务局"), "弃.html": sound_page("示例县林业局")}
    batch = work_off(bring(supervisor, files, hold_doubtful=False))
    assert set(statuses(batch).values()) == {ImportStatus.PENDING}
    assert "已有另一份报告" in told(batch)["不同.html"]
    assert "水务局" in told(batch)["无此机构.html"]
    conflict, _unknown, unwanted = batch.files.order_by("position")
    assert conflict.pending
    assert unwanted.pending
    version = commit.confirm(conflict.pending, township, supervisor, reason="更正")
    commit.discard(unwanted.pending)
    conflict.refresh_from_db()
    unwanted.refresh_from_db()
    assert (conflict.status, conflict.version) == (ImportStatus.STORED, version)
    assert unwanted.status == ImportStatus.FAILED


def test_the_same_file_twice_is_stored_once(township: Agency, supervisor: User) -> None:
    batch = work_off(bring(supervisor, {"甲.html": sound_page(), "乙.html": sound_page()}))
    assert statuses(batch) == {"甲.html": ImportStatus.STORED, "乙.html": ImportStatus.UNCHANGED}
    assert Version.objects.count() == 1


def test_the_bytes_are_thrown_away_when_all_is_done(township: Agency, supervisor: User, originals: Path) -> None:
    batch = bring(supervisor, {"全县.zip": zipped({"a.html": sound_page(), "b.html": b""}), "c.html": b"x"})
    place = batch.files.values_list("place", flat=True)[0]
    assert default_storage.exists(place)
    work_off(batch)
    assert [path for path in (originals / batch_import.FOLDER).rglob("*") if path.is_file()] == []
    assert not default_storage.exists(place)


def test_stopped_and_resumed_it_goes_on_where_it_was(township: Agency, supervisor: User) -> None:
    batch = bring(supervisor, {f"{year}.html": sound_page(year=year) for year in (2021, 2022)})
    stop(batch.job)
    assert work_off(batch).job.state == JobState.STOPPED
    assert not Version.objects.exists()
    resume(batch.job)
    assert work_off(batch).job.state == JobState.DONE
    assert Version.objects.count() == 2


def test_a_file_that_kills_its_worker_every_time_is_left_out(township: Agency, supervisor: User) -> None:
    batch = bring(supervisor, {"毒.html": sound_page(year=2022), "好.html": sound_page()})
    batch_import.mark_reading(BatchFile.objects.get(name="毒.html"))
    for _killed in range(3):
        assert acquire(batch.job_id) is not None
        abandon(batch.job)
    batch = work_off(batch)
    assert statuses(batch) == {"毒.html": ImportStatus.FAILED, "好.html": ImportStatus.STORED}
    assert (batch.job.state, batch.job.done) == (JobState.DONE, 2)


def test_a_fault_of_ours_is_told_as_ours_and_stops_nothing(
    township: Agency, supervisor: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stored = commit.store

    def store_but_2022(parsed: commit.ParsedReport, *args: object, **named: object) -> commit.ImportOutcome:
        outcome = stored(parsed, *args, **named)  # type: ignore[arg-type]
        if parsed.year == 2022:
            raise ZeroDivisionError
        return outcome

    monkeypatch.setattr(commit, "store", store_but_2022)
    batch = work_off(bring(supervisor, {f"{year}.html": sound_page(year=year) for year in (2022, 2023)}))
    assert statuses(batch) == {"2022.html": ImportStatus.FAILED, "2023.html": ImportStatus.STORED}
    assert "不是您的差错" in told(batch)["2022.html"]
    assert Version.objects.count() == 1, "what broke off half-way leaves nothing"
    assert "ZeroDivisionError" in caplog.text
