"""What counts the same in another edition, found by walking the chain of editions one step at a time."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from reports.standard import EDITIONS, NEWEST_FIRST
from reports.standard.elements import Edition
from reports.standard.equations import Number

Keys = Mapping[str, tuple[str, ...]]
"""Figure keys by the name of the edition that they are of."""


@cache
def counterparts(keys: tuple[str, ...], of: str, there: str) -> tuple[str, ...]:
    """The figures of the edition `there` whose sum is that of these figures of the edition `of`; empty where there are none.

    A sum is never split: a figure that became several compares with all of them together, and none of these with it alone.
    """
    names = list(EDITIONS)
    position, goal = names.index(of), names.index(there)
    while keys and position != goal:
        if position < goal:
            position += 1
            keys = _step(keys, {each.before: each.here for each in EDITIONS[names[position]].correspondences}, position)
        else:
            steps = {each.here: each.before for each in EDITIONS[names[position]].correspondences}
            position -= 1
            keys = _step(keys, steps, position)
    return keys


def _step(keys: tuple[str, ...], steps: Mapping[tuple[str, ...], tuple[str, ...]], to: int) -> tuple[str, ...]:
    figures = list(EDITIONS.values())[to].figures
    left = set(keys)
    found: set[str] = set()
    for here, there in steps.items():
        if left.issuperset(here):
            left -= set(here)
            found |= set(there)
    if not left <= figures.keys():
        return ()
    return tuple(key for key in figures if key in found | left)


def across_editions(keys: tuple[str, ...]) -> Keys:
    """The figures that together count what these count, in every edition that counts it: the newest one that has them all under
    these keys first, then the ones before it, then the ones after it."""
    home = next(edition for edition in NEWEST_FIRST if edition.figures.keys() >= set(keys))
    place = NEWEST_FIRST.index(home)
    order = (*NEWEST_FIRST[place:], *reversed(NEWEST_FIRST[:place]))
    found = {edition.name: counterparts(keys, home.name, edition.name) for edition in order}
    return {name: each for name, each in found.items() if each}


def in_terms_of(form: Edition, figures: Mapping[str, Number | None], edition: str) -> Mapping[str, Number | None]:
    """The figures of a report of the named edition under the keys of another; None where one is blank or not counted."""
    if edition == form.name or edition not in EDITIONS:
        return figures
    return {key: _sum([figures.get(each) for each in counterparts((key,), form.name, edition)]) for key in form.figures}


def _sum(numbers: list[Number | None]) -> Number | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known and len(known) == len(numbers) else None
