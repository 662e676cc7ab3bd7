"""Files that kill or freeze what opens them end with the process that they were opened in, within its limits."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from agencies.accounts import spreadsheet
from reports.importing import sandboxed
from reports.importing.document import Unreadable
from reports.originals import page_picture as pictures
from reports.originals.page_picture import NoPicture, page_picture
from tests.importing.test_hostile import pdf_with_page
from tests.samples.made_files import SAMPLES
from tests.sandbox.killers import KILLERS, far_cell, many_beginnings, pages_in_a_circle

SECONDS = 5
WAIT = 30
"""By the clock, on a busy machine."""


@pytest.fixture(autouse=True)
def bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandboxed, "READING", replace(sandboxed.READING, cpu_seconds=SECONDS, wall_seconds=WAIT))
    monkeypatch.setattr(spreadsheet, "LIMITS", replace(spreadsheet.LIMITS, cpu_seconds=SECONDS, wall_seconds=WAIT))
    monkeypatch.setattr(pictures, "LIMITS", replace(pictures.LIMITS, cpu_seconds=SECONDS, wall_seconds=WAIT))


@pytest.mark.parametrize("killer", KILLERS)
def test_a_report_that_kills_is_refused_and_the_next_one_is_read(killer: str) -> None:
    name, make = KILLERS[killer]
    data = make()
    began, before = time.monotonic(), time.process_time()
    with pytest.raises(Unreadable):
        sandboxed.read_sandboxed(data, name)
    assert time.monotonic() - began < WAIT + 2 * sandboxed.READING.cpu_seconds
    assert time.process_time() - before < 1, "this process has only waited"
    good = SAMPLES["julin-2021"].file
    assert sandboxed.read_sandboxed(good.read_bytes(), good.name).parsed.year == 2021


@pytest.mark.parametrize("make", [far_cell, many_beginnings])
def test_a_table_of_accounts_that_kills_is_refused(make: type[bytes]) -> None:
    with pytest.raises(spreadsheet.UnreadableSpreadsheet):
        spreadsheet.read_rows(make())


def test_a_page_that_cannot_be_drawn_in_time_has_no_picture() -> None:
    endless = pdf_with_page(b"0 0 m 595 842 l 0 842 l f\n" * 3_000_000)
    for page in (endless, pages_in_a_circle()):
        began = time.monotonic()
        try:
            drawn = page_picture(page, 1)
        except NoPicture:
            drawn = b"\x89PNG"
        assert drawn.startswith(b"\x89PNG"), "what could be drawn is a picture"
        assert time.monotonic() - began < WAIT + 10
