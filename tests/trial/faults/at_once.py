"""Several people, or programs, that do the same at the same moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from agencies.models import Agency, User
from reports import lifecycle
from reports.models import Action, Report, Source, State, Version
from reports.standard import CURRENT
from tests.jobs.batches import sound_page
from tests.trial.fault import Database, Outcome, fault
from tests.trial.processes import wait_until
from tests.trial.site import CLERK, SUPERVISOR, TOWNS, Site, town_code, town_name

IMPORTED_YEAR, ACTED_YEAR = 2022, 2021


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    barrier = Barrier(len(acts))

    def one(act: Callable[[], Any]) -> Any:
        barrier.wait(timeout=30)
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


@fault(Database.POSTGRESQL, within=120)
def two_imports(site: Site, outcome: Outcome) -> None:
    """The same forty reports are imported twice at once
    Two processes of `import_reports`, each with files of its own; they begin to store in the same moment."""
    folders = [site.folder / "forty", site.folder / "the-same-forty"]
    for folder in folders:
        folder.mkdir()
        for number in range(TOWNS):
            page = sound_page(f"{town_name(number)}人民政府", IMPORTED_YEAR)
            # Other bytes: else the one would wait for the other at the original already.
            (folder / f"{number}.html").write_bytes(page + f"<!-- {folder.name} -->".encode())
    with transaction.atomic(), connection.cursor() as cursor:
        # Neither can store anything before both have come so far; from there on they hinder each other at every report.
        cursor.execute(f"LOCK TABLE {Source._meta.db_table} IN EXCLUSIVE MODE")
        running = [site.start_command("import_reports", str(folder)) for folder in folders]
        wait_until(lambda: _waiting(cursor) == len(running), "both to have read their files")
    said = [process.communicate() for process in running]
    for process, (_told, errors) in zip(running, said, strict=True):
        outcome.must(process.returncode == 0, f"status {process.returncode}: {errors[-300:]}")
    versions = Version.objects.filter(report__year=IMPORTED_YEAR, report__agency__in=map(town_code, range(TOWNS)))
    published = Counter(versions.filter(state=State.PUBLISHED).values_list("report__agency", flat=True))
    outcome.lost = TOWNS - len(published)
    outcome.doubled = versions.count() - len(published)
    stored = [told.count("已存入") for told, _errors in said]
    outcome.must(sum(stored) == TOWNS, "what was said to be stored is not what is")
    outcome.seen = f"{len(published)} reports, {versions.count()} versions; stored by the one {stored[0]}, by the other {stored[1]}"


def _waiting(cursor: CursorWrapper) -> int:
    cursor.execute("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted")
    return int(cursor.fetchone()[0])


@fault()
def six_clicks(site: Site, outcome: Outcome) -> None:
    """Six clicks on 作更正 at once
    Each of three reports is to be corrected by six clicks of its clerk in the same moment."""
    drafts = []
    for number in range(3, 6):
        version = _submitted(number)
        lifecycle.publish(version, User.objects.get(username=SUPERVISOR))
        windows = [site.person(CLERK).window() for _click in range(6)]
        clicks = [partial(window.post, _path(number), {"act": "correct", "reason": "漏报"}) for window in windows]
        answers = [answer.status_code for answer in at_once(clicks)]
        outcome.must(set(answers) <= {302, 200, 409}, f"the clicks were answered {answers}")
        begun = version.report.versions.exclude(state__in=(State.PUBLISHED, State.SUPERSEDED))
        drafts.append(begun.count())
    outcome.lost = sum(count == 0 for count in drafts)
    outcome.doubled = sum(max(count - 1, 0) for count in drafts)
    outcome.seen = f"drafts: {drafts}"


@fault()
def opposite_acts(site: Site, outcome: Outcome) -> None:
    """Withdrawn, returned and published at once
    Of each of four submitted reports the clerk takes back what the supervisor returns in one window and publishes in another."""
    ends: Counter[str] = Counter()
    supervisor = site.person(SUPERVISOR)
    for number in range(8, 12):
        version = _submitted(number)
        seen = {"revision": version.revision}
        at_once(
            [
                partial(site.person(CLERK).post, _path(number), seen | {"act": "withdraw"}),
                partial(supervisor.window().post, _path(number), seen | {"act": "return", "comment": "请改"}),
                partial(supervisor.window().post, "/review/", seen | {"act": "publish", "version": str(version.pk)}),
            ]
        )
        report = Report.objects.get(pk=version.report_id)
        # Fails where one of them has begun another version.
        version = report.versions.get()
        decided = version.changes.filter(action__in=(Action.WITHDRAWN, Action.RETURNED, Action.PUBLISHED)).count()
        # Whatever came first, it was no longer so what the others saw.
        outcome.lost += decided == 0
        outcome.doubled += max(decided - 1, 0)
        published = version.state == State.PUBLISHED
        outcome.must(report.published_id == (version.pk if published else None), "the report points elsewhere")
        outcome.must(report.working_id == (None if published else version.pk), "the report's draft is elsewhere")
        ends[version.state] += 1
    outcome.seen = "ended as " + ", ".join(f"{count} × {state}" for state, count in ends.items())


def _path(number: int) -> str:
    return f"/filing/{town_code(number)}/{ACTED_YEAR}/"


def _submitted(number: int) -> Version:
    """A balanced report of this town, handed in by its clerk."""
    clerk = User.objects.get(username=CLERK)
    version = lifecycle.start_draft(Agency.objects.get(pk=town_code(number)), ACTED_YEAR, clerk)
    texts = {chapter.key: "本年度无。" for chapter in CURRENT.chapters if not chapter.has_table}
    version = lifecycle.save_draft(version, dict.fromkeys(CURRENT.figures, 0), texts, clerk)
    return lifecycle.submit(version, clerk, zero_meant=True)
