"""What is compared with a report that became public is checked soon after, even if the process dies between the two."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from agencies.models import Agency, User
from reports import lifecycle
from reports.findings import neighbours
from reports.models import NeighbourCheck, Version
from reports.standard import CURRENT

ZEROS: dict[str, Any] = dict.fromkeys(CURRENT.figures, 0)
CARRIED_OUT = ZEROS | {
    f"applications.{row}.{column}": 1 for row in ("received", "carried_out") for column in ("business", "total")
}


def published(agency: Agency, year: int, figures: dict[str, Any], by: User) -> Version:
    draft = lifecycle.save_draft(lifecycle.start_draft(agency, year, by), figures, {}, by)
    return lifecycle.publish(lifecycle.submit(draft, by), by)


@pytest.mark.django_db(transaction=True)
def test_they_are_checked_as_soon_as_it_is_committed(township: Agency, clerk: User) -> None:
    following = published(township, 2023, ZEROS, clerk)
    published(township, 2022, CARRIED_OUT, clerk)
    assert set(following.findings.values_list("rule", flat=True)) == {"carry_over"}
    assert not NeighbourCheck.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_a_dead_process_left_is_done_by_a_worker(
    township: Agency, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    following = published(township, 2023, ZEROS, clerk)
    with monkeypatch.context() as dying:
        # As if the process had been killed right after its commit.
        dying.setattr(transaction, "on_commit", lambda *_args, **_options: None)
        published(township, 2022, CARRIED_OUT, clerk)
    assert not following.findings.exists()
    assert neighbours.check_pending() == 1
    assert set(following.findings.values_list("rule", flat=True)) == {"carry_over"}
    assert neighbours.check_pending() == 0


@pytest.mark.django_db
def test_what_somebody_is_at_is_left_to_him_until_his_time_is_over(township: Agency, clerk: User) -> None:
    following = published(township, 2022, CARRIED_OUT, clerk)
    row = NeighbourCheck.objects.create(
        report=following.report, claimed_until=timezone.now() + datetime.timedelta(minutes=1)
    )
    assert neighbours.check_pending() == 0
    NeighbourCheck.objects.filter(pk=row.pk).update(claimed_until=timezone.now())
    assert neighbours.check_pending() == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_follows_what_was_rolled_back(township: Agency, clerk: User) -> None:
    with transaction.atomic():
        published(township, 2022, CARRIED_OUT, clerk)
        transaction.set_rollback(True)
    assert not NeighbourCheck.objects.exists()
    assert not connection.in_atomic_block
