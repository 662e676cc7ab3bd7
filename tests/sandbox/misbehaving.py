"""What code that a file has taken over could try, to be run apart."""

from __future__ import annotations

import json
import os
import resource
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, BinaryIO


def say(_file: BinaryIO, answer: Any) -> Any:
    return answer


def length(file: BinaryIO) -> int:
    return len(file.read())


def environment(_file: BinaryIO) -> dict[str, str]:
    """Of this process and of those that it was forked off."""
    found = dict(os.environ)
    for process in ("self", str(os.getppid())):
        for entry in Path("/proc", process, "environ").read_bytes().split(b"\0"):
            name, _equals, value = entry.decode().partition("=")
            found[name] = value
    return found


def connect(_file: BinaryIO, port: int) -> str:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except OSError as error:
        return type(error).__name__
    return "connected"


def calculate(_file: BinaryIO) -> None:
    while True:
        pass


def sleep(_file: BinaryIO, note: str) -> None:
    Path(note).write_text(str(os.getpid()), encoding="ascii") if note else None
    time.sleep(600)


def take_memory(_file: BinaryIO) -> int:
    return len([bytes(1 << 20) for _number in range(1 << 20)])


def abort(_file: BinaryIO) -> None:
    os.abort()


def answer_at_length(_file: BinaryIO) -> str:
    return "x" * (2 << 20)


def answer_rubbish(_file: BinaryIO) -> None:
    """Past our own code, as taken over code would."""
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, b"\x80\x04cos\nsystem\n(S'true'\ntR.")
        except OSError:
            continue
    os._exit(0)


def answer_deep(_file: BinaryIO) -> None:
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, b"[" * 200_000)
        except OSError:
            continue
    os._exit(0)


def write(_file: BinaryIO, place: str) -> str:
    try:
        with open(place, "wb") as file:
            file.write(b"x" * 10)
    except OSError as error:
        return type(error).__name__
    return "written"


def leave_behind(_file: BinaryIO, count: int) -> list[int]:
    """Processes in sessions of their own, which outlive the one that started them."""
    program = "import time; time.sleep(600)"
    return [
        subprocess.Popen([sys.executable, "-c", program], start_new_session=True, stdout=subprocess.DEVNULL).pid
        for _number in range(count)
    ]


def calculate_together(_file: BinaryIO, count: int) -> None:
    for _number in range(count):
        subprocess.Popen([sys.executable, "-c", "while True: pass"], start_new_session=True)
    time.sleep(600)


def limits(_file: BinaryIO) -> dict[str, int]:
    names = ("CPU", "AS", "FSIZE", "CORE", "NPROC")
    return {name: resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))[1] for name in names}


def fail(_file: BinaryIO) -> None:
    raise RuntimeError(json.dumps("our own fault"))
