"""The process that the readings are forked off, run as a program: it has loaded everything and has no threads.

It starts with an environment that holds no secret, and with settings that know no database.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import signal
import socket
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.utils.translation import override

from config.sandbox.isolation import NOBODY, become_subreaper, can_become_nobody, confine, isolate_network
from config.sandbox.monitor import monitor

PRELOADED = ("reports.importing.sandboxed", "reports.originals.page_picture", "agencies.accounts.cells")
MAX_REQUEST = 200_000


def main(control: socket.socket) -> None:
    _load()
    network_is_isolated = isolate_network()
    become_nobody = can_become_nobody()
    control.send(json.dumps({"network_is_isolated": network_is_isolated}).encode())
    # Nobody waits for the monitors.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    # What is loaded stays shared with the children, since no collection touches it.
    gc.collect()
    gc.freeze()
    while True:
        message, files, _flags, _address = socket.recv_fds(control, MAX_REQUEST, 2)
        if not message:
            return
        if os.fork() == 0:
            control.close()
            try:
                _monitor_child(json.loads(message), *files, become_nobody=become_nobody)
            except BaseException:
                # Nobody is told but the log: whoever asked sees that no answer comes.
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        for file in files:
            os.close(file)


def _load() -> None:
    root = Path(__file__).resolve().parents[2]
    settings.configure(
        USE_I18N=True, LANGUAGE_CODE="zh-hans", LANGUAGES=[("zh-hans", "中文"), ("en", "English")],
        LOCALE_PATHS=[root / "config" / "locale"], LOGGING={"version": 1, "loggers": {"pdfminer": {"level": "ERROR"}}},
    )  # fmt: skip
    django.setup()
    for name in PRELOADED:
        module = importlib.import_module(name)
        if prepare := getattr(module, "prepare", None):
            prepare()


def _monitor_child(request: dict[str, Any], file: int, reply: int, *, become_nobody: bool) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    become_subreaper()
    limits = request["limits"]
    with _folder(limits, become_nobody=become_nobody) as folder:
        theirs, ours = os.pipe()
        reader = os.fork()
        if reader:
            os.close(ours)
            os.close(file)
            with socket.socket(fileno=reply) as answering:
                monitor(reader, theirs, answering, limits)
            return
        os.close(theirs)
        os.close(reply)
        confine(limits, become_nobody=become_nobody)
        os.environ["TMPDIR"] = folder
        # It would be cut off, since nothing may be written, and broken for everybody.
        sys.dont_write_bytecode = True
        with open(ours, "wb") as answer:
            answer.write(json.dumps(_read(request, file)).encode())
        # The folder is the monitor's to remove.
        os._exit(0)


@contextmanager
def _folder(limits: dict[str, Any], *, become_nobody: bool) -> Iterator[str]:
    """Where a reading may write, if it may."""
    if not limits["file_size"]:
        yield "/nowhere"
        return
    with tempfile.TemporaryDirectory(prefix="nianbao-", ignore_cleanup_errors=True) as folder:
        if become_nobody:
            os.chown(folder, NOBODY, NOBODY)
        yield folder


def _read(request: dict[str, Any], file: int) -> tuple[str, Any]:
    module, _colon, name = request["function"].partition(":")
    try:
        function = getattr(importlib.import_module(module), name)
        with override(request["language"]), open(file, "rb") as opened:
            opened.seek(0)
            return "value", function(opened, *request["arguments"])
    except MemoryError:
        return "memory", ""
    except Exception:
        return "error", traceback.format_exc()[-10_000:]


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
