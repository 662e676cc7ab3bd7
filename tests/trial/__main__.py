"""Runs every fault against a whole site on SQLite and then on PostgreSQL, and prints what was lost, doubled, answered 5xx.

    python -m tests.trial                              # all
    python -m tests.trial postgresql two_imports       # one, on one database

Ends with status 1 where something was lost or doubled, answered 5xx where it must not, or did not recover in its bound.
"""

from __future__ import annotations

import os
import resource
import secrets
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import django

from config.sandbox.isolation import become_subreaper
from tests.run import CI, ROOT, PostgresServer, postgres_binaries, postgres_server
from tests.trial.fault import Database, Fault, Outcome
from tests.trial.processes import end_what_is_left

if TYPE_CHECKING:
    from tests.trial.site import Site

HEADING = "     lost doubled 5xx, seconds to recover, fault [how long it was tried]"


def main(arguments: Sequence[str]) -> int:
    # Ending this process must end everything that it started, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if arguments:
        return on_database(Database(arguments[0]), arguments[1:])
    began = time.monotonic()
    statuses = [in_its_own_process(database) for database in Database]
    # Which, unlike the clock, does not depend on what else this machine does.
    use = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"── {time.monotonic() - began:.0f} seconds, {use.ru_utime + use.ru_stime:.0f} of them of a processor ──")
    return max(statuses)


def in_its_own_process(database: Database) -> int:
    """Django knows one default database a process."""
    with subprocess.Popen([sys.executable, "-m", "tests.trial", database], cwd=ROOT) as trial:
        try:
            return trial.wait()
        finally:
            # It ends what it has started.
            trial.terminate()
            trial.wait()


def on_database(database: Database, chosen: Sequence[str]) -> int:
    binaries = postgres_binaries()
    if database == Database.POSTGRESQL and binaries is None:
        print("── PostgreSQL: SKIPPED, no initdb and postgres on PATH or where packages put them ──")
        return 1 if CI else 0
    become_subreaper()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="nianbao-trial-", dir="/tmp")))
        stack.callback(end_what_is_left)
        server = (
            stack.enter_context(postgres_server(binaries)) if database == Database.POSTGRESQL and binaries else None
        )
        os.environ |= environment(folder, server)
        django.setup()
        # They ask the database through the models, which can be imported only now.
        from tests.trial.faults import FAULTS
        from tests.trial.site import running_site

        wanted = [one for one in FAULTS if database in one.databases and (not chosen or one.name in chosen)]
        if not wanted:
            sys.exit(f"no such fault; there are {', '.join(one.name for one in FAULTS)}")
        stack.enter_context(small_disk(folder / "originals"))
        site = stack.enter_context(running_site(folder, server))
        print(f"── {database.label} ──\n{HEADING}", flush=True)
        bad = sum(not tell(one, attempt(one, site)) for one in wanted)
    left = end_what_is_left()
    print(f"── {database.label}: {len(wanted)} faults, {bad} did harm; {left} processes left behind ──", flush=True)
    return int(bool(bad or left))


def environment(folder: Path, server: PostgresServer | None) -> dict[str, str]:
    """A site as in production but for TLS, behind one proxy, so that everybody can have an address of his own."""
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": server.url if server else f"sqlite:///{folder}/site.sqlite3",
        "DEBUG": "0",
        "TLS": "0",
        "PROXIES": "1",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "127.0.0.1",
        "MEDIA_ROOT": str(folder / "originals"),
        "DATA_ROOT": str(folder / "data"),
        "STATIC_ROOT": str(folder / "static"),
        "RECORD_KEY": secrets.token_hex(32),
        "JOB_LEASE": "4",
        "PYTHONWARNINGS": "ignore",
    }


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """A disk of its own for the originals, so that it can be full, where this user may mount one."""
    folder.mkdir()
    options = ["mount", "-t", "tmpfs", "-o", "size=48m", "nianbao-trial", str(folder)]
    mounted = subprocess.run(options, capture_output=True, check=False).returncode == 0
    try:
        yield
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


def attempt(fault: Fault, site: Site) -> Outcome:
    try:
        return fault.run(site)
    except TimeoutError as waited:
        return Outcome(wrong=[f"not recovered: {waited}"])
    except Exception as error:
        traceback.print_exc()
        return Outcome(wrong=[f"the trial itself failed: {error!r}"])


def tell(fault: Fault, outcome: Outcome) -> bool:
    counts = f"{outcome.lost:3} {outcome.doubled:3} {outcome.server_errors:3} {outcome.seconds:6.1f}"
    print(f"{'ok  ' if outcome.is_harmless else 'HARM'} {counts}  {fault.title}  [{outcome.took:.0f} s]")
    for line in (fault.what_was_done, outcome.seen, *(f"✗ {each}" for each in outcome.wrong)):
        if line:
            print(textwrap.fill(line, 132, initial_indent=" " * 24, subsequent_indent=" " * 24))
    sys.stdout.flush()
    return outcome.is_harmless


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
