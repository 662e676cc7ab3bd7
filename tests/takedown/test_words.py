"""Words are found however they are written, and nothing else is."""

from __future__ import annotations

from typing import Any

import pytest

from reports.takedown.words import TAKEN_OUT, occurrences, plain_words, rewritten, texts_in, without


@pytest.mark.parametrize(
    ("words", "text", "left"),
    [
        ("张三丰", "联系人张三丰。", "联系人[已隐去]。"),
        ("张三丰", "张　三 丰和张\n三丰", "[已隐去]和[已隐去]"),
        ("张 三 丰", "张三丰", "[已隐去]"),
        ("买买提艾力", "买买提·艾力、买买提•艾力", "[已隐去]、[已隐去]"),
        ("13812345678", "电话138-1234-5678", "电话[已隐去]"),
        ("13812345678", "电话１３８１２３４５６７８，", "电话[已隐去]，"),
        ("138 1234 5678", "(138\u200b12345678)", "([已隐去])"),
        ("88123456", "0571-88123456转", "0571-[已隐去]转"),
        ("ZhangSan", "by ＺＨＡＮＧ san.", "by [已隐去]."),
        ("㎏", "5kg", "5[已隐去]"),
    ],
)
def test_what_is_written_otherwise_is_the_same(words: str, text: str, left: str) -> None:
    assert without(text, plain_words(words)) == left


@pytest.mark.parametrize(
    ("words", "text"),
    [("12345678", "123456789"), ("12345678", "012345678"), ("san", "sang"), ("张三丰", "张三和丰"), ("张三", "")],
)
def test_no_part_of_a_longer_number_or_word_is_taken_out(words: str, text: str) -> None:
    assert without(text, plain_words(words)) == text


def test_places_are_those_of_the_text_as_it_is_written() -> None:
    text = "①１３８ 1234-5678②"
    [(start, end)] = occurrences(text, plain_words("13812345678"))
    assert text[start:end] == "１３８ 1234-5678"


def test_figures_names_of_cells_and_counts_stay() -> None:
    parsed: dict[str, Any] = {
        "figures": {"disclosure.fees.amount": "12.50", "a": 12, "mark": "李四的"},
        "narrative": {"overview": "12.50万元，李四"},
        "places": {"x": {"row": 12}},
        "operands": {"overview": 13812345678, "total": 12},
        "李四": ["李四", None, True],
    }
    twelve = rewritten(parsed, lambda text: without(text, plain_words("12.50")))
    assert twelve == parsed | {"narrative": {"overview": f"{TAKEN_OUT}万元，李四"}}
    name = rewritten(parsed, lambda text: without(text, plain_words("李四")))
    assert name["figures"] == parsed["figures"] | {"mark": f"{TAKEN_OUT}的"}
    assert name[TAKEN_OUT] == [TAKEN_OUT, None, True]
    phone = rewritten(parsed, lambda text: without(text, plain_words("138 1234 5678")))
    assert phone["operands"] == {"overview": None, "total": 12}
    assert rewritten(parsed, lambda text: without(text, plain_words("total"))) == parsed
    assert "李四" in set(texts_in(parsed))
