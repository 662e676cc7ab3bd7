"""The public contract: every cell of both editions with its key and its labels as the form prints them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class ContractCell:
    edition: str
    key: str
    section: str
    row_label: str
    column_label: str
    type: str
    unit: str
    signed: str


def read_contract() -> dict[str, list[ContractCell]]:
    """By edition, in the order of the form."""
    cells: dict[str, list[ContractCell]] = {}
    with (Path(__file__).parent / "figures.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            cells.setdefault(line["edition"], []).append(ContractCell(**line))
    return cells


CONTRACT = read_contract()
EDITION_NAMES = sorted(CONTRACT)
