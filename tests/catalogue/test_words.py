from __future__ import annotations

import pytest

from reports.catalogue.words import Phrase, phrases, words


def test_characters_go_in_pairs_letters_and_digits_as_they_stand() -> None:
    assert list(words("政府信息，2023年WEB网")) == ["政府", "府信", "信息", "息", "2023", "年", "web", "网"]


def test_full_width_letters_and_digits_are_as_good_as_narrow_ones() -> None:
    assert list(words("２０２３年Ｗｅｂ")) == list(words("2023年web"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("复议", [Phrase(("复议",), ("复议",), False)]),
        ("信息公开", [Phrase(("信息公开",), ("信息", "息公", "公开"), False)]),
        ("水", [Phrase(("水",), ("水",), True)]),
        ("2023年", [Phrase(("2023", "年"), ("2023", "年"), True)]),
        ("公开、复议", [Phrase(("公开", "复议"), ("公开", "开", "复议"), False)]),
        ("复议 诉讼", [Phrase(("复议",), ("复议",), False), Phrase(("诉讼",), ("诉讼",), False)]),
        ("%% '\" * () — 、。", []),
        ("", []),
    ],
)
def test_each_piece_between_spaces_is_a_phrase_whose_words_follow_each_other(text: str, expected: list[Phrase]) -> None:
    assert phrases(text) == expected


def test_a_very_long_search_is_cut() -> None:
    assert len(phrases("一二 三 " * 5000)) == 2
    assert sum(len(phrase.words) for phrase in phrases("".join(map(chr, range(0x4E00, 0x5E00))))) < 100
