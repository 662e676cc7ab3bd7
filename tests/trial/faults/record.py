"""Somebody with the password of the database who rewrites what was done."""

from __future__ import annotations

from django.db import DatabaseError, connection, transaction

from agencies.models import User
from agencies.record import triggers
from reports.models import Change, Report
from tests.trial.fault import Outcome, fault
from tests.trial.site import CLERK, SUPERVISOR, THIRD, YEAR, Site, town_code
from tests.trial.visitor import Draft


@fault()
def account_renamed(site: Site, outcome: Outcome) -> None:
    """An account is renamed after it acted
    By SQL. The history must go on naming who acted as he was called then, and the record must be whole."""
    draft = Draft(site.person(THIRD), town_code(26), YEAR)
    draft.save({"overview": "由原来的账号填写。"})
    User.objects.filter(username=THIRD).update(username="somebody-else", last_name="别人")
    try:
        history = site.person(SUPERVISOR).get(f"{draft.path}history/")
        outcome.lost = int(THIRD not in history.text)
        outcome.must("somebody-else" not in history.text, "the history names the new name")
        checked = site.manage("verify_record")
        outcome.must(checked.returncode == 0, checked.stderr)
    finally:
        User.objects.filter(username="somebody-else").update(username=THIRD, last_name="")
    outcome.seen = "the history names him as he was"


@fault()
def record_rewritten(site: Site, outcome: Outcome) -> None:
    """The record is rewritten by SQL
    An UPDATE is refused by the triggers; with the triggers dropped it goes through, and `verify_record` must name the row, `doctor`
    the triggers."""
    Draft(site.person(CLERK), town_code(27), YEAR).save({"overview": "原话。"})
    version = Report.objects.get(agency=town_code(27), year=YEAR).working
    change = Change.objects.filter(version=version).latest("pk")
    table, kept = Change._meta.db_table, change.made_by_username
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET made_by_username = %s WHERE id = %s", ["别人", change.pk])
        outcome.must(False, "the triggers let it pass")
    except DatabaseError:
        pass
    sealed = site.manage("verify_record")
    outcome.must(sealed.returncode == 0, f"before anything was done: {sealed.stderr[-500:]}")
    triggers.drop()
    try:
        _write(change, "别人")
        checked, seen = site.manage("verify_record"), site.manage("doctor")
        outcome.lost = int(checked.returncode == 0)
        outcome.must("made_by_username" in checked.stderr, f"not named: {checked.stderr}")
        outcome.must(
            seen.returncode == 1 and table in seen.stdout, f"`doctor` did not miss the triggers: {seen.stdout}"
        )
    finally:
        _write(change, kept)
        triggers.install()
    outcome.must(site.manage("verify_record").returncode == 0, "put back, it is still named")
    outcome.seen = (checked.stderr or "nothing was named").splitlines()[0]


def _write(change: Change, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {Change._meta.db_table} SET made_by_username = %s WHERE id = %s", [name, change.pk])
