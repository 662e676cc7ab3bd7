from __future__ import annotations

from reports.catalogue.snippets import snippets
from reports.catalogue.words import phrases


def marked(parts: dict[str, str], text: str) -> list[list[str]]:
    found = snippets(parts, phrases(text))
    return [[piece for is_hit, piece in excerpt.pieces if is_hit] for excerpt in found]


def test_what_was_looked_for_is_marked_in_its_sentence() -> None:
    (found,) = snippets({"overview": "本年度没有收到行政复议申请。"}, phrases("复议"))
    assert found.part == "overview"
    assert found.pieces == ((False, "本年度没有收到行政"), (True, "复议"), (False, "申请。"))


def test_a_long_text_is_cut_around_it_and_says_so() -> None:
    (found,) = snippets({"overview": "公" * 500 + "复议" + "开" * 500}, phrases("复议"))
    assert found.text.startswith("…公")
    assert found.text.endswith("开…")
    assert len(found.text) < 110


def test_the_place_that_holds_most_comes_first_and_what_it_lacks_after_it() -> None:
    parts = {"overview": "办理复议一件。", "problems": "诉讼、网站都有。"}
    assert marked(parts, "复议 网站 诉讼") == [["诉讼", "网站"], ["复议"]]


def test_width_capitals_and_punctuation_make_no_difference() -> None:
    assert marked({"other": "开通ＷＥＢ网站、公众号"}, "web 网站，公众号") == [["ＷＥＢ", "网站、公众号"]]


def test_a_number_is_not_marked_within_a_longer_one() -> None:
    assert marked({"other": "2012年12件"}, "12") == [["12"]]
    assert snippets({"other": "2012年12件"}, phrases("12"))[0].text == "2012年12件"


def test_what_is_not_there_has_no_excerpt() -> None:
    assert marked({"other": "无。"}, "复议") == []
