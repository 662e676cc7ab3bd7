"""A program run by somebody without any right, in a system that allows namespaces, or in one that does not."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from config.sandbox.isolation import CLONE_NEWUSER

ROOT = Path(__file__).resolve().parents[2]
_SYSTEM = Path("/proc/sys/user")


def as_an_ordinary_user() -> None:
    """Before a program is started: root becomes somebody without any right, who still owns these files."""
    if os.geteuid() == 0:
        _become(1000)


def where_namespaces_are_refused() -> None:
    """The same, where nobody gets a namespace any more."""
    _become(0)
    for name in ("max_user_namespaces", "max_net_namespaces"):
        (_SYSTEM / name).write_text("0", encoding="ascii")
    os.setresuid(0, 0, 0)


def _become(uid: int) -> None:
    outside = os.geteuid()
    group = os.getegid()
    assert ctypes.CDLL(None).unshare(CLONE_NEWUSER) == 0, "this system allows no user namespaces"
    for name, content in (("setgroups", "deny"), ("uid_map", f"{uid} {outside} 1"), ("gid_map", f"{uid} {group} 1")):
        Path("/proc/self", name).write_text(content, encoding="ascii")


def told_by(program: str, become: Any = as_an_ordinary_user, **given: str) -> Any:
    """What a program prints as JSON."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=os.environ | given,
        preexec_fn=become,
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(done.stdout)
