"""Checks take time in proportion to the text, also where somebody wrote it to hold the site up."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest

from reports.checks.engine import examine
from reports.checks.invented import report
from tests.growth import MAX_GROWTH, of_a_doubling, seconds

HOSTILE = {
    "brackets that become three characters": "㈠",
    "commas": "甲，",
    "digits": "1",
    "brackets": "(",
    "pairs of brackets": "()",
    "titles": "《",
    "headings": "一、总体情况\n",
    "lines": "a\n",
    "years": "2023年",
    "applications": "收到申请1件,",
    "applicants": "公民申请1件、",
    "denials": "未收到申请、",
    "proceedings": "行政复议1件,维持0件",
    "shared numbers": "行政复议、行政诉讼各1件",
    "parts": "其中1件",
    "changes": "2023年比上年增加1件;",
    "a letter that becomes a sentence": "ﷺ",
}
_number = count()


def examining(piece: str) -> Callable[[int], Callable[[], object]]:
    def at(length: int) -> Callable[[], object]:
        # What was checked just now is remembered: never the same text twice.
        text = f"{next(_number)}\n" + (piece * (length // len(piece) + 1))[:length]
        content = report(narrative={"overview": text})
        return lambda: examine(content)

    return at


@pytest.mark.parametrize("name", HOSTILE)
def test_twice_the_text_takes_at_most_twice_the_time(name: str) -> None:
    assert of_a_doubling(examining(HOSTILE[name]), 20_000) <= MAX_GROWTH


@pytest.mark.parametrize(
    "sentence",
    [
        "收到政府信息公开申请{共计}甲5件。",
        "收到申请5件，其中3件{已经}甲予以公开。",
        "未发生行政复议{案件}甲。",
        "收到申请5件，均{按规定}甲办结。",
        "收到{提出向甲提出}甲申请5件。",
    ],
)
def test_a_word_that_can_be_read_in_two_ways_may_be_repeated(sentence: str) -> None:
    before, _brace, rest = sentence.partition("{")
    word, _brace, after = rest.partition("}")
    assert seconds(lambda: examine(report(narrative={"overview": before + word * 60 + after}))) < 1
