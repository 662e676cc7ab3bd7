"""The data dictionary that is handed out says what the form declares and the contract fixes."""

from __future__ import annotations

import csv
from pathlib import Path

from reports.standard.dictionary import COLUMNS, RATE_COLUMNS, data_dictionary, rate_dictionary

CONTRACT = Path(__file__).parent / "figures.csv"
HANDED_OUT = Path(__file__).parents[2] / "docs" / "data-dictionary.csv"
RATES_HANDED_OUT = HANDED_OUT.with_name("rates.csv")


def test_it_has_every_cell_of_the_contract_with_its_labels_and_units() -> None:
    with CONTRACT.open(encoding="utf-8", newline="") as file:
        contract = list(csv.DictReader(file))
    shared = contract[0].keys()
    found = {(row["edition"], row["key"]): {name: row[name] for name in shared} for row in data_dictionary()}
    assert found == {(row["edition"], row["key"]): row for row in contract}


def test_the_file_in_docs_is_made_from_it() -> None:
    with HANDED_OUT.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        assert list(reader) == data_dictionary()
        assert tuple(reader.fieldnames or ()) == COLUMNS


def test_the_file_of_rates_is_made_from_their_declaration() -> None:
    with RATES_HANDED_OUT.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        assert list(reader) == rate_dictionary()
        assert tuple(reader.fieldnames or ()) == RATE_COLUMNS
