"""Reports of known content in every shape and format: each figure is read right or doubted aloud, and never doubted in vain."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from reports.importing.read import read_report
from tests.importing.generator.documents import (
    WRITERS,
    document_of,
    needless_doubts,
    silent_errors,
    wrong_words,
)

# Printing a PDF takes seconds.
each_shape = pytest.mark.parametrize("shape", [shape for shape in WRITERS if shape != "pdf"])
SEEDS = st.integers(0, 2**40)
FEW = settings(max_examples=5, deadline=None, database=None, suppress_health_check=list(HealthCheck))
MANY = settings(FEW, max_examples=60)


def judge(shape: str, number: int) -> tuple[int, int]:
    """How many cells were read, and how many of them doubted in vain. Fails on any silent error."""
    made = document_of(shape, number)
    parsed = read_report(made.data, made.name)
    assert silent_errors(made, parsed) == [], made.name
    assert wrong_words(made, parsed) == [], made.name
    doubts = needless_doubts(made, parsed)
    if made.plain:
        assert doubts == set(), made.name
    return len(made.known.figures), len(doubts)


@each_shape
@seed(20240118)
@given(number=SEEDS)
@FEW
def test_no_figure_is_silently_wrong_and_none_doubted_in_vain(shape: str, number: int) -> None:
    judge(shape, number)


@pytest.mark.slow
@each_shape
@given(number=SEEDS)
@MANY
def test_no_figure_is_silently_wrong_in_many_more(shape: str, number: int) -> None:
    judge(shape, number)


@each_shape
def test_less_than_one_in_fifty_plain_figures_is_doubted(shape: str) -> None:
    made = [document_of(shape, number) for number in range(4)]
    counts = [judge(shape, number) for number, each in enumerate(made) if each.plain]
    assert sum(doubts for _cells, doubts in counts) <= sum(cells for cells, _doubts in counts) / 50


@pytest.mark.slow
@pytest.mark.parametrize("number", range(8))
def test_no_figure_of_a_pdf_is_silently_wrong(number: int) -> None:
    judge("pdf", number)
