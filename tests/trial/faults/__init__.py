"""The faults, by what is broken. Importing this needs Django to be set up; they are tried in the order of the names."""

from __future__ import annotations

from tests.trial.fault import FAULTS
from tests.trial.faults import (
    at_once,
    clock,
    hostile_files,
    killed,
    long_texts,
    originals,
    queue,
    record,
    sign_in,
    whole_site,
)

__all__ = [
    "FAULTS",
    "at_once",
    "clock",
    "hostile_files",
    "killed",
    "long_texts",
    "originals",
    "queue",
    "record",
    "sign_in",
    "whole_site",
]
