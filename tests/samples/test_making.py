"""The samples as a set: invented, varied, and made from the data beside them."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import docx
import pytest

from agencies.divisions_file import read_divisions
from agencies.loading import WHOLE_COUNTRY
from samples.contents import ENDINGS, FOLDER, Sample, samples_of
from samples.make import WRITERS, planted_list
from tests.samples.made_files import SAMPLES, each_sample

REGISTER = FOLDER / "register.csv"


def test_there_are_at_least_twelve_units_with_three_years_each() -> None:
    years = Counter(sample.code for sample in SAMPLES.values())
    assert len(years) >= 12
    assert min(years.values()) >= 3


def test_every_format_is_there() -> None:
    assert {sample.format for sample in SAMPLES.values()} == set(WRITERS) == set(ENDINGS)
    assert {sample.edition.name for sample in SAMPLES.values()} == {"2019", "2021"}


@pytest.mark.parametrize("name", [name for name, sample in SAMPLES.items() if sample.format == "docx"])
def test_word_files_lack_nothing_that_they_refer_to(name: str) -> None:
    assert len(docx.Document(str(SAMPLES[name].file)).tables) <= 3


def test_every_file_belongs_to_a_sample() -> None:
    assert sorted(path.name for path in (FOLDER / "reports").iterdir()) == sorted(
        sample.file.name for sample in SAMPLES.values()
    )


def test_no_place_of_the_samples_exists() -> None:
    country = read_divisions(WHOLE_COUNTRY)
    invented = list(csv.DictReader(REGISTER.open(encoding="utf-8")))
    assert all(line["code"].startswith("99") for line in invented)
    assert not [division for division in country if division.code.startswith("99")]
    assert not {division.name for division in country} & {line["name"] for line in invented}


def test_units_are_in_the_register() -> None:
    codes = {line["code"] for line in csv.DictReader(REGISTER.open(encoding="utf-8"))}
    assert {sample.code for sample in SAMPLES.values()} <= codes


@each_sample
def test_text_files_are_what_the_data_make(sample: Sample) -> None:
    if ENDINGS[sample.format] in {"txt", "html"}:
        assert sample.file.read_bytes() == WRITERS[sample.format](sample)


def test_the_readme_lists_what_is_planted() -> None:
    assert planted_list(list(SAMPLES.values())) in (FOLDER / "README.md").read_text(encoding="utf-8")


UNIT = """
code = "990121100000"
agency = "望渔镇人民政府"
printed = "汐川县望渔镇人民政府"
[[report]]
year = 2023
format = "rows"
[report.figures]
"""


@pytest.mark.parametrize(
    ("figures", "complaint"),
    [
        ("applications.received = { natural_person = 1 }", "does not balance.*flow_balance"),
        ("applications.received = { nobody = 1 }", "no such cells.*nobody"),
    ],
)
def test_careless_data_are_refused(tmp_path: Path, figures: str, complaint: str) -> None:
    data = tmp_path / "wangyu.toml"
    data.write_text(UNIT + figures, encoding="utf-8")
    with pytest.raises(ValueError, match=complaint):
        samples_of(data)
