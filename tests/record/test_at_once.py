"""Many act at once, and one is killed before he seals: chains stay whole, nothing is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from agencies.models import Agency, RecordEntry, RecordHead, User
from agencies.record.sealing import seal
from reports import lifecycle
from reports.models import Change
from tests.record.sealed import verify

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 8
ACTS = 4


def test_eight_people_at_several_reports_leave_every_chain_without_gaps(
    township: Agency, other_township: Agency, clerk: User
) -> None:
    """Some seal while the others act. On SQLite writers queue, so there one after the other says the same."""
    together = connection.vendor == "postgresql"
    barrier = Barrier(PEOPLE if together else 1)
    drafts = [
        lifecycle.start_draft(place, year, clerk) for place in (township, other_township) for year in (2022, 2023)
    ]

    def work(number: int) -> None:
        barrier.wait(timeout=30)
        try:
            for turn in range(ACTS):
                lifecycle.save_draft(drafts[(number + turn) % len(drafts)], {}, {"overview": f"{number}-{turn}"}, clerk)
                if number % 4 == 0:
                    seal()
        finally:
            if together:
                connection.close()

    if together:
        with ThreadPoolExecutor(PEOPLE) as pool:
            list(pool.map(work, range(PEOPLE)))
    else:
        for number in range(PEOPLE):
            work(number)
    seal()
    assert verify() == ""
    assert Change.objects.count() == RecordEntry.objects.count() == len(drafts) + PEOPLE * ACTS
    assert not RecordEntry.objects.filter(head=None).exists()
    for draft in drafts:
        chain = RecordEntry.objects.filter(chain=f"report:{draft.report.agency_id}/{draft.report.year}")
        assert list(chain.order_by("position").values_list("position", flat=True)) == list(range(1, chain.count() + 1))


def test_an_act_costs_two_more_queries(
    township: Agency, clerk: User, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    draft = lifecycle.start_draft(township, 2023, clerk)
    change = Change(version=draft, action="saved", made_by=clerk)
    # The row itself, the end of its chain, the next entry.
    with transaction.atomic(), django_assert_num_queries(3):  # type: ignore[operator]
        change.save()


KILLED = """
import os, signal, sys
import django
django.setup()
from django.db import transaction
from agencies.models import User
from reports import lifecycle
from reports.models import Report
from agencies.record import sealing

def killed(*args):
    os.kill(os.getpid(), signal.SIGKILL)

report = Report.objects.get()
lifecycle.save_draft(report.working, {}, {"overview": "存下了。"}, User.objects.get(username="clerk"))
sealing.sign = killed
sealing.seal()
"""


def test_who_is_killed_between_commit_and_seal_loses_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    database = f"sqlite:///{tmp_path_factory.mktemp('killed')}/db.sqlite3"
    settings = {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "RECORD_KEY": "01" * 32,
        "DEBUG": "1",
    }
    environment = os.environ | settings

    def manage(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments], env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    manage("migrate", "--verbosity", "0")
    manage("shell", "--no-imports", "-c", PREPARED)
    done = subprocess.run([sys.executable, "-c", KILLED], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert " 2 条还没有封存" in manage("verify_record")
    manage("seal_record")
    assert " 0 条还没有封存" in manage("verify_record")


PREPARED = """
from tests.conftest import agency, division, user
from agencies.models import Kind, Level, Role
from reports import lifecycle
place = division("990000000000", "示例省", Level.PROVINCE)
office = agency(place, "示例省人民政府", Kind.GOVERNMENT)
lifecycle.start_draft(office, 2023, user("clerk", office, Role.CLERK))
"""


def test_two_who_seal_at_once_make_one_row_of_heads(township: Agency, clerk: User) -> None:
    lifecycle.start_draft(township, 2023, clerk)
    together = connection.vendor == "postgresql"
    barrier = Barrier(2 if together else 1)

    def one(_number: int) -> int:
        barrier.wait(timeout=30)
        try:
            return len(seal())
        finally:
            if together:
                connection.close()

    if together:
        with ThreadPoolExecutor(2) as pool:
            made = sum(pool.map(one, range(2)))
    else:
        made = sum(map(one, range(2)))
    assert made == RecordHead.objects.count() == 1
    assert verify() == ""
