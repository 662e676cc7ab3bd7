"""What Linux offers an ordinary user to confine a process; each step is taken where the system allows it."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sysconfig
from pathlib import Path
from typing import Any

CLONE_NEWUSER, CLONE_NEWNET = 0x1000_0000, 0x4000_0000
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 1, 36, 38
NOBODY = 65534
MAX_OPEN_FILES = 256

_libc = ctypes.CDLL(None, use_errno=True)


def isolate_network() -> bool:
    """A network of its own, in which there is nothing; said is whether that could be had. For a process without threads."""
    uid, gid = os.getuid(), os.getgid()
    if uid == 0 and _libc.unshare(CLONE_NEWNET) == 0:
        return True
    if _libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0:
        return False
    # Files keep their owner.
    for name, content in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
        Path("/proc/self", name).write_text(content, encoding="ascii")
    return True


def can_become_nobody() -> bool:
    """Whether this is root, and nobody could go on reading the libraries."""
    if os.geteuid() != 0 or not _maps_nobody():
        return False
    os.seteuid(NOBODY)
    try:
        return all(os.access(place, os.R_OK | os.X_OK, effective_ids=True) for place in _libraries())
    finally:
        os.seteuid(0)


def _maps_nobody() -> bool:
    lines = (map(int, line.split()) for line in Path("/proc/self/uid_map").read_text(encoding="ascii").splitlines())
    return any(first <= NOBODY < first + count for first, _outside, count in lines)


def _libraries() -> list[str]:
    return [sysconfig.get_path("stdlib"), sysconfig.get_path("purelib"), str(Path(__file__).parents[2])]


def become_subreaper() -> None:
    """Whatever a child leaves behind becomes a child of this process."""
    _libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def confine(limits: dict[str, Any], *, become_nobody: bool) -> None:
    """For a process that is about to open a file: what it and its children may take. It dies with its parent."""
    os.setsid()
    if become_nobody:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    # Another user would have undone this.
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    _libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _limit(resource.RLIMIT_CPU, limits["cpu_seconds"], limits["cpu_seconds"] + 1)
    _limit(resource.RLIMIT_AS, limits["memory"])
    _limit(resource.RLIMIT_FSIZE, limits["file_size"])
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, MAX_OPEN_FILES)
    if not limits["subprocesses"]:
        _limit(resource.RLIMIT_NPROC, 0)


def _limit(what: int, soft: int, hard: int | None = None) -> None:
    most = resource.getrlimit(what)[1]
    hard = soft if hard is None else hard
    bound = hard if most == resource.RLIM_INFINITY else min(hard, most)
    resource.setrlimit(what, (min(soft, bound), bound))
