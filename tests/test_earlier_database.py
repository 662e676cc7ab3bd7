"""Who kept the database of a development version is told what to do, and not shown a traceback."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from django.conf import settings

# As they stood in the table of migrations before these were made anew.
EARLIER = [
    ("agencies", "0001_initial"),
    ("agencies", "0002_passwords"),
    ("reports", "0001_initial"),
    ("reports", "0002_sent_to_reviewer"),
    ("reports", "0003_batches"),
]


def migrate(database: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{database}", "DEBUG": "1"},
        capture_output=True,
        text=True,
    )


def test_an_earlier_database_is_named_as_such_in_both_languages(tmp_path: Path) -> None:
    database = tmp_path / "db.sqlite3"
    with closing(sqlite3.connect(database)) as earlier, earlier:
        earlier.execute(
            "CREATE TABLE django_migrations (id integer PRIMARY KEY, app text, name text, applied datetime)"
        )
        rows = [(app, name, "2026-01-01 00:00:00") for app, name in EARLIER]
        earlier.executemany("INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, ?)", rows)
        earlier.execute("CREATE TABLE reports_report (id integer PRIMARY KEY, year integer)")
    told = migrate(database)
    assert told.returncode == 1
    assert "Traceback" not in told.stderr
    assert "请把 var/ 目录移到别处" in told.stderr
    assert "Move the folder var/ away" in told.stderr
    with closing(sqlite3.connect(database)) as kept:
        tables = {name for (name,) in kept.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables == {"django_migrations", "reports_report"}, "nothing was touched"


def test_a_new_database_is_migrated(tmp_path: Path) -> None:
    database = tmp_path / "db.sqlite3"
    assert migrate(database).returncode == 0
    assert migrate(database).returncode == 0
