"""Watches over one reading, from its fork to its end. Never reads what the reading answers, only how long it is."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

LOOK_EVERY = 0.25
"""Seconds between two looks at what a reading has started."""
_PAGE, _TICKS = os.sysconf("SC_PAGE_SIZE"), os.sysconf("SC_CLK_TCK")
# Rust aborts where it gets no memory.
_ENDS = {signal.SIGXCPU: "time", signal.SIGKILL: "time", signal.SIGABRT: "memory"}


def monitor(reader: int, pipe: int, reply: socket.socket, limits: dict[str, Any]) -> None:
    """Passes the answer on, or says how the reading ended; ends it, and whatever it started, in any case."""
    try:
        answer = _listen(reader, pipe, reply, limits)
    finally:
        _end_all(reader)
    if answer is not None:
        reply.settimeout(limits["wall_seconds"])
        reply.sendall(answer if isinstance(answer, bytes) else json.dumps([answer, ""]).encode())


def _listen(reader: int, pipe: int, reply: socket.socket, limits: dict[str, Any]) -> bytes | str | None:
    """The answer, or why there is none; None where nobody waits for it any more."""
    end = time.monotonic() + limits["wall_seconds"]
    answer = bytearray()
    waiting = select.poll()
    waiting.register(pipe, select.POLLIN)
    waiting.register(reply.fileno(), select.POLLRDHUP)
    look = time.monotonic() + LOOK_EVERY
    while (now := time.monotonic()) < end:
        for ready, _event in waiting.poll(1000 * min(LOOK_EVERY, end - now)):
            if ready == reply.fileno():
                return None
            if not (piece := os.read(pipe, 1 << 20)):
                return bytes(answer) or _how_it_ended(reader, end)
            answer += piece
            if len(answer) > limits["answer"]:
                return "answer"
        if now >= look:
            look = now + LOOK_EVERY
            seconds, memory = _use_of(os.getpid())
            if seconds > limits["cpu_seconds"] or memory > limits["memory"]:
                return "time" if seconds > limits["cpu_seconds"] else "memory"
    return "time"


def _how_it_ended(reader: int, end: float) -> str:
    """It has closed its pipe; a moment later it is gone, unless it means harm."""
    while time.monotonic() < end:
        ended = os.waitid(os.P_PID, reader, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        if ended:
            return _ENDS.get(signal.Signals(ended.si_status), "crash") if ended.si_code != os.CLD_EXITED else "crash"
        time.sleep(0.005)
    return "time"


def _end_all(reader: int) -> None:
    """The reading with everything that it started, also what has made itself independent: orphans come to this process."""
    try:
        os.killpg(reader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        os.kill(reader, signal.SIGKILL)
    os.waitpid(reader, 0)
    while True:
        try:
            left, _status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not left:
            for child in [pid for pid, _stat in _descendants(os.getpid())]:
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
            time.sleep(0.001)


def _use_of(monitor: int) -> tuple[float, int]:
    """Seconds of the processor and bytes of memory that all descendants together take."""
    stats = [stat for _pid, stat in _descendants(monitor)]
    # In `man 5 proc`, counted without the first two: utime and stime, those of children that have ended, and the pages.
    seconds = sum(sum(map(int, stat[11:15])) for stat in stats) / _TICKS
    return seconds, sum(int(stat[21]) for stat in stats) * _PAGE


def _descendants(monitor: int) -> Iterator[tuple[int, list[str]]]:
    processes = dict(_processes())
    found = {monitor}
    # A child can have a lower number than its parent, once numbers are used again.
    while more := {pid for pid, stat in processes.items() if pid not in found and int(stat[1]) in found}:
        found |= more
    return ((pid, processes[pid]) for pid in found - {monitor})


def _processes() -> Iterator[tuple[int, list[str]]]:
    """Each with what /proc says of it, from its state on; its name, which stands before, can hold anything."""
    for name in os.listdir("/proc"):
        if name.isdecimal():
            try:
                with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as stat:
                    yield int(name), stat.read().rpartition(")")[2].split()
            except OSError:
                continue
