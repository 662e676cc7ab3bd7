"""Every sample file is read exactly as it was made."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from samples.contents import PROSE, Number, Sample
from samples.making.printed import INSTEAD_OF_TABLE
from tests.samples.made_files import each_sample, read


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def number_in(sample: Sample, key: str) -> Number | None:
    """What a careful reader takes from the cell: nothing from a blank, a mark, or a fraction of a case."""
    text = sample.printed[key]
    if not re.fullmatch(r"-?\d+(\.\d+)?", text) or key.split(".")[0] in sample.missing_tables:
        return None
    if sample.edition.figures[key].column.decimal:
        return Decimal(text)
    return int(text) if "." not in text else None


def marks_in(sample: Sample) -> dict[str, str]:
    return {
        key: text
        for key, text in sample.printed.items()
        if text and number_in(sample, key) is None and key.split(".")[0] not in sample.missing_tables
    }


@each_sample
def test_identity_is_read_as_printed(sample: Sample) -> None:
    parsed = read(sample.name)
    assert (parsed.agency, parsed.year) == (sample.printed_name, sample.year)
    assert (parsed.edition, parsed.missing_tables) == (sample.edition.name, sample.missing_tables)


@each_sample
def test_every_figure_and_mark_is_read_as_printed(sample: Sample) -> None:
    parsed = read(sample.name)
    assert parsed.figures == {key: number_in(sample, key) for key in sample.edition.figures}
    assert parsed.marks == marks_in(sample)


@each_sample
def test_no_plainly_printed_figure_is_doubted(sample: Sample) -> None:
    doubted = {key for key in read(sample.name).doubted if key.split(".")[0] not in sample.missing_tables}
    fractions = {key for key, text in marks_in(sample).items() if re.fullmatch(r"\d+\.\d+", text)}
    assert doubted == fractions


@each_sample
def test_prose_is_read_whole_and_without_what_stands_around_it(sample: Sample) -> None:
    parsed = read(sample.name)
    expected = dict(sample.narrative)
    if sample.missing_tables:
        expected["notes"] = INSTEAD_OF_TABLE
    assert {part: squeezed(parsed.narrative[part]) for part in PROSE} == {
        part: squeezed(expected[part]) for part in PROSE
    }
