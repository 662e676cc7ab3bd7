"""Whatever goes on in a process apart: it is bounded with all that it starts, sees nothing of ours, and is believed little."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from config.sandbox import Limits, SandboxFailed, client, run_sandboxed
from tests.sandbox import misbehaving
from tests.sandbox.ordinary_user import as_an_ordinary_user, told_by, where_namespaces_are_refused

ROOT = Path(__file__).resolve().parents[2]
QUICK = Limits(wall_seconds=20, cpu_seconds=1, memory=512 << 20, answer=1 << 20)


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def gone(pids: list[int]) -> bool:
    end = time.monotonic() + 5
    while any(map(is_alive, pids)) and time.monotonic() < end:
        time.sleep(0.02)
    return not any(map(is_alive, pids))


def test_an_answer_comes_back_as_json() -> None:
    assert run_sandboxed(misbehaving.say, b"", {"数": [1, None, "a"]}, limits=QUICK) == {"数": [1, None, "a"]}
    assert run_sandboxed(misbehaving.length, b"x" * 3_000_000, limits=QUICK) == 3_000_000


@pytest.mark.parametrize(
    ("misdeed", "limits", "how"),
    [
        (misbehaving.calculate, QUICK, "time"),
        (misbehaving.take_memory, QUICK, "memory"),
        (misbehaving.abort, QUICK, "memory"),
        (misbehaving.answer_at_length, QUICK, "answer"),
        (misbehaving.answer_rubbish, QUICK, "answer"),
        (misbehaving.answer_deep, QUICK, "answer"),
        (misbehaving.fail, QUICK, "error"),
    ],
)
def test_what_goes_wrong_is_said_and_nothing_else_happens(
    misdeed: Callable[..., Any], limits: Limits, how: str
) -> None:
    began = time.monotonic()
    with pytest.raises(SandboxFailed) as failed:
        run_sandboxed(misdeed, b"", limits=limits)
    assert failed.value.reason == how
    assert time.monotonic() - began < QUICK.wall_seconds


def test_who_only_waits_is_ended_by_the_clock() -> None:
    with pytest.raises(SandboxFailed, match="time"):
        run_sandboxed(misbehaving.sleep, b"", "", limits=replace(QUICK, wall_seconds=1))


def test_it_sees_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "secret")
    monkeypatch.setattr(client, "_server", None)
    assert set(run_sandboxed(misbehaving.environment, b"", limits=QUICK)) <= {
        "",
        "PATH",
        "LANG",
        "LC_ALL",
        "TZ",
        "TMPDIR",
    }


def test_it_reaches_no_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        socket.create_connection(("127.0.0.1", port)).close()
        assert run_sandboxed(misbehaving.connect, b"", port, limits=QUICK) != "connected"


def test_it_writes_nothing(tmp_path: Path) -> None:
    place = tmp_path / "written"
    run_sandboxed(misbehaving.write, b"", str(place), limits=QUICK)
    assert not place.exists() or not place.read_bytes()


def test_its_bounds_are_those_that_were_asked_for() -> None:
    found = run_sandboxed(misbehaving.limits, b"", limits=QUICK)
    assert found == {"CPU": 2, "AS": QUICK.memory, "FSIZE": 0, "CORE": 0, "NPROC": 0}


def test_what_it_started_ends_with_it() -> None:
    left = run_sandboxed(misbehaving.leave_behind, b"", 3, limits=replace(QUICK, subprocesses=True))
    assert gone(left)


def test_what_it_started_counts_with_it() -> None:
    began = time.monotonic()
    with pytest.raises(SandboxFailed, match="time"):
        run_sandboxed(misbehaving.calculate_together, b"", 4, limits=replace(QUICK, subprocesses=True, cpu_seconds=2))
    assert time.monotonic() - began < QUICK.wall_seconds


def test_it_ends_when_nobody_waits_for_it_any_more(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    program = (
        "from config.sandbox import Limits, run_sandboxed; from tests.sandbox import misbehaving;"
        f"run_sandboxed(misbehaving.sleep, b'', {str(note)!r}, limits=Limits(file_size=100))"
    )
    asking = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT)
    while not (note.exists() and note.read_text(encoding="ascii")):
        assert asking.poll() is None
        time.sleep(0.02)
    asking.send_signal(signal.SIGKILL)
    asking.wait()
    assert gone([int(note.read_text(encoding="ascii"))])


def test_a_server_that_was_killed_is_replaced() -> None:
    assert run_sandboxed(misbehaving.say, b"", 1, limits=QUICK) == 1
    assert client._server is not None
    client._server.process.kill()
    assert run_sandboxed(misbehaving.say, b"", 2, limits=QUICK) == 2


def test_no_more_than_two_web_threads_wait_at_once() -> None:
    def wait() -> None:
        with pytest.raises(SandboxFailed, match="time"):
            run_sandboxed(misbehaving.sleep, b"", "", limits=replace(QUICK, wall_seconds=3), slot_timeout=1)

    waiting = [Thread(target=wait) for _number in range(2)]
    for thread in waiting:
        thread.start()
    time.sleep(0.5)
    with pytest.raises(SandboxFailed, match="busy"):
        run_sandboxed(misbehaving.say, b"", 1, limits=QUICK, slot_timeout=0.1)
    assert run_sandboxed(misbehaving.say, b"", 1, limits=QUICK) == 1, "who has no others to answer is not held up"
    for thread in waiting:
        thread.join()


MISDEEDS = """
import json, os, sys
from config.sandbox import Limits, SandboxFailed, network_is_isolated, run_sandboxed
from tests.sandbox import misbehaving
quick = Limits(wall_seconds=20, cpu_seconds=1, memory=512 << 20, answer=1 << 20)
def came_of(misdeed, *arguments):
    try:
        return run_sandboxed(misdeed, b"", *arguments, limits=quick)
    except SandboxFailed as failed:
        return failed.reason
place = os.environ["PLACE"]
print(json.dumps({
    "user": os.getuid(),
    "isolated": network_is_isolated(),
    "say": came_of(misbehaving.say, 1),
    "calculate": came_of(misbehaving.calculate),
    "take_memory": came_of(misbehaving.take_memory),
    "abort": came_of(misbehaving.abort),
    "answer_at_length": came_of(misbehaving.answer_at_length),
    "answer_rubbish": came_of(misbehaving.answer_rubbish),
    "environment": "SECRET_KEY" in came_of(misbehaving.environment),
    "connect": came_of(misbehaving.connect, int(os.environ["TO"])) == "connected",
    "write": (came_of(misbehaving.write, place), os.path.exists(place) and os.path.getsize(place))[1],
    "limits": came_of(misbehaving.limits)["NPROC"],
}))
"""


def test_it_is_confined_for_an_ordinary_user_as_for_root(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        given = {"PLACE": str(tmp_path / "written"), "TO": str(server.getsockname()[1]), "SECRET_KEY": "secret"}
        told = told_by(MISDEEDS, as_an_ordinary_user, **given)
    assert told.pop("user") != 0
    assert told == {
        "isolated": True,
        "say": 1,
        "calculate": "time",
        "take_memory": "memory",
        "abort": "memory",
        "answer_at_length": "answer",
        "answer_rubbish": "answer",
        "environment": False,
        "connect": False,
        "write": 0,
        "limits": 0,
    }


def test_where_no_namespaces_are_to_be_had_it_says_so_and_is_bounded_all_the_same(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        given = {"PLACE": str(tmp_path / "written"), "TO": str(server.getsockname()[1]), "SECRET_KEY": "secret"}
        told = told_by(MISDEEDS, where_namespaces_are_refused, **given)
    assert told["isolated"] is False
    assert (told["calculate"], told["take_memory"], told["environment"], told["write"]) == ("time", "memory", False, 0)
