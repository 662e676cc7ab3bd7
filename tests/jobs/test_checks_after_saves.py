"""Saves and checks by real processes on either database: whoever saves has his answer while a long text is being checked, and a
check whose process was killed is done by another one."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from reports.models import Finding, PendingCheck, Version
from samples.contents import FOLDER
from tests.jobs.site import ALIAS, Site, own_site, wait_until

pytestmark = pytest.mark.slow

SAVE = """
from agencies.models import Agency
from reports import lifecycle
from reports.standard import CURRENT
agency = Agency.objects.filter(owes_report=True).order_by("pk")[{agency}]
draft = lifecycle.start_draft(agency, 2023, None)
lifecycle.save_draft(draft, dict.fromkeys(CURRENT.figures, 0), {{"overview": {text}}}, None)
"""
LONG = "'本年收到申请5件。' + '㈠' * 33_000"

CHECK = """
import dataclasses, os, pathlib, signal, time
from reports.checks.rules import RULES
from reports.findings import pending
rule = RULES["narrative_figure"]
def check(*given):
    {does}
    return rule.check(*given)
RULES["narrative_figure"] = dataclasses.replace(rule, check=check)
pending.check_pending()
"""
DIES = "os.kill(os.getpid(), signal.SIGKILL)"
WAITS = """pathlib.Path({begun!r}).touch()
    while not pathlib.Path({go_on!r}).exists(): time.sleep(0.02)"""


@pytest.fixture
def site(transactional_db: None, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    # The test database stays unused, but tells which kind of database is wanted.
    with django_db_blocker.unblock(), own_site(tmp_path) as own:
        own.manage("load_divisions", str(FOLDER / "register.csv"))
        yield own


def found() -> list[str]:
    return list(Finding.objects.using(ALIAS).values_list("rule", flat=True))


def start(site: Site, program: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(site.command("shell", "-c", program), env=site.environment)


def test_a_check_whose_process_was_killed_is_done_by_the_next_worker(site: Site) -> None:
    site.manage("shell", "-c", SAVE.format(agency=0, text=LONG))
    assert PendingCheck.objects.using(ALIAS).count() == 1
    killed = start(site, CHECK.format(does=DIES))
    assert killed.wait(60) == -9
    assert PendingCheck.objects.using(ALIAS).exists()
    assert found() == []
    site.start_worker()
    wait_until(lambda: not PendingCheck.objects.using(ALIAS).exists())
    assert found() == ["narrative_figure"]


def test_others_save_while_a_long_text_is_being_checked(site: Site, tmp_path: Path) -> None:
    site.manage("shell", "-c", SAVE.format(agency=0, text=LONG))
    begun, go_on = tmp_path / "begun", tmp_path / "go-on"
    checking = start(site, CHECK.format(does=WAITS.format(begun=str(begun), go_on=str(go_on))))
    try:
        wait_until(begun.exists)
        site.manage("shell", "-c", SAVE.format(agency=1, text="'本年没有收到申请。'"))
        site.manage("shell", "-c", SAVE.format(agency=0, text="'本年没有收到申请。'"))
        assert checking.poll() is None
        assert Version.objects.using(ALIAS).count() == 2
    finally:
        go_on.touch()
        checking.wait(60)
    wait_until(lambda: not PendingCheck.objects.using(ALIAS).exists() or site.start_worker())
    assert found() == [], "what was found in the earlier text is not stored over the later one"
