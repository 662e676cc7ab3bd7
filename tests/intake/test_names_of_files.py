"""A file's name belongs to its upload: who brings the same bytes under another name sees his own name, and never the other."""

from __future__ import annotations

import hashlib
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from lxml import html
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks, Settings

from agencies.models import Agency, User
from reports.importing.read import read_report
from reports.intake import commit
from reports.models import PendingImport, Report, Source
from reports.originals.keeping import forget_unused, keep_original, read_original
from tests.intake.test_upload import page_of, send

DATA = page_of("示例县某局")
OURS, THEIRS = "青山镇年报.html", "王五（13800000000）的年报.html"
SHA256 = hashlib.sha256(DATA).hexdigest()


@pytest.fixture(autouse=True)
def originals(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def saved_as(client: Client, address: str) -> str:
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == DATA  # type: ignore[attr-defined]
    return unquote(answer["Content-Disposition"])


def download_on(client: Client, page: str) -> str:
    """The address of the original to which a page leads."""
    (address,) = {
        link
        for link in html.fromstring(client.get(page).content.decode()).xpath('//a[contains(@href, "/sources/")]/@href')
        if link.startswith(f"/sources/{SHA256}/?")
    }
    return str(address)


def test_two_offices_bring_the_same_bytes_and_each_sees_its_own_name(
    township: Agency, clerk_client: Client, outsider_client: Client, originals: Path
) -> None:
    send(outsider_client, DATA, THEIRS)
    send(clerk_client, DATA, OURS)
    assert len([path for path in originals.rglob(SHA256) if path.is_file()]) == 1, "the bytes are kept once"
    for client, own, foreign in ((clerk_client, OURS, "王五"), (outsider_client, THEIRS, "青山镇年报")):
        pending = next(one for one in PendingImport.objects.all() if one.source.name == own)
        pages = [reverse("preview", args=[pending.pk]), reverse("upload"), reverse("source_view", args=[SHA256])]
        for page in pages:
            shown = client.get(page).content.decode()
            assert own in shown, page
            assert foreign not in shown, page
        assert own in saved_as(client, download_on(client, pages[0]))
        assert own in saved_as(client, reverse("source", args=[SHA256]))


def test_nobody_asks_for_the_upload_of_another_office(
    township: Agency, clerk_client: Client, outsider_client: Client
) -> None:
    send(outsider_client, DATA, THEIRS)
    send(clerk_client, DATA, OURS)
    theirs = Source.objects.get(name=THEIRS)
    assert outsider_client.get(theirs.get_absolute_url()).status_code == 200
    for address in (theirs.get_absolute_url(), theirs.get_view_url()):
        assert clerk_client.get(address).status_code == 404
    for odd in ("0", "x", "-1", "9" * 40, "１", "²"):
        assert clerk_client.get(reverse("source", args=[SHA256]), {"upload": odd}).status_code == 404


def test_each_public_report_hands_out_the_file_under_its_own_name(
    township: Agency, other_township: Agency, reader: Client
) -> None:
    for agency, name in ((other_township, THEIRS), (township, OURS)):
        commit.store(read_report(DATA, name), DATA, name, agency=agency)
    for agency, own, foreign in ((township, OURS, "王五"), (other_township, THEIRS, "青山镇年报")):
        page = reverse("report", args=[agency.code, 2023])
        shown = reader.get(page).content.decode()
        assert own in shown
        assert foreign not in shown
        assert own in saved_as(reader, download_on(reader, page))
        (origin, *_more) = html.fromstring(shown).xpath('//a[@class="origin"]/@href')
        place = reader.get(origin.partition("#")[0]).content.decode()
        assert own in place
        assert foreign not in place


def test_the_programs_and_the_files_of_a_report_know_no_other_name(
    township: Agency, other_township: Agency, reader: Client
) -> None:
    for agency, name in ((other_township, THEIRS), (township, OURS)):
        commit.store(read_report(DATA, name), DATA, name, agency=agency)
    addresses = [
        reverse("api_report", args=[township.code, 2023]),
        reverse("versions", args=[township.code, 2023]),
        reverse("proof", args=[township.code, 2023]),
        *(reverse("download", args=[township.code, 2023, form]) for form in ("json", "csv", "html")),
    ]
    for address in addresses:
        answer = reader.get(address)
        assert answer.status_code == 200
        assert "王五" not in answer.getvalue().decode()


def test_the_same_file_of_the_same_office_is_no_second_report(township: Agency, clerk: User) -> None:
    first = commit.store(read_report(DATA, OURS), DATA, OURS, clerk, agency=township)
    second = commit.store(read_report(DATA, OURS), DATA, "再传一次.html", clerk, agency=township)
    assert second.unchanged
    assert second.version == first.version
    report = Report.objects.get()
    assert report.published
    assert report.published.source
    assert report.published.source.name == OURS


def test_what_one_office_throws_away_the_other_keeps(
    township: Agency,
    clerk_client: Client,
    outsider_client: Client,
    originals: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    send(outsider_client, DATA, THEIRS)
    send(clerk_client, DATA, OURS)
    for name, left in ((OURS, 1), (THEIRS, 0)):
        with django_capture_on_commit_callbacks(execute=True):
            commit.discard(PendingImport.objects.get(source__name=name))
        assert len([path for path in originals.rglob(SHA256) if path.is_file()]) == left
        assert Source.objects.count() == left


@pytest.mark.django_db(transaction=True)
def test_bytes_that_come_anew_while_they_are_thrown_away_are_kept(township: Agency, originals: Path) -> None:
    """The one is committed between the other's commit and the deletion of the file."""
    keep_original(DATA, THEIRS, None)
    with transaction.atomic():
        # Runs first of what follows the commit.
        transaction.on_commit(lambda: keep_original(DATA, OURS, None) and None)
        forget_unused(SHA256)
    assert read_original(Source.objects.get(name=OURS)) == DATA
