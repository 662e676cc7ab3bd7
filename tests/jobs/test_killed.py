"""Workers are killed in the middle of a batch (`kill -9`), and others go on: no file is lost and none doubled."""

from __future__ import annotations

import random
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from reports.models import (
    Action,
    BatchFile,
    Change,
    ImportStatus,
    Job,
    JobState,
    PendingImport,
    Report,
    Source,
    Version,
)
from reports.originals.belonging import MARK
from samples.contents import FOLDER
from tests.jobs.site import ALIAS, Site, kill, own_site, wait_until

KILLS = 4

START = """
from pathlib import Path
from django.core.files import File
from agencies.models import User
from reports.intake.batch_import import start_import
by = User.objects.create_superuser("admin", password="nianbao-demo")
with open({path!r}, "rb") as archive:
    start_import([File(archive, name="all.zip")], by, as_draft=False, hold_doubtful=False)
"""


@pytest.fixture
def site(transactional_db: None, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    # The test database stays unused, but tells which kind of database is wanted.
    with django_db_blocker.unblock(), own_site(tmp_path) as own:
        yield own


@pytest.fixture
def batch(site: Site, tmp_path: Path) -> list[Path]:
    """Samples of every format in one archive, in the queue."""
    files = sorted((FOLDER / "reports").iterdir())[::2]
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for file in files:
            archive.write(file, file.name)
    site.manage("load_divisions", str(FOLDER / "register.csv"))
    site.manage("shell", "-c", START.format(path=str(tmp_path / "all.zip")))
    return files


def job() -> Job:
    return Job.objects.using(ALIAS).get()


@pytest.mark.slow
def test_killed_again_and_again_every_file_is_stored_once(site: Site, batch: list[Path]) -> None:
    chance = random.Random(20260101)
    polite = site.start_worker()
    wait_until(lambda: job().done > 0)
    polite.terminate()
    assert polite.wait(timeout=60) == 0
    assert job().state == JobState.WAITING, "a worker that is told to end lays its job down"
    for number in range(1, KILLS + 1):
        worker = site.start_worker()
        wait_until(lambda number=number: job().done > number * len(batch) // (KILLS + 2))  # type: ignore[misc]
        time.sleep(chance.random() / 5)
        kill(worker)
    assert job().state == JobState.RUNNING, "the last one had no time to say that it leaves"
    # Two at once: one of them has the job, the other must keep its hands off.
    site.start_worker()
    site.start_worker()
    wait_until(lambda: job().state != JobState.RUNNING and job().state != JobState.WAITING)
    assert (job().state, job().done, job().total) == (JobState.DONE, len(batch), len(batch))
    statuses = Counter(BatchFile.objects.using(ALIAS).values_list("status", flat=True))
    assert statuses == {ImportStatus.STORED: len(batch)}
    for model in (Report, Version, Source):
        assert model.objects.using(ALIAS).count() == len(batch), model.__name__
    assert Change.objects.using(ALIAS).filter(action=Action.IMPORTED).count() == len(batch)
    assert not PendingImport.objects.using(ALIAS).exists()
    names = BatchFile.objects.using(ALIAS).values_list("name", "version__source__name")
    assert sorted(names) == [(f"all.zip/{file.name}", file.name) for file in batch]
    kept = [path for path in Path(site.environment["MEDIA_ROOT"]).rglob("*") if path.is_file()]
    originals = [path for path in kept if path.name != MARK and "reading" not in path.name]
    assert len(originals) == len(batch), "each original once"
    assert len(kept) == 2 * len(batch) + 1, "with what was read of it, and the mark of the installation; nothing else"
