"""Reused text: copies are found, unrelated and short texts are not; all without comparing all pairs."""

from __future__ import annotations

import dataclasses
import itertools
import random
from pathlib import Path

import pytest

from reports.checks.comparables import OtherText
from reports.checks.content import Content
from reports.checks.reuse.bands import BANDS, bands_of, candidates
from reports.checks.reuse.shingles import likeness, masked, shingles
from reports.checks.rules.reused_text import ALIKE, reused_text
from reports.importing.read import read_report
from samples.contents import Sample
from tests.samples.made_files import SAMPLES
from tests.seeds import SEEDS, needs_seeds

COPY, COPIED = SAMPLES["shuangjiang-2022"], SAMPLES["daishan-2022"]


def content_of(sample: Sample) -> Content:
    return Content(sample.edition.name, sample.year, sample.printed_name, narrative=sample.narrative)


def text_of(sample: Sample) -> OtherText:
    return OtherText(sample.printed_name, sample.code, sample.year, sample.narrative)


def pieces(sample: Sample) -> frozenset[str]:
    return shingles(sample.narrative, sample.printed_name)


def test_the_planted_copy_is_found_in_both_directions() -> None:
    for one, other in ((COPY, COPIED), (COPIED, COPY)):
        (finding,) = reused_text(content_of(one), None, [text_of(other)])
        assert (finding.rule, finding.where, finding.cells) == ("reused_text", "narrative", ())
        assert finding.operands == {
            "whose": "another",
            "agency": other.printed_name,
            "code": other.code,
            "year": 2022,
            "percent": 82,
        }


def test_no_other_two_samples_are_alike() -> None:
    alike = {
        frozenset((one.name, other.name))
        for one, other in itertools.combinations(SAMPLES.values(), 2)
        if likeness(pieces(one), pieces(other)) >= 0.6
    }
    assert alike == {frozenset((COPY.name, COPIED.name))}


@needs_seeds
def test_unrelated_real_reports_stay_below_three_fifths() -> None:
    def real(path: Path) -> frozenset[str]:
        parsed = read_report(path.read_bytes(), path.name)
        return shingles(parsed.narrative, parsed.agency)

    for one, other in itertools.combinations([real(path) for path in SEEDS], 2):
        assert likeness(one, other) < 0.6


def test_last_years_own_text_with_other_numbers_is_found() -> None:
    this = content_of(COPIED)
    later = dataclasses.replace(
        this,
        year=2023,
        narrative={part: text.replace("2022年", "2023年").replace("57", "61") for part, text in this.narrative.items()},
    )
    (finding,) = reused_text(later, this, [])
    assert finding.operands == {"whose": "own", "year": 2022, "percent": 100}
    assert reused_text(later, dataclasses.replace(this, year=2021), []) == []
    assert reused_text(later, None, []) == []


def test_names_years_numbers_and_prescribed_sentences_do_not_count() -> None:
    one = {"overview": "2023年，青山镇公开信息57条。\n（一）主动公开。十二个村设公开栏。没有收取信息处理费。"}
    other = {"overview": "2022年，绿水镇公开信息1,203条。十个村设公开栏。", "preamble": "统计期限自2022年1月1日起。"}
    assert (
        masked(one, "示例县青山镇人民政府")
        == masked(other, "示例县绿水镇人民政府")
        == "0年某镇公开信息0条0个村设公开栏"
    )


def test_short_texts_are_like_nobodys() -> None:
    short = {"overview": "全年未收到政府信息公开申请，未发生行政复议和行政诉讼。"}
    content = Content("2021", 2023, "青山镇人民政府", narrative=short)
    assert reused_text(content, None, [OtherText("绿水镇人民政府", "", 2023, short)]) == []
    assert shingles(short, "") == frozenset()


def test_of_several_the_most_alike_is_named() -> None:
    nearer = dataclasses.replace(text_of(COPY), code="nearer")
    further = dataclasses.replace(text_of(COPIED), code="further")
    (finding,) = reused_text(content_of(COPY), None, [further, nearer])
    assert finding.operands["code"] == "nearer"


# Candidates without comparing all pairs


def invented(number: int, length: int = 1500) -> str:
    chance = random.Random(number)
    return "".join(chr(0x4E00 + chance.randrange(900)) for _ in range(length))


def changed(text: str, share: float) -> str:
    chance = random.Random(len(text))
    return "".join(chr(0x6E00 + chance.randrange(900)) if chance.random() < share else each for each in text)


def cut(text: str) -> frozenset[str]:
    return shingles({"overview": text}, "")


def test_copies_share_a_band_and_strangers_do_not() -> None:
    found = strangers = 0
    for number in range(60):
        one, copy = cut(invented(number)), cut(changed(invented(number), 0.04))
        assert likeness(one, copy) >= ALIKE
        holders = {band: [1] for band in bands_of(copy)}
        found += candidates(bands_of(one), holders) == [1]
        strangers += bool(set(bands_of(one)) & set(bands_of(cut(invented(number + 1000)))))
    assert found >= 59
    assert strangers == 0


def test_bands_are_the_same_on_every_machine_and_fit_their_column() -> None:
    bands = bands_of(cut("年报" + invented(7)))
    assert len(bands) == BANDS
    assert all(-(2**63) <= band < 2**63 for band in bands)
    assert bands_of([]) == ()
    assert bands_of(frozenset({"年报", "公开"}))[:2] == (-521311492196129208, -2125334511133354274)


def test_those_that_share_most_bands_come_first() -> None:
    assert candidates([1, 2, 3], {1: [7, 9], 2: [9], 3: [8], 4: [6]}) == [9, 7, 8]


@pytest.mark.parametrize("unit", ["十", "1", "未", "（一）", "《中华人民共和国政府信息公开条例》", "青山镇", "\n"])
def test_a_megabyte_of_nonsense_is_soon_done_with(unit: str) -> None:
    assert not shingles({"overview": unit * (1_000_000 // len(unit))}, "示例县青山镇人民政府")
