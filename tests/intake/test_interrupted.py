"""`manage.py import_reports` at a terminal: a bar on standard error, and Ctrl-C at any time."""

from __future__ import annotations

import contextlib
import io
import json
import os
import pty
import re
import signal
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from reports.management.progress import progress
from reports.models import FIGURES_MODELS, Action, Change, Report, Version
from samples.contents import FOLDER
from tests.jobs.site import ALIAS, ROOT, Site, own_site, wait_until


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_is_drawn_at_a_terminal_and_leaves_nothing_behind() -> None:
    screen = Terminal()
    with progress(4, "读取", file=screen) as bar:
        for name in ("甲.docx", "乙.docx"):
            bar.set_postfix_str(name)
            bar.update()
    drawn = [line.strip() for line in screen.getvalue().split("\r")]
    assert "读取 " + "╌" * 24 + " 0/4 · 还需 ?, 甲.docx" in drawn
    assert "读取 " + "━" * 6 + "╌" * 18 + " 1/4 · 还需 00:00, 乙.docx" in drawn
    assert drawn[-2:] == ["", ""], "wiped out"


def test_elsewhere_nothing_is_drawn() -> None:
    log = io.StringIO()
    with progress(4, file=log) as bar:
        bar.set_postfix_str("甲.docx")
    assert log.getvalue() == ""


def test_a_line_is_never_longer_than_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    screen = Terminal()
    with progress(2, file=screen) as bar:
        bar.set_postfix_str("很长的文件名" * 20)
    assert screen.getvalue().split("\r")[2].endswith(", 很长的文件")


@pytest.fixture
def site(transactional_db: None, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    with django_db_blocker.unblock(), own_site(tmp_path) as own:
        own.manage("load_divisions", str(FOLDER / "register.csv"))
        yield own


def _heed_interrupts() -> None:
    # Where the tests run in the background a shell has told them to ignore Ctrl-C, and so would what they start.
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _all_of(terminal: int) -> str:
    """What was written to it until nobody has it open any more; read at once, for a full one makes who writes wait."""
    written = b""
    with contextlib.suppress(OSError):
        while read := os.read(terminal, 65536):
            written += read
    os.close(terminal)
    return written.decode()


@pytest.mark.slow
def test_interrupted_it_leaves_whole_reports_and_goes_on_the_next_time(site: Site) -> None:
    files = sorted(map(str, (FOLDER / "reports").glob("*202[1-3].*")))
    command = site.command("import_reports", "--format", "jsonl", *files)
    ours, theirs = pty.openpty()
    # It cannot be done before it is interrupted: what it prints fills the pipe after a few reports, and nobody reads it.
    first = subprocess.Popen(
        command, env=site.environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=theirs, preexec_fn=_heed_interrupts
    )
    os.close(theirs)
    screen = ThreadPoolExecutor(1).submit(_all_of, ours)
    wait_until(lambda: Version.objects.using(ALIAS).count() >= 2)
    first.send_signal(signal.SIGINT)
    out, _ = first.communicate(timeout=60)
    said = screen.result(timeout=60)
    assert first.returncode == 130
    assert "已中断" in said
    assert re.search(rf"读取 .* \d+/{len(files)} .*, \S+-202[1-3]\.", said)
    stored = Version.objects.using(ALIAS).count()
    assert 2 <= stored < len(files)
    assert [json.loads(line)["file"] for line in out.decode().splitlines()] == files[: len(out.splitlines())]
    for model in (Report, FIGURES_MODELS["2021"], Change):
        assert model._default_manager.using(ALIAS).count() == stored, "whole reports only"
    again = subprocess.run(command, env=site.environment, cwd=ROOT, capture_output=True, check=True)
    assert len(again.stdout.splitlines()) == len(files)
    assert again.stderr == b"", "where nobody sees it there is no bar"
    assert Version.objects.using(ALIAS).count() == Report.objects.using(ALIAS).count() == len(files)
    assert Change.objects.using(ALIAS).filter(action=Action.IMPORTED).count() == len(files)
