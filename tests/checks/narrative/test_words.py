"""The words by which prose calls the figures."""

from __future__ import annotations

import re

from reports.checks.narrative.sentences import in_one_spelling
from reports.standard import EDITIONS
from reports.standard.in_prose import ALTERNATIVES, PATTERN, TOPICS, sums_meant
from tests.checks.narrative.labelled import labelled_sentences


def test_looking_at_the_first_character_finds_the_same() -> None:
    slow = re.compile(ALTERNATIVES)
    for labelled in labelled_sentences():
        text = in_one_spelling(labelled.sentence)
        assert [each.span() for each in PATTERN.finditer(text)] == [each.span() for each in slow.finditer(text)], text


def test_every_topic_names_cells_of_the_edition_in_force() -> None:
    for topic in TOPICS:
        against = "litigation" if topic.kind == "result" else ""
        meant = sums_meant("2021", topic.name, against)
        assert meant, topic.name
        assert all(key in EDITIONS["2021"].figures for keys in meant for key in keys), topic.name
