"""Long texts: what is too long is said where it is entered, and what is taken is checked and compared within bounds."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, User
from reports import lifecycle
from reports.checks.comparables import NO_COMPARABLES
from reports.checks.content import Content
from reports.checks.narrative.sentences import MAX_SENTENCE, MAX_SENTENCES, sentences_of
from reports.checks.reuse.shingles import LONGEST
from reports.checks.rules import RULES
from reports.importing.document import Unreadable
from reports.importing.read import read_report
from reports.importing.text_length import MAX_TEXT_LENGTH, normalised_length
from reports.lifecycle.differences import MAX_PAIRS, aligned, compared_once, pieces
from reports.standard import EDITIONS
from tests.intake.test_upload import page_of

TOO_MANY = "㈠" * 40_000
"""Each is read as three characters: (一)."""
SAID = f"有 {3 * 40_000} 字，最多 {MAX_TEXT_LENGTH} 字。请缩短后再保存。"


def test_the_length_is_that_of_the_plain_spelling() -> None:
    assert normalised_length("㈠甲") == 4


# ---- where it is entered ----


def test_an_autosave_says_which_chapter_is_too_long_and_saves_the_rest(
    township: Agency, clerk: User, clerk_client: Client
) -> None:
    draft = lifecycle.start_draft(township, 2023, clerk)
    sent = {"act": "save", "revision": draft.revision, "overview": TOO_MANY, "problems": "存在不足。"}
    answer = clerk_client.post(
        reverse("draft", args=[township.code, 2023]), sent, headers={"Accept": "application/json"}
    )
    errors = answer.json()["errors"]
    assert SAID in errors["overview"]
    assert "总体情况" in errors["overview"]
    draft.refresh_from_db()
    assert (draft.narrative["overview"], draft.narrative["problems"]) == ("", "存在不足。")


def test_a_form_that_is_sent_whole_says_so_on_the_page(township: Agency, clerk: User, clerk_client: Client) -> None:
    draft = lifecycle.start_draft(township, 2023, clerk)
    sent = {"act": "save", "revision": draft.revision, "overview": TOO_MANY}
    answer = clerk_client.post(reverse("draft", args=[township.code, 2023]), sent)
    assert answer.status_code == 422
    assert SAID in answer.content.decode()


def test_no_program_stores_a_longer_one(township: Agency, clerk: User) -> None:
    draft = lifecycle.start_draft(township, 2023, clerk)
    with pytest.raises(ValidationError, match=f"最多 {MAX_TEXT_LENGTH} 字"):
        lifecycle.save_draft(draft, {}, {"overview": TOO_MANY}, clerk)
    lifecycle.save_draft(draft, {}, {"overview": "字" * MAX_TEXT_LENGTH}, clerk)


def test_a_file_with_a_longer_chapter_is_not_taken_and_says_which() -> None:
    data = page_of().replace("总体情况".encode(), f"总体情况</p><p>{TOO_MANY}".encode(), 1)
    with pytest.raises(Unreadable, match=rf"总体情况.*最多 {MAX_TEXT_LENGTH} 字"):
        read_report(data, "年报.html")


# ---- what is taken ----


def test_a_sentence_is_cut_by_its_length_in_the_plain_spelling() -> None:
    found = sentences_of(Content("2021", 2023, narrative={"overview": "㈠" * 5_000}))
    assert max(len(sentence.text) for sentence in found) <= MAX_SENTENCE
    assert "".join(sentence.quote for sentence in found) == "㈠" * 5_000


HOSTILE = (
    "㈠",
    "甲，",
    "㈠1件",
    "(1件)",
    "共3件(1件、2件)",
    "其中1件，",
    "同比增长5%，",
    "收到申请1件，",
    "1",
    "《",
    "12件、",
)
SIZE = 2_000
MAX_GROWTH = 2.5
MIN_SECONDS = 0.05
"""Below this a growth cannot be told from chance."""


def cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


@pytest.mark.parametrize("code", RULES)
def test_no_rule_needs_more_than_twice_the_time_for_twice_the_text(code: str) -> None:
    figures = dict.fromkeys(EDITIONS["2021"].figures, 0)

    def needed(piece: str, size: int) -> float:
        text = piece * (size // len(piece))
        content = Content("2021", 2023, "示例县青山镇人民政府", figures, narrative={"overview": text})
        return cpu(lambda: RULES[code].check(content, NO_COMPARABLES))

    for piece in HOSTILE:
        for _try in range(3):
            twice = needed(piece, 4 * SIZE)
            if twice < MIN_SECONDS or twice / max(needed(piece, 2 * SIZE), MIN_SECONDS / 10) <= MAX_GROWTH:
                break
        else:
            pytest.fail(f"{code} on {piece!r}")


@pytest.mark.parametrize("beyond", [0, 1, 500])
def test_what_is_not_read_any_more_is_said_and_accuses_nobody(beyond: int) -> None:
    text = "工作平稳。" * (MAX_SENTENCES + beyond)
    content = Content("2021", 2023, "示例县青山镇人民政府", narrative={"overview": text, "problems": "无。"})
    found = RULES["partly_checked"].check(content, NO_COMPARABLES)
    assert [(finding.where, finding.operands) for finding in found] == [
        ("overview", {"sentences": MAX_SENTENCES, "left": 4 * beyond})
    ] * (beyond > 0)
    assert RULES["partly_checked"].severity == "info"


def test_a_narrative_of_which_only_the_beginning_is_compared_says_so() -> None:
    texts = {"overview": "甲" * LONGEST, "problems": "乙" * 10, "other": "无。"}
    (finding,) = RULES["partly_checked"].check(Content("2021", 2023, narrative=texts), NO_COMPARABLES)
    assert (finding.where, finding.operands) == ("problems", {"characters": LONGEST})


# ---- differences ----


def test_the_same_few_words_over_and_over_are_shown_whole_old_and_new() -> None:
    before, after = "甲，" * 6_000, "乙，" + "甲，" * 6_000 + "丙，"
    assert pieces(before, after) == [("gone", before), ("new", after)]


def test_what_both_begin_and_end_with_is_the_same_however_much_it_is() -> None:
    text = "甲，" * 6_000
    assert pieces(f"{text}一，{text}", f"{text}二，{text}") == [
        ("same", text),
        ("gone", "一，"),
        ("new", "二，"),
        ("same", text),
    ]


def test_a_text_as_people_write_it_is_compared_clause_by_clause() -> None:
    before = "".join(f"第{number}项工作，均已办结，" for number in range(100))
    after = before.replace("第50项工作，", "第五十项工作，").replace("第70项工作，", "")
    assert [look for look, _text in pieces(before, after)] == ["same", "gone", "new", "same", "gone", "same"]


class Counted(str):
    """A word that counts how often it is compared."""

    comparisons = 0

    def __eq__(self, other: object) -> bool:
        Counted.comparisons += 1
        return str.__eq__(self, other)

    __hash__ = str.__hash__


@pytest.mark.parametrize("size", [100, 1_000, 10_000])
def test_comparing_costs_a_bounded_number_of_steps_beside_the_length(size: int) -> None:
    Counted.comparisons = 0
    left = [Counted(word) for word in ["a", "x"] * size]
    right = [Counted(word) for word in ["x", "b", "a"] * size]
    aligned(left, right)
    assert Counted.comparisons <= 10 * (len(left) + len(right)) + 10 * MAX_PAIRS


def test_two_texts_are_compared_once() -> None:
    before, after = "一，二，三。", "一，三。"
    pieces(before, after)
    earlier = compared_once.cache_info()
    pieces(before, after)
    later = compared_once.cache_info()
    assert (later.misses, later.hits) == (earlier.misses, earlier.hits + 1)
