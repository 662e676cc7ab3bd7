"""The processes of a site: started again when they end, as systemd does it, and all ended at the end."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from tests.run import ROOT

PATIENCE = 90
"""Seconds; the machine may be busy."""


class Supervised:
    """A process that is started anew whenever it ends."""

    def __init__(self, command: list[str], environment: Mapping[str, str], log: Path) -> None:
        self.command, self.environment, self.log = command, environment, log
        self.restarts = 0
        self._over = threading.Event()
        self._start()
        self._watching = threading.Thread(target=self._watch, daemon=True)
        self._watching.start()

    def _start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen[bytes](
                self.command, env=self.environment, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def _watch(self) -> None:
        while not self._over.wait(0.2):
            if self.process.poll() is not None:
                self.restarts += 1
                self._start()

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)

    def pause(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def end(self) -> None:
        self._over.set()
        self._watching.join()
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def children(self) -> list[int]:
        """The processes that it runs its work in, without what they have started themselves."""
        return children_of(self.process.pid)


def wait_until(condition: Callable[[], object], what: str, seconds: float = PATIENCE) -> float:
    """How many seconds it took."""
    began = time.monotonic()
    while not condition():
        if time.monotonic() - began > seconds:
            raise TimeoutError(f"waited {seconds:.0f} seconds in vain: {what}")
        time.sleep(0.05)
    return time.monotonic() - began


def end_what_is_left() -> int:
    """How many processes that this one started, or that came to it as orphans, had to be ended. It is their subreaper."""
    end = time.monotonic() + 10
    while _reap() and time.monotonic() < end:
        time.sleep(0.1)
    left = children_of(os.getpid())
    for pid in left:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    while _reap():
        time.sleep(0.1)
    return len(left)


def _reap() -> bool:
    """Whether there are children that have not ended."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return False
    return True


def children_of(parent: int) -> list[int]:
    return [pid for pid, its_parent in _processes() if its_parent == parent]


def _processes() -> Iterator[tuple[int, int]]:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            yield int(stat.parent.name), int(fields[1])
