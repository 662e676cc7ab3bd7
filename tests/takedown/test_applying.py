"""A backup is older than what was taken down after it: the list does it again, once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from pytest_django.fixtures import Settings

from agencies.models import Agency, User
from agencies.record.sealing import seal
from reports import lifecycle
from reports.management.installation import takedowns_done
from reports.models import PendingErasure, Report, State, TakeDown, Version
from reports.takedown.acts import lift, redact, take_down
from reports.takedown.lasting import orders
from tests.lifecycle.reports import ZEROS
from tests.record.sealed import verify

NAME, YEAR = "欧阳静婉", 2023


@pytest.fixture
def report(township: Agency, clerk: User) -> Report:
    draft = lifecycle.save_draft(
        lifecycle.start_draft(township, YEAR, clerk), ZEROS, {"overview": f"联系人{NAME[:2]}　{NAME[2:]}。"}, clerk
    )
    return lifecycle.publish(lifecycle.submit(draft, clerk), clerk).report


@contextmanager
def restored() -> Iterator[None]:
    """What is done within is not in the database afterwards, as after a backup from before; the list stays."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def apply() -> str:
    """What the command says. Within the transaction of a test the files of the database cannot be cleared, and it says so."""
    told = StringIO()
    with pytest.raises(CommandError, match="没有清除干净"):
        call_command("apply_takedowns", stdout=told)
    return told.getvalue()


def test_words_are_found_again_by_their_digest_alone(report: Report, supervisor: User) -> None:
    with restored():
        [before] = redact(report, NAME, supervisor, "误写")
    assert NAME[2:] in Version.objects.get().narrative["overview"]
    assert any("apply_takedowns" in told for told in takedowns_done())
    assert "已照办" in apply()
    assert Version.objects.get().narrative["overview"] == "联系人[已隐去]。"
    done = TakeDown.objects.get()
    assert (done.identifier, done.made_at, done.office, done.made_by) == (
        before.identifier,
        before.made_at,
        before.office,
        supervisor,
    )
    assert list(takedowns_done()) == []
    seal()
    assert verify() == ""
    assert apply() == "", "a second time nothing is left to do"
    assert len(list(orders())) == TakeDown.objects.count() == PendingErasure.objects.count() == 1


def test_withdrawals_and_what_was_lifted_follow_in_their_order(report: Report, supervisor: User) -> None:
    with restored():
        take_down(report, supervisor, "误发")
        lift(Report.objects.get(), supervisor, "查明无误")
        take_down(Report.objects.get(), supervisor, "还是误发")
    apply()
    assert Version.objects.get().state == State.TAKEN_DOWN
    assert [act.reason for act in TakeDown.objects.all()] == ["误发", "查明无误", "还是误发"]


def test_what_the_backup_does_not_know_yet_is_told(
    report: Report, township: Agency, clerk: User, supervisor: User
) -> None:
    with restored():
        later = lifecycle.start_draft(township, YEAR - 1, clerk)
        lifecycle.save_draft(later, {}, {"overview": NAME}, clerk)
        redact(later.report, NAME, supervisor, "误写")
    told = StringIO()
    call_command("apply_takedowns", stdout=told)
    assert "不在数据库里" in told.getvalue()


def test_a_list_that_was_lost_is_missed(report: Report, supervisor: User, settings: Settings, tmp_path: Path) -> None:
    redact(report, NAME, supervisor, "误写")
    settings.TAKEDOWN_ROOT = tmp_path / "another"
    assert any("不在" in told for told in takedowns_done())
