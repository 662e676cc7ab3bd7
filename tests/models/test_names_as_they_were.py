"""Whoever is renamed later did what was done under the name of the day, wherever that is told."""

from __future__ import annotations

import datetime

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignKey
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, User
from reports import lifecycle
from reports.deadlines.acts import ask_extension, decline_extension
from reports.jobs.starting import start
from reports.models import Decision, Extension, Finding, Job, JobKind
from reports.originals.keeping import keep_original
from tests.jobs.batches import bring, sound_page

YEAR = 2023
SHOWN_NOWHERE = {
    # Their names are in the changes, in the chain and with the upload.
    "reports.Version.created_by",
    "reports.PendingImport.created_by",
    "reports.Reminder.sent_by",
}
NO_ACT = {
    # Of whom it is, today.
    "agencies.Membership.user",
    "reports.Finding.assignee",
    "reports.Reminder.user",
}


def test_everything_that_names_an_account_keeps_the_name_beside_it() -> None:
    lacking = set()
    for model in [*apps.get_app_config("agencies").get_models(), *apps.get_app_config("reports").get_models()]:
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey) and field.related_model is User and not _has_name(model, field.name):
                lacking.add(f"{model._meta.app_label}.{model.__name__}.{field.name}")
    assert lacking == SHOWN_NOWHERE | NO_ACT
    assert settings.AUTH_USER_MODEL == "agencies.User"


def _has_name(model: type, field: str) -> bool:
    try:
        # The subject of a record of accounts stands in `username` and `name`.
        model._meta.get_field("username" if field == "user" else f"{field}_name")  # type: ignore[attr-defined]
    except FieldDoesNotExist:
        return False
    return True


@pytest.fixture
def renamed(clerk: User, supervisor: User) -> None:
    User.objects.filter(pk=clerk.pk).update(first_name="后来的名字", username="later")
    User.objects.filter(pk=supervisor.pk).update(first_name="后来的名字")


@pytest.fixture
def done(township: Agency, clerk: User, supervisor: User) -> None:
    User.objects.filter(pk=clerk.pk).update(first_name="王五")
    clerk.refresh_from_db()
    ask_extension(township, YEAR, datetime.date(YEAR + 1, 12, 1), "水灾", clerk)
    keep_original(b"x", "x.txt", clerk)
    start(JobKind.RECHECK, supervisor, total=1)
    draft = lifecycle.start_draft(township, YEAR, clerk)
    finding = Finding.objects.create(version=draft, rule="carry_over", severity="warning", fingerprint="1" * 64)
    lifecycle.decide(finding, supervisor, Decision.DISMISSED, "理由")


def test_the_pages_tell_the_name_of_the_day(
    township: Agency, done: None, renamed: None, supervisor_client: Client
) -> None:
    page = supervisor_client.get(reverse("extension", args=[township.pk, YEAR])).content.decode()
    assert "王五 于" in page
    assert "后来的名字 于" not in page
    finding = Finding.objects.get(rule="carry_over")
    with pytest.raises(lifecycle.Refused, match="supervisor刚刚处理了"):
        lifecycle.decide(finding, None, Decision.CONFIRMED, "理由", seen="open")


def test_the_rows_keep_the_name_of_the_day(township: Agency, clerk: User, done: None, supervisor: User) -> None:
    batch = bring(clerk, {"一.html": sound_page()})
    User.objects.update(first_name="后来的名字")
    assert Job.objects.get(kind=JobKind.RECHECK).started_by_name == "supervisor"
    assert Job.objects.get(pk=batch.job_id).started_by_name == "王五"
    decline_extension(township, YEAR, "已讲过", User.objects.get(pk=supervisor.pk))
    extension = Extension.objects.get()
    assert (extension.made_by_label, extension.decided_by_name) == ("王五", "后来的名字")
