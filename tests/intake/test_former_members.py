"""What was brought belongs to the office: a colleague sees it and decides, whoever has left sees it no more."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from agencies.models import Agency, Membership, Role, User
from reports.intake.single_import import start_reading
from reports.models import Job, JobState, PendingImport, Source
from tests.conftest import signed_in, user
from tests.intake.test_upload import page_of, send
from tests.jobs.batches import bring, sound_page, work_off

NOBODYS = "示例县水务局"
"""No agency of the register: nothing but the office that brought such a file can tell who may decide about it."""


@pytest.fixture(autouse=True)
def originals(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def leave(person: User) -> None:
    Membership.objects.filter(user=person).delete()


@pytest.fixture
def pending(clerk_client: Client) -> PendingImport:
    send(clerk_client, page_of(NOBODYS))
    return PendingImport.objects.get()


@pytest.fixture
def addresses(pending: PendingImport, clerk: User) -> list[str]:
    """Every address of what the clerk brought: a file that waits, a batch, a reading."""
    sha256 = Source.objects.get().sha256
    batch = bring(clerk, {"谁.html": sound_page(NOBODYS)})
    reading = start_reading(page_of(NOBODYS, 2022), "年报.html", clerk)
    return [
        reverse("source", args=[sha256]),
        reverse("source_view", args=[sha256]),
        reverse("preview", args=[pending.pk]),
        reverse("batch", args=[batch.pk]),
        reverse("batch_files", args=[batch.pk]),
        reverse("reading", args=[reading.pk]),
    ]


def test_a_colleague_sees_what_an_office_brought_and_whoever_has_left_does_not(
    addresses: list[str],
    clerk: User,
    clerk_client: Client,
    colleague_client: Client,
    supervisor_client: Client,
    outsider_client: Client,
) -> None:
    leave(clerk)
    for address in addresses:
        assert colleague_client.get(address).status_code == 200, address
        assert supervisor_client.get(address).status_code == 200, address
        assert clerk_client.get(address).status_code == 404, address
        assert outsider_client.get(address).status_code == 404, address


@pytest.mark.parametrize("role", Role.values)
def test_a_role_elsewhere_opens_nothing_of_the_office_that_was_left(
    role: str, addresses: list[str], clerk: User, clerk_client: Client, foreign_township: Agency
) -> None:
    leave(clerk)
    Membership.objects.create(user=clerk, agency=foreign_township, role=role)
    for address in addresses:
        assert clerk_client.get(address).status_code == 404, address
    for page in ("filing", "upload", "batches"):
        shown = clerk_client.get(reverse(page)).content.decode()
        assert not [address for address in addresses if f'"{address}' in shown], page


@pytest.mark.parametrize("page", ["filing", "upload"])
def test_the_lists_are_those_of_the_office(
    page: str, pending: PendingImport, clerk: User, clerk_client: Client, colleague_client: Client
) -> None:
    address = reverse("preview", args=[pending.pk])
    leave(clerk)
    assert address in colleague_client.get(reverse(page)).content.decode()
    assert address not in clerk_client.get(reverse(page)).content.decode()


@pytest.mark.parametrize("act", ["save", "confirm", "discard", "create", "take.all.file"])
def test_whoever_has_left_decides_nothing(act: str, pending: PendingImport, clerk: User, clerk_client: Client) -> None:
    leave(clerk)
    before = PendingImport.objects.values().get()
    sent = {"act": act, "revision": "0", "agency": "990101101000", "year": "2020"}
    assert clerk_client.post(reverse("preview", args=[pending.pk]), sent).status_code == 404
    assert PendingImport.objects.values().get() == before


def test_a_colleague_decides(pending: PendingImport, clerk: User, colleague_client: Client) -> None:
    leave(clerk)
    colleague_client.post(reverse("preview", args=[pending.pk]), {"act": "discard"})
    assert not PendingImport.objects.exists()


@pytest.mark.parametrize(
    "begin", [lambda by: bring(by, {"a.html": page_of()}).job, lambda by: start_reading(b"x", "a.html", by)]
)
def test_a_job_is_stopped_and_resumed_by_the_office(
    begin: Callable[[User], Job], clerk: User, clerk_client: Client, colleague_client: Client
) -> None:
    job = begin(clerk)
    address = reverse("batch", args=[job.batch.pk]) if hasattr(job, "batch") else reverse("reading", args=[job.pk])
    leave(clerk)
    assert clerk_client.post(address, {"act": "stop"}).status_code == 404
    assert Job.objects.get().state == JobState.WAITING
    colleague_client.post(address, {"act": "stop"})
    assert Job.objects.get().state == JobState.STOPPED
    assert clerk_client.post(address, {"act": "resume"}).status_code == 404
    assert Job.objects.get().state == JobState.STOPPED


def test_what_waits_of_a_batch_is_the_offices_even_where_its_bringer_left_before_it_was_read(
    clerk: User, colleague_client: Client, clerk_client: Client
) -> None:
    batch = bring(clerk, {"谁.html": sound_page(NOBODYS)})
    leave(clerk)
    work_off(batch)
    address = reverse("preview", args=[PendingImport.objects.get().pk])
    assert colleague_client.get(address).status_code == 200
    assert clerk_client.get(address).status_code == 404


def test_a_clerk_beside_the_supervisor_sees_nothing_of_what_he_brought_for_others(
    supervisor: User, supervisor_client: Client, county: object, township: Agency
) -> None:
    """His files may be those of any township, hers are those of her own office."""
    office = Membership.objects.get(user=supervisor).agency
    clerk = signed_in(user("county-clerk", office, Role.CLERK))
    successor = signed_in(user("successor", office, Role.SUPERVISOR))
    data = page_of(NOBODYS)
    send(supervisor_client, data)
    leave(supervisor)
    for address in (
        reverse("preview", args=[PendingImport.objects.get().pk]),
        reverse("source", args=[hashlib.sha256(data).hexdigest()]),
    ):
        assert clerk.get(address).status_code == 404
        assert supervisor_client.get(address).status_code == 404
        assert successor.get(address).status_code == 200


def test_the_same_file_brought_by_another_office_is_open_to_both_and_closed_to_a_third(
    clerk: User, clerk_client: Client, outsider_client: Client, reader: Client
) -> None:
    data = page_of(NOBODYS)
    send(clerk_client, data)
    send(outsider_client, data)
    address = reverse("source", args=[hashlib.sha256(data).hexdigest()])
    leave(clerk)
    assert [client.get(address).status_code for client in (outsider_client, clerk_client, reader)] == [200, 404, 404]


def test_what_somebody_of_two_offices_brings_is_the_affair_of_the_agency_that_it_names(
    clerk: User, clerk_client: Client, other_township: Agency
) -> None:
    Membership.objects.create(user=clerk, agency=other_township, role=Role.CLERK)
    send(clerk_client, page_of(other_township.name))
    pending = PendingImport.objects.get()
    assert pending.office == other_township
    Membership.objects.filter(user=clerk, agency=other_township).delete()
    assert clerk_client.get(reverse("preview", args=[pending.pk])).status_code == 404
