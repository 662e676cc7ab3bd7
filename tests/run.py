"""The test suite in two parts, each on SQLite and on a throw-away PostgreSQL: `python -m tests.run PART [pytest options]`.

                    part `quick`                          part `rest`: what that leaves out
    SQLite          all but what is marked slow           what is slow
    PostgreSQL      what can differ there                 what else touches the database, slow or not
    three clocks                                          what is quick, but the browser and what knows no time, on SQLite

PostgreSQL is started from its own binaries, reached through a socket in a folder of its own and stopped at the end.
Where they are not installed it is skipped, and said to be; with CI=true that, like any other skip, is a failure.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CLOCKS = ("00:30", "08:30", "23:30")
"""In Shanghai. At the first it is still yesterday in UTC, in which moments are kept."""
TIMELESS = ("checks", "importing", "standard")
"""The form, recognition and the rules: pure, as the import contracts hold them to be."""
CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
PACKAGED = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "usr/local/pgsql/bin", "opt/homebrew/opt/postgresql*/bin")
INITDB = ("--username=nianbao", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=50")


DIFFERENT = tuple(
    f"tests/{place}"
    for place in (
        "agencies/test_account_tables.py",
        "agencies/test_lockout.py",
        "agencies/test_register.py",
        "api",
        "catalogue",
        "findings",
        "intake/test_batch_import.py",
        "intake/test_storing.py",
        "jobs",
        "lifecycle",
        "models",
        "public/test_list.py",
        "public/test_query_counts.py",
        "public/test_regions.py",
        "public/test_search.py",
        "record",
        "review/test_progress.py",
        "review/test_review.py",
        "test_unstorable.py",
    )
)
"""Where the databases can differ: locks and constraints, raw SQL, sorting and counting, searching, JSON, what is refused."""


def main(part: str, *options: str) -> int:
    # Ending this process must end the server, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    return PARTS[part](options)


def quick(options: Sequence[str]) -> int:
    return on_sqlite("not slow", options) or on_postgres("not slow", [*DIFFERENT, *options])


def rest(options: Sequence[str]) -> int:
    elsewhere = [f"--ignore={place}" for place in DIFFERENT]
    status = on_sqlite("slow", options) or on_postgres("not slow", [*elsewhere, *options])
    status = status or on_postgres("slow", options)
    timeless = [f"--ignore=tests/{place}" for place in TIMELESS]
    for time_of_day in CLOCKS:
        at = ["-p", "tests.clock", "--at", time_of_day]
        status = status or on_sqlite("not slow and not browser", [*at, *timeless, *options])
    return status


PARTS = {"quick": quick, "rest": rest}


def on_sqlite(which: str, options: Sequence[str]) -> int:
    return pytest("SQLite", which, options, "sqlite:///:memory:")


def on_postgres(which: str, options: Sequence[str]) -> int:
    binaries = postgres_binaries()
    if binaries is None:
        print("── PostgreSQL: SKIPPED, no initdb and postgres on PATH or where packages put them ──")
        return 1 if CI else 0
    with throw_away_postgres(binaries) as url:
        return pytest(str(binaries), which, ["-p", "tests.on_postgres", *options], url)


def pytest(where: str, which: str, options: Sequence[str], database: str) -> int:
    print(f"── {where}: {which} ──", flush=True)
    plugins = ["-p", "tests.counted", *(["-p", "tests.nothing_skipped"] if CI else [])]
    command = [sys.executable, "-m", "pytest", *plugins, *options, "-m", which]
    return subprocess.run(command, cwd=ROOT, env=os.environ | {"DATABASE_URL": database}, check=False).returncode


def postgres_binaries() -> Path | None:
    """The folder of the PostgreSQL on PATH, else of the newest one installed; Debian keeps it off PATH."""
    on_path = shutil.which("initdb")
    installed = [folder for pattern in PACKAGED for folder in Path("/").glob(pattern)]
    installed.sort(key=lambda folder: [int(number) for number in re.findall(r"\d+", str(folder))], reverse=True)
    folders = [Path(on_path).resolve().parent, *installed] if on_path else installed
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


@contextmanager
def throw_away_postgres(binaries: Path) -> Iterator[str]:
    """A server of our own; yields the address of its database."""
    with postgres_server(binaries) as server:
        yield server.url


@contextmanager
def postgres_server(binaries: Path) -> Iterator[PostgresServer]:
    """A server of our own, which can be restarted."""
    with tempfile.TemporaryDirectory(prefix="nianbao-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        as_user: dict[str, Any] = {"cwd": folder}
        if os.geteuid() == 0:  # PostgreSQL refuses to be root.
            user = unprivileged_user()
            os.chown(folder, user.pw_uid, user.pw_gid)
            as_user |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        create = [f"{binaries}/initdb", "-D", f"{folder}/data", *INITDB]
        subprocess.run(create, check=True, stdout=subprocess.DEVNULL, **as_user)
        server = PostgresServer(binaries, folder, as_user)
        server.start()
        try:
            yield server
        finally:
            server.stop()


class PostgresServer:
    def __init__(self, binaries: Path, folder: str, as_user: dict[str, Any]) -> None:
        self.binaries, self.folder, self.as_user = binaries, folder, as_user
        self.url = f"postgres://nianbao@{folder.replace('/', '%2F')}/postgres"

    def start(self) -> None:
        settings = ("listen_addresses=", f"unix_socket_directories={self.folder}", *FORGETFUL)
        serve = [f"{self.binaries}/postgres", "-D", f"{self.folder}/data", *(f"-c{setting}" for setting in settings)]
        with open(f"{self.folder}/log", "ab") as log:
            self.process = subprocess.Popen[bytes](serve, stdout=log, stderr=log, **self.as_user)
        try:
            wait_until_ready(self.binaries, self.folder, self.process)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """At once, whoever is connected."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def unprivileged_user() -> pwd.struct_passwd:
    known = {user.pw_name: user for user in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in known:
            return known[name]
    raise SystemExit("PostgreSQL does not run as root, and neither a user postgres nor nobody exists.")


def wait_until_ready(binaries: Path, folder: str, server: subprocess.Popen[bytes]) -> None:
    ask = [f"{binaries}/pg_isready", "-q", "-h", folder]
    for _attempt in range(150):
        if server.poll() is not None:
            break
        if subprocess.run(ask, check=False).returncode == 0:
            return
        time.sleep(0.2)
    raise SystemExit(f"PostgreSQL did not start:\n{Path(folder, 'log').read_text(errors='replace')}")


if __name__ == "__main__":
    if not PARTS.keys() & sys.argv[1:2]:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
