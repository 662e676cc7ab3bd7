"""Good files damaged at random: each is read or refused, within bounds, with nothing but `Unreadable`."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from reports.importing.parsed import ParsedReport
from reports.standard import CURRENT
from samples.contents import ENDINGS
from tests.importing.generator.documents import document_of
from tests.importing.test_hostile import own_csv, read_within_bounds, zipped
from tests.samples.made_files import SAMPLES

FIELDS: dict[str, object] = {"edition": "2021", "year": "2023", "agency": "汐川县望渔镇人民政府"}
ZEROS: dict[str, object] = dict.fromkeys(CURRENT.figures, 0)
MADE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "xls": ("xls", lambda: document_of("xls", 1).data),
    "web archive": ("mht", lambda: document_of("web_archive", 1).data),
    "own json": ("json", lambda: json.dumps(FIELDS | {"figures": ZEROS, "narrative": {}}).encode()),
    "own csv": (
        "csv",
        lambda: own_csv(FIELDS | ZEROS),
    ),
}
SAMPLED = {each: next(name for name, sample in SAMPLES.items() if sample.format == each) for each in ENDINGS}
FORMATS = sorted([*ENDINGS, *MADE])
FEW = settings(max_examples=8, deadline=None, database=None, suppress_health_check=list(HealthCheck))


@cache
def good_file(of_format: str) -> bytes:
    return MADE[of_format][1]() if of_format in MADE else SAMPLES[SAMPLED[of_format]].file.read_bytes()


def ending_of(of_format: str) -> str:
    return MADE[of_format][0] if of_format in MADE else ENDINGS[of_format]


@pytest.mark.parametrize("of_format", FORMATS)
def test_what_is_going_to_be_damaged_can_be_read(of_format: str) -> None:
    assert isinstance(read_within_bounds(good_file(of_format), f"a.{ending_of(of_format)}"), ParsedReport)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Bytes changed, cut out, doubled; and where the file is an archive, perhaps in what is packed in it."""
    if data.startswith(b"PK") and chance.random() < 0.7:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        name = chance.choice([name for name in members if name.endswith("xml")])
        return zipped(**members | {name: damaged(members[name], chance)})
    damage = bytearray(data)
    for _ in range(chance.choice([1, 3, 30, 300])):
        place = chance.randrange(len(damage))
        match chance.randrange(4):
            case 0:
                damage[place] = chance.randrange(256)
            case 1:
                del damage[place : place + chance.choice([1, 50, 4000])]
            case 2:
                damage[place:place] = damage[place : place + chance.choice([1, 50, 4000])]
            case _:
                damage[place:place] = chance.choice([b"<", b">", b"\x00", b"|", b"\t", b"999999999", b"</w:tc>", b'"'])
        if not damage:
            break
    return bytes(damage)


@pytest.mark.parametrize("of_format", FORMATS)
@seed(20240118)
@given(number=st.integers(0, 2**40))
@FEW
def test_a_damaged_file_is_read_or_refused(of_format: str, number: int) -> None:
    read_within_bounds(damaged(good_file(of_format), random.Random(number)), f"a.{ending_of(of_format)}")


@pytest.mark.slow
@pytest.mark.parametrize("of_format", FORMATS)
@given(number=st.integers(0, 2**40))
@settings(FEW, max_examples=60)
def test_many_damaged_files_are_read_or_refused(of_format: str, number: int) -> None:
    read_within_bounds(damaged(good_file(of_format), random.Random(number)), f"a.{ending_of(of_format)}")


@pytest.mark.slow
@pytest.mark.parametrize("shape", ["flooded", "piped_cells", "lone_pipe_before", "bare_lines", "cells_then_tab"])
@given(number=st.integers(0, 2**40))
@settings(FEW, max_examples=40)
def test_damaged_text_tables_are_read_or_refused(shape: str, number: int) -> None:
    read_within_bounds(damaged(document_of(shape, number % 50).data, random.Random(number)), "a.txt")
