"""`doctor` names what is missing, and only that."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from agencies.record import triggers
from reports.models import Source, Worker

pytestmark = pytest.mark.django_db


def doctor() -> tuple[int, str]:
    told = StringIO()
    try:
        call_command("doctor", stdout=told)
    except CommandError as error:
        return error.returncode, told.getvalue()
    return 0, told.getvalue()


@pytest.fixture
def worker() -> Worker:
    return Worker.objects.create(name="here:1")


@pytest.mark.usefixtures("worker")
def test_where_nothing_is_wrong_the_status_is_0() -> None:
    status, told = doctor()
    assert (status, "✗" in told) == (0, False), told


def test_a_silent_worker_is_missed() -> None:
    status, told = doctor()
    assert (status, "python manage.py work" in told) == (1, True)


@pytest.mark.usefixtures("worker")
def test_triggers_that_are_gone_are_missed() -> None:
    triggers.drop()
    status, told = doctor()
    triggers.install()
    assert (status, "reports_change" in told) == (1, True)


@pytest.mark.usefixtures("worker")
def test_an_original_that_is_gone_is_missed(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    Source.objects.create(name="年报.docx", size=1, sha256="0" * 64, file="00/0000")
    status, told = doctor()
    assert (status, "年报.docx" in told) == (1, True)


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize(
    ("name", "value", "told"),
    [("DEBUG", True, "DEBUG=0"), ("SECRET_KEY", "short", "SECRET_KEY"), ("PROXIES", 0, "PROXIES")],
)
def test_dangerous_settings_of_a_public_site_are_named(settings: Settings, name: str, value: object, told: str) -> None:
    settings.ALLOWED_HOSTS = ["nianbao.example"]
    settings.DEBUG, settings.SECRET_KEY, settings.PROXIES = False, "k" * 60, 1
    settings.SECURE_SSL_REDIRECT = True
    assert doctor()[0] == 0
    setattr(settings, name, value)
    status, output = doctor()
    assert (status, told in output) == (1, True), output
