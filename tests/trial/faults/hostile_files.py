"""Files that once killed or froze whatever opened them, by way of the real pages."""

from __future__ import annotations

import time

from reports.models import Batch, BatchFile, ImportStatus, Job, JobState
from tests.jobs.batches import sound_page, zipped
from tests.sandbox.killers import (
    far_cell,
    many_beginnings,
    pages_in_a_circle,
    spans_without_end,
    styles_without_end,
    zip_in_zip,
)
from tests.trial.fault import Database, Outcome, fault
from tests.trial.processes import wait_until
from tests.trial.site import CLERK, CLERKS, SUPERVISOR, YEAR, Site, town_name
from tests.trial.visitor import Visitor, notice

BOMBS = [
    *[("远.xlsx", far_cell)] * 6,
    ("头.xlsx", many_beginnings),
    ("式.html", styles_without_end),
    *[("圈.pdf", pages_in_a_circle)] * 8,
    ("包.docx", zip_in_zip),
    ("跨.html", spans_without_end),
]
A_PERSON = 6
"""Files at once; a person may not have more than ten under way."""


@fault(Database.SQLITE, within=150)
def hostile_files(site: Site, outcome: Outcome) -> None:
    """Files that kill or freeze what opens them
    Six far cells, 60,000 beginnings of cells, a bomb of styles and one of spans, eight circular pdf, zips in zips, uploaded by
    three clerks while others work; then the same workers read a sound report."""
    before = [worker.process.pid for worker in site.workers]
    with site.others_at_work() as others:
        began = time.monotonic()
        readings: list[tuple[str, Visitor, str]] = []
        for number, (name, make) in enumerate(BOMBS):
            clerk = site.person(CLERKS[number // A_PERSON])
            readings.append((name, clerk, clerk.upload((name, make()))))
        for name, clerk, address in readings:
            page = clerk.outcome_of(address, seconds=150)
            outcome.must(page.status_code == 422 and notice(page), f"{name}: {page.status_code}, no message")
        clerk = site.person(CLERK)
        page = clerk.outcome_of(clerk.upload(("年报.html", sound_page(f"{town_name(25)}人民政府", YEAR))))
        outcome.must(page.status_code == 200, f"the sound report afterwards: {page.status_code}")
        outcome.seconds = time.monotonic() - began
    outcome.must(before == [worker.process.pid for worker in site.workers], "a worker died")
    outcome.lost = others.lost
    outcome.seen = f"{len(BOMBS)} refused, each with its message, by the same workers; {others}"


@fault(Database.SQLITE, within=90)
def hostile_archive(site: Site, outcome: Outcome) -> None:
    """The same in an archive
    A clerk uploads a zip of 200 KB with a web page of 200 MB, a far cell, a circular pdf and, last, a sound report."""
    before = [worker.process.pid for worker in site.workers]
    sound = sound_page(f"{town_name(26)}人民政府", YEAR)
    files = {"大.html": b"0" * 200_000_000, "远.xlsx": far_cell(), "圈.pdf": pages_in_a_circle(), "年报.html": sound}
    began = time.monotonic()
    with site.others_at_work() as others:
        address = site.person(CLERK).upload(("全部.zip", zipped(files)), keep="draft")
        job = Batch.objects.get(pk=address.rstrip("/").rpartition("/")[2]).job
        wait_until(lambda: Job.objects.get(pk=job.pk).state == JobState.DONE, "the archive to be read")
    outcome.seconds = time.monotonic() - began
    rows = BatchFile.objects.filter(batch__job=job)
    refused = rows.filter(status=ImportStatus.FAILED).exclude(message="").count()
    outcome.must(refused == 3, f"{refused} of 3 were refused with a message")
    outcome.lost = others.lost + 1 - rows.filter(status=ImportStatus.STORED, name__endswith="年报.html").count()
    outcome.must(before == [worker.process.pid for worker in site.workers], "a worker died")
    outcome.seen = f"three refused, each with its message, the fourth stored; {others}"


@fault(Database.SQLITE)
def hostile_accounts(site: Site, outcome: Outcome) -> None:
    """The same as a table of accounts
    A supervisor uploads a far cell and 60,000 beginnings of cells where accounts are issued, six times each."""
    supervisor = site.person(SUPERVISOR)
    before = site.web.children()
    with site.others_at_work() as others:
        for _time in range(6):
            for make in (far_cell, many_beginnings):
                page = supervisor.post("/accounts/office/new/", {}, [("file", ("账号.xlsx", make()))])
                outcome.must(page.status_code == 422, f"answered {page.status_code}")
    outcome.must(site.web.children() == before, "a web process died")
    outcome.lost = others.lost
    outcome.seen = str(others)
