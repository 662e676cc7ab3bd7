"""Topics that share their numbers: 予以公开、部分公开分别为6件、2件; 行政复议、行政诉讼各1件."""

from __future__ import annotations

import re

from reports.checks.narrative.context import Context, Mention
from reports.checks.narrative.numerals import Quantity
from reports.standard.in_prose import topic

_TELLS = re.compile(r"(?P<how>分别|各)(?P<lead>[^,;:()。\d]{0,12}?)$")
_SAYS_NO_MORE = re.compile(r"(?:为|是|有|计|发生|办理|收到)?")
_NEXT = re.compile(r"[、,和及与]|以及")
Shared = dict[int, list[tuple[Mention, Quantity]]]


def shared_numbers(here: Context) -> Shared:
    """By place of a number that several topics share: those to which it and its neighbours belong, in order; none where the
    sentence does not make that plain."""
    shared: Shared = {}
    for index, first in enumerate(here.numbers):
        found = _TELLS.search(here.text, here.clause_start(first.start), first.start)
        if not found or first.start in shared:
            continue
        numbers = _together(here, index)
        if found["how"] == "分别" and len(numbers) < 2:
            continue
        plain = _SAYS_NO_MORE.fullmatch(found["lead"])
        named = _named(here, found.start()) if plain else []
        if found["how"] == "各":
            numbers = numbers[:1] * len(named) or [first]
        elif len(named) != len(numbers):
            named = [mention for mention in named if mention.topic.kind != "received"]
        pairs = list(zip(named, numbers, strict=True)) if len(named) == len(numbers) > 1 else []
        shared |= {number.start: [] for number in numbers}
        shared[first.start] = pairs
    return shared


def _together(here: Context, index: int) -> list[Quantity]:
    """A number and those that follow it as a list."""
    numbers = [here.numbers[index]]
    for number in here.numbers[index + 1 :]:
        if not _NEXT.fullmatch(here.text, numbers[-1].end, number.start):
            break
        numbers.append(number)
    return numbers


def _named(here: Context, end: int) -> list[Mention]:
    """What the clause has named since its last number; 复议、诉讼 are two."""
    start = max([here.clause_start(end), *(number.end for number in here.numbers if number.end <= end)])
    named: list[Mention] = []
    for mention in here.mentions:
        if start <= mention.start and mention.end <= end:
            parts = ("reconsideration", "litigation") if mention.topic.name == "both" else (mention.topic.name,)
            named += [Mention(topic(name), mention.start, mention.end) for name in parts]
    if any(mention.topic.kind == "reason" for mention in named):
        # 属于国家秘密、过程性信息的不予公开: the reasons are counted.
        named = [mention for mention in named if mention.topic.kind != "outcome"]
    return named
