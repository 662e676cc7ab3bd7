"""Originals are there whole or not at all, and what was changed on the disk is never handed out as the original."""

from __future__ import annotations

import hashlib
import resource
import signal
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django.fixtures import Settings

from agencies.models import Agency
from reports.importing.read import read_report
from reports.intake import commit
from reports.models import Source
from reports.originals.belonging import MARK
from reports.originals.keeping import DamagedOriginal, NotKept, keep_original, read_original
from reports.originals.storage import DurableFileStorage
from tests.intake.test_upload import page_of, send

DATA = b"x" * 300_000


@pytest.fixture(autouse=True)
def originals(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def full_disk() -> Iterator[None]:
    """No file may grow beyond 100,000 bytes: writing fails in the middle, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.name != MARK]


@pytest.mark.django_db
def test_a_full_disk_leaves_nothing_behind(originals: Path, full_disk: None) -> None:
    with pytest.raises(NotKept, match="存储空间"):
        keep_original(DATA, "年报.pdf", None)
    assert files(originals) == []
    assert not Source.objects.exists()


def test_an_upload_to_a_full_disk_is_told_so(
    originals: Path, township: Agency, clerk_client: Client, full_disk: None
) -> None:
    large = page_of().replace(b"</body>", b"<!--" + b"x" * 200_000 + b"--></body>")
    answer = send(clerk_client, large)
    assert "存储空间" in answer.content.decode()
    assert files(originals) == []
    assert not Source.objects.exists()


@pytest.mark.django_db
def test_bytes_that_were_cut_off_before_are_put_right(originals: Path) -> None:
    sha256 = hashlib.sha256(DATA).hexdigest()
    place = originals / sha256[:2] / sha256
    place.parent.mkdir()
    place.write_bytes(DATA[:100])
    source = keep_original(DATA, "年报.pdf", None)
    assert read_original(source) == DATA
    place.write_bytes(DATA[:-1] + b"y")
    assert keep_original(DATA, "年报.pdf", None) == source
    assert read_original(source) == DATA


@pytest.mark.django_db
def test_what_was_changed_on_the_disk_is_neither_handed_out_nor_shown(
    originals: Path, township: Agency, reader: Client
) -> None:
    data = page_of()
    commit.store(read_report(data, "年报.html"), data, "年报.html", agency=township)
    source = Source.objects.get()
    address = f"/sources/{source.sha256}/"
    assert b"".join(reader.get(address).streaming_content) == data  # type: ignore[attr-defined]
    (originals / str(source.file.name)).write_bytes(data.replace(b"1", b"2"))
    answer = reader.get(address)
    assert answer.status_code == 500
    assert "与收到时不一致" in answer.content.decode()
    with pytest.raises(DamagedOriginal):
        read_original(source)


@pytest.mark.django_db
def test_the_command_names_what_is_gone_or_changed(originals: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole, changed, gone = (keep_original(bytes([each]) * 9, f"{each}.pdf", None) for each in range(3))
    call_command("verify_originals")
    assert "3 份原件全部一致" in capsys.readouterr().out
    (originals / str(changed.file.name)).write_bytes(b"other")
    (originals / str(gone.file.name)).unlink()
    with pytest.raises(CommandError, match="3 份原件中有 2 份"):
        call_command("verify_originals")
    told = capsys.readouterr().err
    assert changed.sha256 in told
    assert gone.sha256 in told
    assert whole.sha256 not in told


def test_of_two_who_write_the_same_name_at_once_neither_replaces_the_other(tmp_path: Path) -> None:
    storage = DurableFileStorage(tmp_path)
    start, names = Barrier(8), []

    def write(number: int) -> None:
        start.wait()
        names.append(storage.save("same", ContentFile(bytes([number]) * 1000)))

    threads = [Thread(target=write, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(names)) == 8
    contents = {storage.open(name).read() for name in names}
    assert contents == {bytes([number]) * 1000 for number in range(8)}
    assert not [path for path in files(tmp_path) if path.name.endswith(".part")]
