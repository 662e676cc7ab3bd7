"""A disk that is full, and one that changes what lies on it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from django.conf import settings
from django.db.models import Max

from reports.models import Source
from tests.jobs.batches import sound_page
from tests.trial.fault import Database, Outcome, fault
from tests.trial.site import CLERK, YEAR, Site, town_name
from tests.trial.visitor import notice


@fault(Database.SQLITE, within=30)
def full_disk(site: Site, outcome: Outcome) -> None:
    """The disk is full while an original is stored
    Once while the upload arrives, once between the upload and its reading; then there is space, and the same files are
    sent again."""
    clerk, before = site.person(CLERK), Source.objects.aggregate(last=Max("pk"))["last"] or 0
    root = Path(settings.MEDIA_ROOT)
    if not os.path.ismount(root):
        outcome.seen = "NOT TRIED: this user may not mount a small disk of its own"
        return
    files = [(f"年报{number}.html", sound_page(f"{town_name(18)}人民政府", YEAR - number)) for number in range(2)]
    padded = [(name, data + b" " * 300_000) for name, data in files]
    for worker in site.workers:
        worker.pause()
    address = clerk.upload(padded[0])
    filler = root / "filler"
    try:
        _fill(filler)
        refused = clerk.post("/filing/import/", {}, [("file", padded[1])])
        outcome.must(refused.status_code == 422, f"an upload to a full disk was answered {refused.status_code}")
        outcome.must("存储空间" in notice(refused), f"and told {notice(refused)!r}")
        for worker in site.workers:
            worker.resume()
        kept = clerk.outcome_of(address)
        outcome.must("存储空间" in notice(kept), f"a reading on a full disk told {notice(kept)!r}")
        outcome.must(not Source.objects.filter(pk__gt=before).exists(), "an original counts that was not stored")
        outcome.must(not list(root.rglob("*.part")), "a piece of a file is left")
    finally:
        for worker in site.workers:
            worker.resume()
        filler.unlink()
    for file in padded:
        page = clerk.outcome_of(clerk.upload(file))
        outcome.lost += page.status_code != 200
        outcome.must(page.status_code == 200, f"with space again: {page.status_code} {notice(page)!r}")
    checked = site.manage("verify_originals")
    outcome.must(checked.returncode == 0, checked.stderr)
    outcome.seen = f"told the uploader; afterwards: {checked.stdout.strip()}"


def _fill(filler: Path) -> None:
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 20, 4096):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError as full:
                if full.errno != errno.ENOSPC:
                    raise


@fault()
def worker_elsewhere(site: Site, outcome: Outcome) -> None:
    """A worker that sees another folder of originals
    As on a machine where the disk is not mounted: it must not start, must say why, and must leave nothing there."""
    clerk = site.person(CLERK)
    page = clerk.outcome_of(clerk.upload(("年报.html", sound_page(f"{town_name(27)}人民政府", YEAR))))
    outcome.must(page.status_code == 200, f"the upload was answered {page.status_code}")
    elsewhere = site.folder / "not-mounted"
    elsewhere.mkdir()
    refused = site.manage("work", MEDIA_ROOT=str(elsewhere))
    told = refused.stderr.strip().splitlines() or [""]
    outcome.must(refused.returncode != 0 and str(elsewhere) in told[-1], f"it started, or did not say why: {told[-1]}")
    outcome.must(not list(elsewhere.iterdir()), "it wrote there")
    page = clerk.outcome_of(clerk.upload(("年报.html", sound_page(f"{town_name(28)}人民政府", YEAR))))
    outcome.lost = int(page.status_code != 200)
    outcome.seen = told[-1]


@fault(allowed=(500,))
def bytes_changed(site: Site, outcome: Outcome) -> None:
    """Bytes of an original change on the disk
    One bit of one file is turned over: it must not be handed out, `verify_originals` must name it, and put back it is
    served again."""
    clerk = site.person(CLERK)
    page = clerk.outcome_of(clerk.upload(("年报.html", sound_page(f"{town_name(19)}人民政府", YEAR))))
    outcome.must(page.status_code == 200, f"the upload was answered {page.status_code}")
    source = Source.objects.latest("pk")
    path, address = Path(source.file.path), f"/sources/{source.sha256}/"
    whole = path.read_bytes()
    path.write_bytes(bytes([whole[0] ^ 1]) + whole[1:])
    served = clerk.get(address)
    outcome.must(served.status_code == 500 and "与收到时不一致" in served.text, f"it was served: {served.status_code}")
    checked = site.manage("verify_originals")
    outcome.must(checked.returncode == 1 and source.sha256 in checked.stderr, f"not named: {checked.stderr}")
    path.write_bytes(whole)
    outcome.lost = int(clerk.get(address).content != whole)
    outcome.must(site.manage("verify_originals").returncode == 0, "put back, it is still named")
    outcome.seen = f"the page says so; {next((line for line in checked.stderr.splitlines() if line.startswith(source.sha256)), '')}"
