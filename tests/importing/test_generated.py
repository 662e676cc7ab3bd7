"""Reports of known content in every shape and format: each figure is read right or doubted aloud, and never doubted in vain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from reports.importing.read import read_report
from tests.counted import COUNTED, PROSE
from tests.importing.generator.documents import (
    PRINTED,
    WRITERS,
    document_of,
    needless_doubts,
    not_conserved,
    right_words,
    silent_errors,
    wrong_words,
)

# What pages do that the form does not foresee; some document has to have each of it.
UNLIKE = {
    "a label cut by a page break",
    "a page number in the table",
    "a row that the form does not have",
    "digits glued to their label",
    "explanation in a line of its own",
    "first line missing",
    "no table",
    "truncated heading",
    "zero merged over a row",
}
each_shape = pytest.mark.parametrize("shape", [shape for shape in WRITERS if shape not in PRINTED])
SEEDS = st.integers(0, 2**40)
FEW = settings(max_examples=5, deadline=None, database=None, suppress_health_check=list(HealthCheck))
MANY = settings(FEW, max_examples=60)


def judge(shape: str, number: int) -> tuple[int, int]:
    """How many cells were read, and how many of them doubted in vain. Fails on any silent error."""
    made = document_of(shape, number)
    parsed = read_report(made.data, made.name)
    assert silent_errors(made, parsed) == [], made.name
    assert wrong_words(made, parsed) == [], made.name
    assert not_conserved(parsed) == [], made.name
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


@pytest.mark.parametrize(
    ("shape", "number"),
    [
        # The last cell of a table is empty, and the next heading follows.
        ("word_cells", 503),
        # A row whose label spans more columns has fewer cells than most.
        ("word_cells", 1012),
        # A remark and the headings are repeated between the halves of a label.
        ("tabbed_rows_without_leading_cells", 1018),
    ],
)
def test_what_was_once_misread_is_not_again(shape: str, number: int) -> None:
    judge(shape, number)


def test_every_oddity_of_pages_is_among_them() -> None:
    assert {oddity for number in range(120) for oddity in document_of("framed_rows", number).unlike} == UNLIKE


@pytest.mark.slow
@each_shape
def test_all_are_counted(shape: str, record_property: Callable[[str, object], None]) -> None:
    count: Counter[str] = Counter()
    for number in range(40):
        made = document_of(shape, number)
        parsed = read_report(made.data, made.name)
        count.update(documents=1, plain_documents=int(made.plain), figures=len(made.known.figures))
        count["silent"] += len(silent_errors(made, parsed))
        count["conserved"] += not not_conserved(parsed)
        count["doubted"] += len(parsed.doubted) if parsed.edition else len(made.known.figures)
        if made.plain:
            count["plain"] += len(made.known.figures)
            count["doubted_in_vain"] += len(needless_doubts(made, parsed))
    record_property(COUNTED, dict(count))
    assert count["silent"] == 0
    assert count["doubted_in_vain"] < count["plain"] / 50


@each_shape
def test_less_than_one_in_fifty_plain_figures_is_doubted(shape: str) -> None:
    made = [document_of(shape, number) for number in range(4)]
    counts = [judge(shape, number) for number, each in enumerate(made) if each.plain]
    assert sum(doubts for _cells, doubts in counts) <= sum(cells for cells, _doubts in counts) / 50


@pytest.mark.slow
@pytest.mark.parametrize("number", range(8))
def test_no_figure_of_a_pdf_is_silently_wrong(number: int) -> None:
    judge("pdf", number)


@pytest.mark.slow
@pytest.mark.parametrize("shape", ["site_pdf", "office_pdf"])
def test_the_prose_of_a_printed_page_stands_in_its_chapters(
    shape: str, record_property: Callable[[str, object], None]
) -> None:
    """Pages as a browser prints them, and what an office program exports: with shaded words, columns, notes and boxes."""
    count: Counter[str] = Counter()
    for number in range(6):
        made = document_of(shape, number)
        parsed = read_report(made.data, made.name)
        assert silent_errors(made, parsed) == [], made.name
        assert not_conserved(parsed) == [], made.name
        right, all_of_it = right_words(made, parsed)
        count.update(right=right, characters=all_of_it)
    record_property(PROSE, dict(count))
    assert count["right"] >= 0.995 * count["characters"]
