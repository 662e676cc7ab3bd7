"""The side that asks. What comes back is believed only as far as JSON goes."""

from __future__ import annotations

import array
import atexit
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import get_language

ROOT = Path(__file__).resolve().parents[2]
MAX_START_SECONDS = 60
SLACK_SECONDS = 5
"""Beyond the deadline of a reading: for its monitor to end it and to say so."""
MEGABYTE = 1024**2

_starting = threading.Lock()
_server: _Server | None = None
_places = threading.BoundedSemaphore(2)


@dataclass(frozen=True)
class Limits:
    """What one file may take, with everything that is started for it: seconds, and bytes of memory and of the answer.

    `subprocesses` says that it may start other programs, `file_size` how many bytes a file may have that it writes."""

    wall_seconds: float = 60
    cpu_seconds: int = 30
    memory: int = 1536 * MEGABYTE
    answer: int = 64 * MEGABYTE
    subprocesses: bool = False
    file_size: int = 0


class SandboxFailed(Exception):
    """There is no answer. `reason`: `time`, `memory`, `crash`, `answer` (too long, or not what it should be), `error` (of our own
    code, with its traceback), or `busy`."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason


class _Lost(Exception):
    """Nobody answered."""


def run_sandboxed(
    function: Callable[..., Any],
    data: bytes | BinaryIO,
    *arguments: Any,
    limits: Limits,
    slot_timeout: float | None = None,
) -> Any:
    """What `function(file, *arguments)` returns, by way of JSON. Raises SandboxFailed.

    `slot_timeout` is for web threads, of which only two at a time may wait for an answer: so many seconds for a place.
    """
    if slot_timeout is None:
        return _ask(function, data, arguments, limits)
    if not _places.acquire(timeout=slot_timeout):
        raise SandboxFailed("busy")
    try:
        return _ask(function, data, arguments, limits)
    finally:
        _places.release()


def start_server() -> None:
    """Starts the server, so that the first file need not wait for it."""
    _running()


def network_is_isolated() -> bool:
    """Whether the sandbox has no network here. Where it has, nothing is run that may fetch what a file names."""
    return _running().network_is_isolated


def _ask(function: Callable[..., Any], data: bytes | BinaryIO, arguments: tuple[Any, ...], limits: Limits) -> Any:
    request = {
        "function": f"{function.__module__}:{function.__qualname__}",
        "arguments": arguments,
        "language": get_language(),
        "limits": asdict(limits),
    }
    try:
        return _exchange(request, data, limits)
    except _Lost:
        # The server or the monitor was killed; another one is as good.
        _replace()
    try:
        return _exchange(request, data, limits)
    except _Lost as lost:
        raise SandboxFailed("crash") from lost


def _exchange(request: dict[str, Any], data: bytes | BinaryIO, limits: Limits) -> Any:
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            if isinstance(data, bytes):
                with open(os.memfd_create("file"), "w+b") as file:
                    file.write(data)
                    file.flush()
                    _hand_over(request, file.fileno(), theirs.fileno())
            else:
                _hand_over(request, data.fileno(), theirs.fileno())
        return _answer(ours, limits)


def _answer(ours: socket.socket, limits: Limits) -> Any:
    end = time.monotonic() + limits.wall_seconds + SLACK_SECONDS
    received = bytearray()
    while True:
        ours.settimeout(max(end - time.monotonic(), 0.001))
        try:
            piece = ours.recv(MEGABYTE)
        except TimeoutError as error:
            raise SandboxFailed("time") from error
        except OSError as error:
            raise _Lost from error
        if not piece:
            break
        received += piece
        if len(received) > limits.answer + MEGABYTE:
            raise SandboxFailed("answer")
    if not received:
        raise _Lost
    try:
        kind, value = json.loads(received)
    except (ValueError, TypeError, RecursionError) as error:
        raise SandboxFailed("answer") from error
    if kind == "value":
        return value
    raise SandboxFailed(str(kind), str(value))


def _hand_over(request: dict[str, Any], file: int, reply: int) -> None:
    try:
        _running().send(json.dumps(request).encode(), file, reply)
    except OSError as error:
        raise _Lost from error


def _running() -> _Server:
    global _server
    with _starting:
        # A process that was forked off has the server of its parent, whose end it is not to wait for.
        if _server is None or _server.owner != os.getpid() or _server.process.poll() is not None:
            _server = _Server()
        return _server


def _replace() -> None:
    global _server
    with _starting:
        if _server is not None:
            _server.end()
        _server = None


class _Server:
    def __init__(self) -> None:
        self.owner = os.getpid()
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self.process = subprocess.Popen[bytes](
                [sys.executable, "-m", "config.sandbox.server", str(theirs.fileno())],
                cwd=ROOT,
                env={name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TZ") if name in os.environ},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                # Ctrl-C is for whoever asked.
                start_new_session=True,
            )
        self.control.settimeout(MAX_START_SECONDS)
        try:
            told = json.loads(self.control.recv(1000) or b"null")
        except TimeoutError:
            told = None
        if told is None:
            self.end()
            raise SandboxFailed("crash", "the server of readings did not start")
        self.network_is_isolated = bool(told["network_is_isolated"])
        atexit.register(self.end)

    def send(self, message: bytes, *files: int) -> None:
        passed = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", files))]
        self.control.sendmsg([message], passed)

    def end(self) -> None:
        if self.owner == os.getpid():
            self.control.close()
            self.process.kill()
            self.process.wait()
