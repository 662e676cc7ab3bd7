"""The labelled set itself: large enough, of every family, read beside tables that balance."""

from __future__ import annotations

from reports.checks.arithmetic import check_arithmetic
from reports.checks.rules.not_a_count import not_a_count
from tests.checks.narrative.labelled import labelled_sentences


def test_it_is_large_enough_and_says_each_thing_once() -> None:
    sentences = labelled_sentences()
    assert len(sentences) >= 400
    assert len({(each.family, each.sentence) for each in sentences}) == len(sentences)
    assert sum(not each.expected for each in sentences) >= 200
    assert sum(bool(each.expected) for each in sentences) >= 200


def test_the_tables_beside_the_sentences_are_sound() -> None:
    for each in labelled_sentences():
        for content in (each.content, each.last_year):
            assert content is None or not check_arithmetic(content) + not_a_count(content), each.family
