"""A progress bar for commands: on a terminal's standard error, and nowhere else."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from unicodedata import east_asian_width

from django.core.management.base import OutputWrapper
from django.utils.translation import gettext as _

_BAR = 24
_CLEAR = "\r\x1b[K"


class Progress:
    """Call `at` with what is at hand before each unit. It draws at most ten times a second."""

    def __init__(self, total: int, stream: OutputWrapper, doing: str = "") -> None:
        self.doing = f"{doing} " if doing else ""
        self.total = total
        self.stream = stream
        self.done = 0
        self.begun = time.monotonic()
        self.drawn = float("-inf")
        self.shown = stream.isatty() and total > 1

    def at(self, name: str, counts: int = 1) -> None:
        now = time.monotonic()
        if self.shown and now - self.drawn > 0.1:
            self.drawn = now
            self.stream.write(
                _CLEAR + _cut(f"{self.doing}{self._bar()} {self.done}/{self.total}{self._left(now)} {name}"), ending=""
            )
            self.stream.flush()
        self.done += counts

    def clear(self) -> None:
        if self.shown:
            self.stream.write(_CLEAR, ending="")
            self.stream.flush()

    def _bar(self) -> str:
        full = self.done * _BAR // self.total
        return "━" * full + "╌" * (_BAR - full)

    def _left(self, now: float) -> str:
        if not self.done or now - self.begun < 3:
            return ""
        seconds = round((now - self.begun) / self.done * (self.total - self.done))
        return " · " + _("还需 %(minutes)d:%(seconds)02d") % {"minutes": seconds // 60, "seconds": seconds % 60}


@contextmanager
def progress(total: int, stream: OutputWrapper, doing: str = "") -> Iterator[Progress]:
    bar = Progress(total, stream, doing)
    try:
        yield bar
    finally:
        bar.clear()


def _cut(line: str) -> str:
    """As much as fits the terminal, in which a Chinese character takes two places."""
    room = shutil.get_terminal_size().columns - 1
    for length, character in enumerate(line):
        room -= 2 if east_asian_width(character) in "WF" else 1
        if room < 0:
            return line[:length]
    return line
