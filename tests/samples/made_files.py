"""The samples by name, and what the importer reads in each of their files."""

from __future__ import annotations

from functools import cache

import pytest

from reports.importing.parsed import ParsedReport
from reports.importing.read import read_report
from samples.contents import all_samples

SAMPLES = {sample.name: sample for sample in all_samples()}
each_sample = pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)


@cache
def read(name: str) -> ParsedReport:
    file = SAMPLES[name].file
    return read_report(file.read_bytes(), file.name)
