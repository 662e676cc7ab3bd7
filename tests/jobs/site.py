"""A site of its own with real worker processes, which can be killed: its database is a file, or a database of the server that
the tests run on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import dj_database_url
import psycopg
from django.db import connection, connections

ROOT = Path(__file__).resolve().parents[2]
ALIAS = "site"
LEASE = 1.5


class Site:
    """Ask it for rows with `Model.objects.using(ALIAS)`."""

    def __init__(self, url: str, folder: Path) -> None:
        self.environment = os.environ | {
            "DATABASE_URL": url,
            "MEDIA_ROOT": str(folder / "media"),
            "JOB_LEASE": str(LEASE),
            "DEBUG": "1",
        }
        self.workers: list[subprocess.Popen[bytes]] = []

    def manage(self, *arguments: str) -> None:
        subprocess.run(self.command(*arguments), env=self.environment, cwd=ROOT, check=True, capture_output=True)

    def start_worker(self) -> subprocess.Popen[bytes]:
        worker = subprocess.Popen[bytes](self.command("work"), env=self.environment, cwd=ROOT)
        self.workers.append(worker)
        return worker

    def end_workers(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                kill(worker)

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, str(ROOT / "manage.py"), *arguments]


def kill(worker: subprocess.Popen[bytes]) -> None:
    worker.send_signal(signal.SIGKILL)
    worker.wait()


def wait_until(condition: Callable[[], object], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


@contextmanager
def own_site(folder: Path) -> Iterator[Site]:
    with _own_database(folder) as url:
        connections.databases[ALIAS] = connections.databases["default"] | dj_database_url.parse(url)
        site = Site(url, folder)
        try:
            site.manage("migrate", "--verbosity=0")
            yield site
        finally:
            site.end_workers()
            connections[ALIAS].close()
            del connections[ALIAS], connections.databases[ALIAS]


@contextmanager
def _own_database(folder: Path) -> Iterator[str]:
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / 'site.sqlite3'}"
        return
    parts = connection.settings_dict
    host, port, user = parts["HOST"] or "localhost", parts["PORT"] or 5432, parts["USER"]
    name = f"site_{uuid.uuid4().hex[:12]}"
    server = {"host": host, "port": port, "user": user, "password": parts["PASSWORD"], "dbname": "postgres"}
    with psycopg.connect(**server, autocommit=True) as opened:
        opened.execute(f'create database "{name}"')
    try:
        yield f"postgres://{user}:{quote(parts['PASSWORD'])}@{quote(host, safe='')}:{port}/{name}"
    finally:
        with psycopg.connect(**server, autocommit=True) as opened:
            opened.execute(f'drop database "{name}" with (force)')
