"""Whoever waits behind somebody else."""

from __future__ import annotations

import time

from reports.models import Batch, Job, JobState
from tests.jobs.batches import sound_page, zipped
from tests.trial.fault import Database, Outcome, fault
from tests.trial.site import CLERK, SUPERVISOR, YEAR, Site, town_name

MANY = 300
A_TURN = 10
"""Seconds, as in reports/jobs/lease.py."""


@fault(Database.POSTGRESQL, within=6 * A_TURN)
def behind_a_long_queue(site: Site, outcome: Outcome) -> None:
    """One file behind a zip of many
    A supervisor brings 300 reports in a zip, as many at once as there are workers; then a clerk uploads one and waits for
    his turn."""
    person = site.person(SUPERVISOR)
    batches = []
    for worker in range(len(site.workers)):
        files = {f"{number}.html": sound_page(f"无名{worker}{number}镇人民政府", YEAR) for number in range(MANY)}
        address = person.upload((f"{worker}.zip", zipped(files)), keep="draft")
        batches.append(Batch.objects.get(pk=address.rstrip("/").rpartition("/")[2]))
    time.sleep(1)
    clerk, began = site.person(CLERK), time.monotonic()
    page = clerk.outcome_of(clerk.upload(("年报.html", sound_page(f"{town_name(20)}人民政府", YEAR))))
    outcome.seconds = time.monotonic() - began
    jobs = Job.objects.filter(batch__in=batches)
    done = [job.done for job in jobs]
    outcome.must(page.status_code == 200, f"the clerk's file was answered {page.status_code}")
    outcome.must(sum(done) < MANY * len(batches), "the clerk waited for the whole of it")
    for batch in batches:
        person.post(f"/filing/import/batches/{batch.pk}/", {"act": "stop"})
    _wait_for_stop(batches)
    outcome.seen = f"after {' and '.join(map(str, done))} of {MANY} files it was his turn"


def _wait_for_stop(batches: list[Batch]) -> None:
    end = time.monotonic() + 30
    busy = Job.objects.filter(batch__in=batches, state__in=(JobState.RUNNING, JobState.WAITING))
    while busy.exists() and time.monotonic() < end:
        time.sleep(0.2)
