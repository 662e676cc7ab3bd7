"""What was saved is checked once the save is committed: nobody waits for it, it is never lost, and what is found belongs to what
the version says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Barrier, Event, Thread
from typing import Any

import pytest
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, User
from reports import lifecycle
from reports.checks.comparables import Comparables
from reports.checks.content import Content
from reports.checks.rules import RULES
from reports.findings import pending
from reports.findings.run import EQUATIONS, check_content, check_version, examine_versions, store_findings
from reports.models import PendingCheck, Version, Worker, content_of
from reports.standard import CURRENT

pytestmark = pytest.mark.django_db(transaction=True)

ZEROS: dict[str, Any] = dict.fromkeys(CURRENT.figures, 0)
RECEIVED = "applications.received.business"
WRONG = "本年收到申请5件。"
"""The tables say that there were none."""
LONG = WRONG + "㈠" * 33_000


@pytest.fixture
def draft(township: Agency, clerk: User) -> Version:
    return lifecycle.save_draft(lifecycle.start_draft(township, 2023, clerk), ZEROS, {}, clerk)


def found(version: Version) -> set[str]:
    return set(version.findings.holding().values_list("rule", flat=True))


@contextmanager
def rule_that(does: Callable[[], object], code: str = "narrative_figure") -> Iterator[None]:
    """Something happens whenever the rule is run, which then does what it always does."""
    rule = RULES[code]

    def check(content: Content, comparables: Comparables) -> Any:
        does()
        return rule.check(content, comparables)

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(RULES, code, replace(rule, check=check))
        yield


# ---- when ----


def test_an_ordinary_text_is_checked_as_soon_as_it_is_saved(draft: Version, clerk: User) -> None:
    saved = lifecycle.save_draft(draft, {}, {"overview": WRONG}, clerk)
    assert found(saved) == {"narrative_figure"}
    assert not pending.is_pending(saved)


def test_a_long_one_is_left_to_a_worker_and_its_equations_are_not(draft: Version, clerk: User) -> None:
    saved = lifecycle.save_draft(draft, {RECEIVED: 1}, {"overview": LONG}, clerk)
    assert found(saved) == {"row_total", "flow_balance"}
    assert pending.is_pending(saved)
    assert pending.check_pending() == 1
    assert found(saved) == {"row_total", "flow_balance", "narrative_figure"}
    assert not pending.is_pending(saved)
    assert pending.check_pending() == 0


@pytest.mark.parametrize("act", ["save", "submit", "publish", "correct"])
def test_no_act_runs_the_rules_of_texts_and_comparisons_in_its_transaction(
    draft: Version, clerk: User, act: str
) -> None:
    text = "本年各项工作平稳有序。"
    inside: list[str] = []

    def look(code: str) -> Callable[[], None]:
        return lambda: inside.append(code) if connection.in_atomic_block else None

    steps: dict[str, Callable[[Version], Version]] = {
        "save": lambda version: lifecycle.save_draft(version, {}, {"overview": text}, clerk),
        "submit": lambda version: lifecycle.submit(version, clerk),
        "publish": lambda version: lifecycle.publish(version, clerk),
        "correct": lambda version: lifecycle.start_correction(version.report, clerk, "笔误"),
    }
    for before in list(steps)[: list(steps).index(act)]:
        draft = steps[before](draft)
    with pytest.MonkeyPatch.context() as patch:
        for code, rule in list(RULES.items()):
            if rule not in EQUATIONS:
                patch.setitem(RULES, code, _watched(rule, look(code)))
        steps[act](draft)
    assert inside == []


def _watched(rule: Any, look: Callable[[], None]) -> Any:
    def check(content: Content, comparables: Comparables) -> Any:
        look()
        return rule.check(content, comparables)

    return replace(rule, check=check)


@pytest.mark.postgresql
def test_others_save_while_a_long_text_is_being_checked(draft: Version, other_township: Agency, clerk: User) -> None:
    lifecycle.save_draft(draft, {}, {"overview": LONG}, clerk)
    begun, go_on = Event(), Event()

    def work() -> None:
        pending.check_pending()
        connection.close()

    def wait() -> None:
        begun.set()
        go_on.wait(60)

    with rule_that(wait):
        worker = Thread(target=work)
        worker.start()
        try:
            assert begun.wait(60)
            # The same report and another one.
            lifecycle.save_draft(draft, {RECEIVED: 1}, {"overview": ""}, clerk)
            other = lifecycle.start_draft(other_township, 2023, clerk)
            assert not worker.is_alive() or not go_on.is_set()
            assert found(draft) >= {"row_total", "flow_balance"}
        finally:
            go_on.set()
            worker.join()
    assert not pending.is_pending(other)
    assert found(draft) == {"row_total", "flow_balance"}, "what was found in the earlier text is not stored over it"
    assert not pending.is_pending(draft)


# ---- never lost ----


@pytest.mark.parametrize("text", [WRONG, LONG])
def test_what_a_dead_process_left_is_done_by_a_worker(
    draft: Version, clerk: User, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as dying:
        # As if the process had been killed right after its commit.
        dying.setattr(transaction, "on_commit", lambda *_args, **_options: None)
        saved = lifecycle.save_draft(draft, {}, {"overview": text}, clerk)
    assert pending.is_pending(saved)
    assert pending.check_pending() == 1
    assert found(saved) == {"narrative_figure"}
    assert not PendingCheck.objects.exists()


def test_nothing_follows_what_was_rolled_back(draft: Version, clerk: User) -> None:
    with transaction.atomic():
        lifecycle.save_draft(draft, {}, {"overview": WRONG}, clerk)
        transaction.set_rollback(True)
    assert not PendingCheck.objects.exists()
    assert found(draft) == set()


# ---- what is found belongs to what is said ----


def test_what_was_found_in_an_earlier_text_is_not_stored(draft: Version, clerk: User) -> None:
    saved = lifecycle.save_draft(draft, {}, {"overview": WRONG}, clerk)
    examined = examine_versions([saved])
    lifecycle.save_draft(saved, {}, {"overview": "本年没有收到申请。"}, clerk)
    assert store_findings(examined) == {}
    assert found(saved) == set()


def test_a_check_that_began_earlier_stores_nothing_over_a_later_one(draft: Version, clerk: User) -> None:
    later = lifecycle.publish(lifecycle.submit(draft, clerk), clerk)
    examined = examine_versions([later])
    before = lifecycle.start_draft(later.report.agency, 2022, clerk)
    keys = {
        f"applications.{row}.{column}": 1 for row in ("received", "carried_out") for column in ("business", "total")
    }
    before = lifecycle.save_draft(before, ZEROS | keys, {}, clerk)
    lifecycle.publish(lifecycle.submit(before, clerk), clerk)
    assert found(later) == {"carry_over"}
    assert store_findings(examined) == {}
    assert found(later) == {"carry_over"}
    check_version(later)
    assert found(later) == {"carry_over"}


def test_what_was_asked_for_during_a_check_is_still_to_be_done(draft: Version) -> None:
    examined = examine_versions([draft])
    asked = PendingCheck.objects.create(version=draft)
    store_findings(examined)
    assert list(PendingCheck.objects.all()) == [asked]


@pytest.mark.postgresql
def test_many_who_save_and_check_at_once_leave_the_findings_of_the_last_save(draft: Version, clerk: User) -> None:
    barrier = Barrier(6)
    texts = [WRONG, "没有收到申请。", f"{WRONG}共收到3件，其中1件、1件。"]

    def save(number: int) -> None:
        barrier.wait(timeout=30)
        try:
            for turn in range(5):
                if number % 2:
                    pending.check_pending()
                    check_version(draft)
                else:
                    lifecycle.save_draft(draft, {RECEIVED: turn % 2}, {"overview": texts[(number + turn) % 3]}, clerk)
        finally:
            connection.close()

    threads = [Thread(target=save, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pending.check_pending()
    assert not PendingCheck.objects.exists()
    stored = Version.objects.with_figures().get(pk=draft.pk)
    expected = {finding.fingerprint for finding in check_content(content_of(stored))}
    assert set(draft.findings.holding().values_list("fingerprint", flat=True)) == expected


# ---- what is shown ----


def test_the_page_says_where_nobody_works(draft: Version, clerk: User, clerk_client: Client) -> None:
    saved = lifecycle.save_draft(draft, {}, {"overview": LONG}, clerk)
    address = reverse("draft", args=[saved.report.agency_id, 2023])
    assert "后台程序似乎没有运行" in clerk_client.get(address).content.decode()
    Worker.objects.create(name="one")
    assert "后台程序似乎没有运行" not in clerk_client.get(address).content.decode()


def test_the_page_says_so_until_it_is_done(draft: Version, clerk: User, clerk_client: Client) -> None:
    saved = lifecycle.save_draft(draft, {}, {"overview": LONG}, clerk)
    address = reverse("draft", args=[saved.report.agency_id, 2023])

    def news() -> Any:
        asked = {"seen": saved.revision, "checking": ""}
        return clerk_client.get(address, asked, headers={"Accept": "application/json"}).json()

    page = clerk_client.get(address).content.decode()
    assert "检查中…" in page
    assert "没有发现矛盾" not in page
    assert "findings" not in news()
    pending.check_pending()
    assert "检查中…" not in clerk_client.get(address).content.decode()
    told = news()["findings"]
    assert "data-checking" not in told
    assert WRONG in told


def test_what_is_being_checked_is_not_handed_in_unchecked(draft: Version, clerk: User) -> None:
    saved = lifecycle.save_draft(draft, {}, {"overview": LONG}, clerk)
    with pytest.raises(ValidationError) as refused:
        lifecycle.submit(saved, clerk)
    assert [error.code for error in refused.value.error_dict[NON_FIELD_ERRORS]] == ["reason_needed"]
