"""A file is uploaded, looked at, confirmed or thrown away; originals are handed out to those who may have them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from agencies.models import Agency, Division, User
from reports import lifecycle
from reports.jobs.running import run_job
from reports.jobs.starting import MAX_UNDER_WAY, start
from reports.models import Job, JobKind, PendingImport, Report, Source, Version
from reports.originals.belonging import MARK
from reports.sheets.layout import placed_table
from reports.standard import CURRENT
from tests.pages import text_of
from tests.samples.made_files import SAMPLES

CHANGED = {"applications.received.natural_person": 1, "applications.received.total": 1}


@pytest.fixture(autouse=True)
def originals(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def page_of(agency: str = "示例县青山镇人民政府", year: int = 2023, figures: Mapping[str, object] = CHANGED) -> bytes:
    """A report as a web page, drawn from the declared form."""
    parts = [f"<h1>{agency}{year}年政府信息公开工作年度报告</h1>"]
    for chapter in CURRENT.chapters:
        parts.append(f"<h2>{chapter.heading}</h2>")
        if not chapter.has_table:
            parts.append("<p>本年无&lt;b&gt;其他&lt;/b&gt;情况。<script>alert(1)</script></p>")
            continue
        parts.append("<table>")
        for line in placed_table(CURRENT.table(chapter.key)).rows:
            cells = (
                f"<td colspan={cell.colspan} rowspan={cell.rowspan}>"
                f"{figures.get(cell.figure.key, 0) if cell.figure else cell.text}</td>"
                for cell in line
            )
            parts.append(f"<tr>{''.join(cells)}</tr>")
        parts.append("</table>")
    return f"<!doctype html><html><meta charset=utf-8><body>{''.join(parts)}</body></html>".encode()


def send(client: Client, data: bytes, name: str = "年报.html") -> HttpResponse:
    """The answer once the file is read: the way to its preview, or the reason why there is none."""
    return after_reading(client, client.post(reverse("upload"), {"file": SimpleUploadedFile(name, data)}))


def after_reading(client: Client, answer: Any) -> HttpResponse:
    """What the page of the reading answers when a worker is done with it, in this process."""
    if answer.status_code != 302:
        return answer  # type: ignore[no-any-return]
    run_job.func(Job.objects.latest("pk").pk)
    return client.get(answer["Location"])  # type: ignore[return-value]


@pytest.fixture
def pending(township: Agency, clerk_client: Client) -> PendingImport:
    send(clerk_client, page_of())
    return PendingImport.objects.get()


# ---- bringing a file ----


def test_nothing_of_the_report_is_stored_before_it_is_confirmed(township: Agency, clerk_client: Client) -> None:
    answer = send(clerk_client, page_of())
    pending = PendingImport.objects.get()
    assert answer["Location"] == reverse("preview", args=[pending.pk])
    assert not Report.objects.exists()
    page = text_of(clerk_client.get(answer["Location"]))
    assert "示例县青山镇人民政府 2023" in page
    assert "本年新收 1 件" in page
    assert f'value="{township.code}" id="agency-{township.code}" checked' in page
    assert not Report.objects.exists()


def test_the_preview_shows_the_text_of_the_file_and_never_its_html(
    pending: PendingImport, clerk_client: Client
) -> None:
    page = clerk_client.get(reverse("preview", args=[pending.pk])).content.decode()
    assert "alert(1)" not in page.replace("&lt;script&gt;alert(1)", "")
    assert "<b>其他</b>" not in page
    assert "&lt;b&gt;其他&lt;/b&gt;" in page


def test_a_figure_leads_to_its_place_in_the_file(pending: PendingImport, clerk_client: Client) -> None:
    page = text_of(clerk_client.get(reverse("preview", args=[pending.pk])))
    place = pending.parsed["places"]["applications.received.total"]
    anchor = f"g{place['grid']}-{place['row']}-{place['column']}"
    assert f'href="#{anchor}"' in page
    assert f'id="{anchor}">1</td>' in page


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "空.docx", "空"),
        (b"PK\x03\x04broken", "坏.docx", "损坏"),
        ("今天天气很好。".encode(), "随笔.txt", "没有年度报告"),
        (b"\x00\x01\x02" * 50, "乱.pdf", "乱.pdf"),
    ],
)
def test_a_file_that_is_no_report_is_answered_and_leaves_nothing(
    data: bytes, name: str, said: str, township: Agency, clerk_client: Client, originals: Path
) -> None:
    answer = send(clerk_client, data, name)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert name in text_of(answer)
    assert not PendingImport.objects.exists()
    assert not Source.objects.exists()
    assert not [path for path in originals.rglob("*") if path.is_file() and path.name != MARK]


def test_without_a_file_the_form_asks_for_one(township: Agency, clerk_client: Client) -> None:
    answer = clerk_client.post(reverse("upload"))
    assert answer.status_code == 422
    assert "请先选择一个文件" in text_of(answer)


def test_who_files_for_nobody_cannot_upload(township: Agency, reader: Client, client: Client) -> None:
    assert reader.get(reverse("upload")).status_code == 302
    client.force_login(User.objects.create_user("nobody"))
    assert client.get(reverse("upload")).status_code == 403
    assert send(client, page_of()).status_code == 403


# ---- watching how it is read ----


@pytest.fixture
def uploaded(township: Agency, clerk_client: Client) -> str:
    """The address of the page of a reading that no worker has begun."""
    answer = clerk_client.post(reverse("upload"), {"file": SimpleUploadedFile("年报.html", page_of())})
    return answer["Location"]


def test_an_upload_is_taken_in_and_read_by_nobody_but_a_worker(uploaded: str, clerk_client: Client) -> None:
    page = clerk_client.get(uploaded)
    assert page.status_code == 200
    assert "排队中" in text_of(page)
    assert '<meta http-equiv="refresh"' in page.content.decode(), "without scripts it comes to know, too"
    assert f'href="{uploaded}"' in clerk_client.get(reverse("upload")).content.decode()
    assert not PendingImport.objects.exists()
    run_job.func(Job.objects.get().pk)
    pending = PendingImport.objects.get()
    assert clerk_client.get(uploaded)["Location"] == reverse("preview", args=[pending.pk])
    watching = clerk_client.get(uploaded, headers={"HX-Request": "true"})
    assert watching["HX-Redirect"] == uploaded, "a script loads the whole page anew"
    assert f'href="{uploaded}"' not in clerk_client.get(reverse("upload")).content.decode()


def test_nobody_else_watches_a_reading(uploaded: str, outsider_client: Client, reader: Client) -> None:
    assert outsider_client.get(uploaded).status_code == 404
    assert reader.get(uploaded).status_code == 302


def test_a_reading_is_stopped_and_gone_on_with(uploaded: str, clerk_client: Client) -> None:
    clerk_client.post(uploaded, {"act": "stop"})
    run_job.func(Job.objects.get().pk)
    assert "已停止" in text_of(clerk_client.get(uploaded))
    clerk_client.post(uploaded, {"act": "resume"})
    run_job.func(Job.objects.get().pk)
    assert PendingImport.objects.count() == 1


def test_a_file_that_takes_its_worker_down_each_time_is_given_up(uploaded: str, clerk_client: Client) -> None:
    Job.objects.update(attempts=3)
    run_job.func(Job.objects.get().pk)
    answer = clerk_client.get(uploaded)
    assert answer.status_code == 422
    assert "程序一再中断" in text_of(answer)


def test_a_page_says_when_no_worker_runs(uploaded: str, clerk_client: Client) -> None:
    assert "后台程序似乎没有运行" not in text_of(clerk_client.get(uploaded))
    Job.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    assert "后台程序似乎没有运行" in text_of(clerk_client.get(uploaded))


def test_who_has_many_files_waiting_is_told_to_wait(uploaded: str, clerk: User, clerk_client: Client) -> None:
    for _number in range(MAX_UNDER_WAY):
        start(JobKind.PREVIEW, clerk)
    answer = send(clerk_client, page_of())
    assert answer.status_code == 429
    assert "没有处理完" in text_of(answer)


# ---- deciding about it ----


def test_a_clerk_confirms_a_draft_of_the_own_agency(
    pending: PendingImport, township: Agency, clerk_client: Client
) -> None:
    sent = {"act": "confirm", "agency": township.code, "keep": "published"}
    answer = clerk_client.post(reverse("preview", args=[pending.pk]), sent)
    assert answer["Location"] == reverse("draft", args=[township.code, 2023])
    version = Version.objects.get()
    assert version.state == "draft", "a clerk does not publish, whatever is asked"
    assert version.figures["applications.received.total"] == 1
    assert version.source
    assert version.source.name == "年报.html"
    assert not PendingImport.objects.exists()
    again = clerk_client.post(reverse("preview", args=[pending.pk]), sent, follow=True)
    assert "已经处理" in text_of(again)
    assert Version.objects.count() == 1


def test_a_clerk_cannot_import_for_another_agency(
    pending: PendingImport, other_township: Agency, clerk_client: Client
) -> None:
    answer = clerk_client.post(reverse("preview", args=[pending.pk]), {"act": "confirm", "agency": other_township.code})
    assert answer.status_code == 422
    assert "您不能为绿水镇人民政府导入报告" in text_of(answer)
    assert not Report.objects.exists()


def test_an_outsider_does_not_see_what_waits(pending: PendingImport, outsider_client: Client) -> None:
    address = reverse("preview", args=[pending.pk])
    assert outsider_client.get(address).status_code == 404
    assert outsider_client.post(address, {"act": "discard"}).status_code == 404
    assert PendingImport.objects.exists()


def test_a_supervisor_stores_what_was_published_elsewhere(
    pending: PendingImport, township: Agency, supervisor_client: Client
) -> None:
    sent = {"act": "confirm", "agency": township.code, "keep": "published"}
    answer = supervisor_client.post(reverse("preview", args=[pending.pk]), sent)
    assert answer["Location"] == reverse("report", args=[township.code, 2023])
    version = Version.objects.get()
    assert version.state == "published"
    assert version.findings.filter(rule="results_total").count() == 0
    assert version.findings.filter(rule="flow_balance").exists(), "as published stays as published, and flagged"


def test_discarding_forgets_the_file(pending: PendingImport, clerk_client: Client, originals: Path) -> None:
    clerk_client.post(reverse("preview", args=[pending.pk]), {"act": "discard"})
    assert not PendingImport.objects.exists()
    assert not Source.objects.exists()
    assert not Report.objects.exists()


def test_a_draft_in_work_is_not_overwritten(
    pending: PendingImport, township: Agency, clerk: User, clerk_client: Client
) -> None:
    lifecycle.start_draft(township, 2023, clerk)
    sent = {"act": "confirm", "agency": township.code}
    answer = clerk_client.post(reverse("preview", args=[pending.pk]), sent)
    assert answer.status_code == 422
    assert "与已存的报告不同，请逐处选择" in text_of(answer)
    assert PendingImport.objects.exists()
    assert set(Version.objects.get().figures.values()) == {None}


def test_an_unknown_agency_is_asked_for_and_registered_on_the_spot_by_who_may(
    township: Agency, county: Division, supervisor_client: Client, clerk_client: Client
) -> None:
    send(supervisor_client, page_of("示例县水务局"))
    address = reverse("preview", args=[PendingImport.objects.get().pk])
    answer = supervisor_client.post(address, {"act": "confirm", "agency": ""})
    assert "请先选定这份报告属于哪个机构" in text_of(answer)
    new = {"act": "create", "name": "示例县水务局", "division": county.code, "kind": "department", "owes_report": "on"}
    assert supervisor_client.post(address, new | {"revision": "another"}).status_code == 409
    assert not Agency.objects.filter(name="示例县水务局").exists(), "what changed meanwhile is looked at first"
    assert "990101000000-02" in text_of(supervisor_client.post(address, new, follow=True))
    agency = Agency.objects.get(name="示例县水务局")
    supervisor_client.post(address, {"act": "confirm", "keep": "published"})
    assert Report.objects.get().agency == agency, "what was registered is chosen already"


def test_nobody_registers_agencies_beyond_the_own_subtree(
    pending: PendingImport, other_county: Division, supervisor_client: Client, clerk_client: Client
) -> None:
    address = reverse("preview", args=[pending.pk])
    new = {"act": "create", "name": "邻水县水务局", "division": other_county.code, "kind": "department"}
    for client in (supervisor_client, clerk_client):
        client.post(address, new)
        assert not Agency.objects.filter(name="邻水县水务局").exists()


def test_the_preview_takes_few_queries(
    pending: PendingImport, clerk_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(16):
        clerk_client.get(reverse("preview", args=[pending.pk]))


# ---- originals ----


def test_an_original_is_private_until_a_public_report_rests_on_it(
    pending: PendingImport,
    township: Agency,
    clerk_client: Client,
    colleague_client: Client,
    outsider_client: Client,
    supervisor_client: Client,
    reader: Client,
) -> None:
    data = page_of()
    address = reverse("source", args=[hashlib.sha256(data).hexdigest()])
    assert reader.get(address).status_code == 404
    assert outsider_client.get(address).status_code == 404
    assert clerk_client.get(address).status_code == 200
    clerk_client.post(reverse("preview", args=[pending.pk]), {"act": "confirm", "agency": township.code})
    assert colleague_client.get(address).status_code == 200
    assert reader.get(address).status_code == 404
    version = Version.objects.get()
    Version.objects.filter(pk=version.pk).update(state="published")
    answer = reader.get(address)
    assert b"".join(answer.streaming_content) == data  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment")


def test_an_unknown_original_is_not_found(db: None, reader: Client) -> None:
    assert reader.get(reverse("source", args=["0" * 64])).status_code == 404


# ---- pasted text ----


def test_pasted_text_leads_to_the_same_preview(township: Agency, clerk_client: Client) -> None:
    text = SAMPLES["taoyao-2020"].file.read_text(encoding="utf-8-sig").replace("\n", "\r\n")
    answer = after_reading(clerk_client, clerk_client.post(reverse("upload"), {"text": text}))
    pending = PendingImport.objects.get()
    assert answer["Location"] == reverse("preview", args=[pending.pk])
    assert pending.parsed["year"] == 2020
    assert pending.source.name == "粘贴的文字.txt"
    assert clerk_client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(("text", "said"), [("", "请先把报告的文字粘贴"), ("今天天气很好。", "没有年度报告")])
def test_text_that_is_no_report_is_given_back_with_the_reason(
    text: str, said: str, township: Agency, clerk_client: Client
) -> None:
    answer = after_reading(clerk_client, clerk_client.post(reverse("upload"), {"text": text}))
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert f">{text}</textarea>" in text_of(answer)
    assert not PendingImport.objects.exists()
