"""A worker that does not see the originals of its database refuses to start; whoever uploads is told, and nothing is lost."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from agencies.models import Agency
from reports.models import Installation, Job, Source
from reports.originals.belonging import MARK, NotOurOriginals, require_own_originals
from tests.intake.test_upload import page_of, send
from tests.jobs.site import Site, own_site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    with django_db_blocker.unblock(), own_site(tmp_path_factory.mktemp("belonging")) as made:
        yield made


def work(site: Site, **environment: str) -> subprocess.CompletedProcess[str]:
    """A real worker, until it has nothing to do."""
    return subprocess.run(
        site.command("work", "--until-done"),
        env=site.environment | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_worker_starts_where_it_sees_the_originals_and_nowhere_else(site: Site, tmp_path: Path) -> None:
    root = Path(site.environment["MEDIA_ROOT"])
    at_once = [
        subprocess.Popen(site.command("work", "--until-done"), env=site.environment, stderr=subprocess.PIPE)
        for _each in range(3)
    ]
    assert [worker.communicate(timeout=120)[1] for worker in at_once] == [b""] * 3
    assert {worker.returncode for worker in at_once} == {0}
    key = (root / MARK).read_text().strip()
    assert len(key) == 32
    assert [path.name for path in root.iterdir()] == [MARK]

    empty = tmp_path / "empty"
    empty.mkdir()
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / MARK).write_text("0" * 32 + "\n")
    for folder, told in (
        (empty, "没有这个数据库的原件"),
        (tmp_path / "none", "没有挂载"),
        (foreign, "另一套安装的原件"),
    ):
        before = sorted(folder.iterdir()) if folder.exists() else None
        refused = work(site, MEDIA_ROOT=str(folder))
        assert refused.returncode == 1
        assert told in refused.stderr
        assert str(folder) in refused.stderr
        assert "doctor --accept-originals" in refused.stderr
        assert "Traceback" not in refused.stderr
        assert (sorted(folder.iterdir()) if folder.exists() else None) == before, "nothing is written there"

    moved = tmp_path / "moved"
    shutil.copytree(root, moved)
    assert work(site, MEDIA_ROOT=str(moved)).returncode == 0
    accepted = subprocess.run(
        site.command("doctor", "--accept-originals"),
        env=site.environment | {"MEDIA_ROOT": str(empty)},
        capture_output=True,
    )
    assert b"Traceback" not in accepted.stderr
    assert work(site, MEDIA_ROOT=str(empty)).returncode == 0


@pytest.fixture
def root(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path / "originals")
    return tmp_path / "originals"


def test_an_upload_into_a_foreign_folder_is_told_so_and_nothing_is_written(
    root: Path, settings: Settings, tmp_path: Path, township: Agency, clerk_client: Client
) -> None:
    send(clerk_client, page_of())
    settings.MEDIA_ROOT = str(tmp_path / "unmounted")
    before = Job.objects.count()
    answer = clerk_client.post("/filing/import/", {"text": "公开年报"})
    assert answer.status_code == 422
    assert "什么都没有存入" in answer.content.decode()
    assert str(tmp_path) not in answer.content.decode(), "where it lies is no business of whoever uploads"
    assert Job.objects.count() == before
    assert not (tmp_path / "unmounted").exists()
    with pytest.raises(CommandError, match="accept-originals"):
        call_command("import_reports", str(Path(__file__)))


@pytest.mark.django_db
def test_a_folder_with_nothing_but_the_mark_is_not_taken_for_the_originals(
    root: Path, settings: Settings, tmp_path: Path, township: Agency, clerk_client: Client
) -> None:
    send(clerk_client, page_of())
    require_own_originals()
    bare = tmp_path / "bare"
    bare.mkdir()
    shutil.copy(root / MARK, bare / MARK)
    settings.MEDIA_ROOT = str(bare)
    with pytest.raises(NotOurOriginals, match="没有这个数据库的原件"):
        require_own_originals()


@pytest.mark.django_db
def test_an_installation_from_before_gets_its_key_when_its_originals_are_seen(root: Path) -> None:
    root.mkdir()
    Source.objects.create(name="年报.docx", size=1, sha256="1" * 64, file="11/1111")
    with pytest.raises(NotOurOriginals, match="没有这个数据库的原件"):
        require_own_originals()
    assert not Installation.objects.exists()
    (root / "11").mkdir()
    (root / "11" / "1111").write_bytes(b"x")
    require_own_originals()
    key = Installation.objects.get().key
    assert (root / MARK).read_text().strip() == key
    (root / MARK).unlink()
    require_own_originals()
    assert (root / MARK).read_text().strip() == key, "a backup without the mark, with the originals"


@pytest.mark.django_db
def test_a_new_database_beside_the_originals_of_another_is_refused(root: Path) -> None:
    root.mkdir()
    (root / MARK).write_text("0" * 32)
    with pytest.raises(NotOurOriginals, match="另一套安装"):
        require_own_originals()


@pytest.mark.django_db
def test_an_older_database_without_a_key_takes_that_of_its_originals(root: Path) -> None:
    (root / "11").mkdir(parents=True)
    (root / "11" / "1111").write_bytes(b"x")
    (root / MARK).write_text("0" * 32)
    Source.objects.create(name="年报.docx", size=1, sha256="1" * 64, file="11/1111")
    require_own_originals()
    assert Installation.objects.get().key == "0" * 32
