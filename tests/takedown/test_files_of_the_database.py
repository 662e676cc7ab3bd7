"""What was redacted stands in no file any more: not in the database's own, whatever was deleted there before, nor in any other.

A site of its own with a database in a file, and a real worker."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

from reports.models import PendingErasure
from samples.contents import FOLDER
from tests.jobs.site import ALIAS, Site, own_site, wait_until
from tests.takedown.planted import NAME, PHONE, in_files

PLANT = """
from agencies.models import Agency, Membership, User
from agencies.record.sealing import seal
from tests.takedown.planted import plant, in_tables
township, county = (Agency.objects.get(code=code) for code in ("990121100000", "990121000000"))
people = [User.objects.create_user(name, password="nianbao-demo") for name in ("clerk", "supervisor")]
Membership.objects.create(user=people[0], agency=township, role="clerk")
Membership.objects.create(user=people[1], agency=county, role="supervisor")
plant(township, *people)
seal()
assert list(in_tables())
"""
REDACT = """
from agencies.models import User
from reports.models import Report
from reports.takedown.acts import redact
from tests.takedown.planted import NAME, PHONE
for words in (NAME, PHONE):
    redact(Report.objects.get(), words, User.objects.get(username="supervisor"), "误写个人信息")
"""
LOOK = """
from tests.takedown.planted import in_tables
assert not list(in_tables()), list(in_tables())
"""


@pytest.fixture
def site(transactional_db: None, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    with django_db_blocker.unblock(), own_site(tmp_path) as own:
        own.environment |= {
            "DATA_ROOT": str(tmp_path / "data"),
            "TAKEDOWN_ROOT": str(tmp_path / "takedowns"),
            "RECORD_KEY": "01" * 32,
        }
        own.manage("load_divisions", str(FOLDER / "register.csv"))
        own.manage("shell", "-c", PLANT)
        yield own


def written() -> list[bytes]:
    """The words as a database may keep them: as they are, and as JSON escapes them."""
    forms = (NAME, "欧阳　静婉", PHONE, "138-1234-5678", "138 1234 5678", "１３８１２３４５６７８")
    return [form for words in forms for form in (words.encode(), json.dumps(words)[1:-1].encode())]


def database_files(folder: Path) -> list[Path]:
    if connection.vendor == "sqlite":
        return [path for path in folder.glob("site.sqlite3*") if not path.name.endswith("-shm")]
    with connections[ALIAS].cursor() as cursor:
        # Plain VACUUM frees the space of dead rows, but their bytes stay in it until it is used again (docs/security.md).
        cursor.execute("VACUUM FULL")
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = current_database()"
        )
        root, oid = cursor.fetchone()
    return [path for path in Path(root, "base", str(oid)).iterdir() if path.is_file()]


def still_in(files: list[Path]) -> list[tuple[str, bytes]]:
    return [(path.name, form) for path in files for form in written() if form in path.read_bytes()]


@pytest.mark.slow
def test_no_file_holds_what_was_redacted(site: Site, tmp_path: Path) -> None:
    assert {form for _name, form in still_in(database_files(tmp_path))} >= {NAME.encode(), b"138-1234-5678"}
    site.manage("shell", "-c", REDACT)
    site.manage("shell", "-c", LOOK)
    folders = [tmp_path / name for name in ("media", "data", "takedowns")]
    assert list(in_files(*folders)) == [], "files are gone before any worker comes"
    site.start_worker()
    wait_until(lambda: not PendingErasure.objects.using(ALIAS).exists())
    connections[ALIAS].close()
    assert still_in(database_files(tmp_path)) == []
    assert list(in_files(*folders)) == []
    assert (tmp_path / "data" / "nianbao-2023.csv").exists(), "the yearly files are made anew"
    site.manage("verify_record")
    site.manage("verify_originals")
    site.manage("apply_takedowns")
