"""Processes that are killed, and a database that is restarted."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from contextlib import suppress

import requests
from django.db import connection

from reports.models import Action, Batch, Change, ImportStatus, Job, JobState, Report
from samples.contents import FOLDER
from tests.jobs.batches import sound_page, zipped
from tests.trial.fault import Database, Outcome, fault
from tests.trial.processes import wait_until
from tests.trial.site import CLERK, SUPERVISOR, YEAR, Site, town_code, town_name
from tests.trial.visitor import Draft

KILLS = 4


@fault(within=60)
def worker_killed(site: Site, outcome: Outcome) -> None:
    """A worker is killed while it imports (kill -9)
    A supervisor uploads sixteen reports of all formats as a zip; both workers are killed three times on the way."""
    files = {path.name: path.read_bytes() for path in sorted((FOLDER / "reports").iterdir())[::3]}
    address = site.person(SUPERVISOR).upload(("all.zip", zipped(files)), keep="published", store_doubtful="on")
    batch = Batch.objects.get(pk=address.rstrip("/").rpartition("/")[2])

    def job() -> Job:
        return Job.objects.get(pk=batch.job_id)

    for number in range(3):
        done = (number + 1) * len(files) // 5
        wait_until(lambda done=done: job().done >= done, "the import to go on")  # type: ignore[misc]
        for worker in site.workers:
            worker.kill()
        killed = time.monotonic()
        before = job().done
        wait_until(lambda before=before: job().done > before, "the next worker to take over")  # type: ignore[misc]
        outcome.seconds = max(outcome.seconds, time.monotonic() - killed)
    wait_until(lambda: job().state not in (JobState.WAITING, JobState.RUNNING), "the import to end")
    statuses = Counter(batch.files.values_list("status", flat=True))
    outcome.lost = len(files) - statuses[ImportStatus.STORED]
    imported = Change.objects.filter(action=Action.IMPORTED, version__source__name__in=files)
    outcome.doubled = imported.count() - statuses[ImportStatus.STORED]
    outcome.seen = f"{statuses[ImportStatus.STORED]} of {len(files)} stored; workers were started again by themselves"
    outcome.must(job().state == JobState.DONE, f"the import ended as {job().state}")


@fault(within=30)
def web_process_killed(site: Site, outcome: Outcome) -> None:
    """A web process is killed while people save (kill -9)
    A clerk saves a rising number; a process of gunicorn is killed four times. Whoever got no answer sends
    again, as the page does."""
    draft = Draft(site.person(CLERK), town_code(1), YEAR)
    cell = next(name for name in draft.fields if name.startswith("applications."))
    acknowledged, unanswered, number = [], 0, 0
    for _kill in range(KILLS):
        for _save in range(4):
            number += 1
            draft.save({cell: str(number)})
            acknowledged.append(number)
        os.kill(site.web.children()[0], signal.SIGKILL)
        killed = time.monotonic()
        number += 1
        while True:
            with suppress(requests.ConnectionError):
                draft.save({cell: str(number)})
                break
            unanswered += 1
            time.sleep(0.2)
        acknowledged.append(number)
        outcome.seconds = max(outcome.seconds, time.monotonic() - killed)
    version = Report.objects.get(agency=town_code(1), year=YEAR).working
    assert version is not None
    written = Counter(
        int(change.figures[cell][1]) for change in version.changes.all() if change.figures.get(cell, [0, 0])[1]
    )
    outcome.lost = len(set(acknowledged) - written.keys()) + (version.figures[cell] != number)
    outcome.doubled = sum(written.values()) - len(written)
    outcome.seen = f"{len(acknowledged)} saves acknowledged, {unanswered} requests cut off and sent again"


@fault(Database.POSTGRESQL, allowed=(503,), within=30)
def database_restarted(site: Site, outcome: Outcome) -> None:
    """The database is restarted
    PostgreSQL is ended at once under open connections and comes back after three seconds: 503 may be
    said meanwhile, nothing else."""
    assert site.server is not None
    draft = Draft(site.person(CLERK), town_code(2), YEAR)
    draft.save({"overview": "重启之前。"})
    connection.close()
    before = len(site.answers)
    site.server.stop()
    while_away = site.visitor().get("/reports/").status_code
    outcome.must(while_away == 503, f"while the database was away the answer was {while_away}")
    time.sleep(3)
    site.server.start()
    back = time.monotonic()
    wait_until(lambda: draft.send({"overview": "重启之后。"}).status_code == 200, "a save after the restart")
    outcome.seconds = time.monotonic() - back
    first = Counter(answer.status for answer in site.answers[before:])
    stored = Report.objects.get(agency=town_code(2), year=YEAR).working
    outcome.lost = int(stored is None or stored.narrative["overview"] != "重启之后。")
    page = site.person(CLERK).upload(("年报.html", sound_page(f"{town_name(2)}人民政府", YEAR)))
    read = site.person(CLERK).outcome_of(page)
    outcome.must(read.status_code == 200, f"the workers read no more: {read.status_code}")
    outcome.seen = "answers: " + ", ".join(f"{count} × {status}" for status, count in sorted(first.items()))
