"""What two states of a report do not have in common: `{key: [old, new]}`, as it is recorded and shown. No database."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import islice, takewhile
from typing import Any

from django.utils.translation import gettext as _

from reports.checks.content import plain
from reports.importing.text_length import too_long
from reports.standard import NARRATIVE_PARTS, PROSE_CHAPTERS, chapter_named
from reports.standard.elements import Edition

Number = int | Decimal
Figures = Mapping[str, Number | None]
Marks = Mapping[str, str]

MAX_PAIRS = 20_000
"""A text of five hundred clauses has some hundreds; the same few words over and over have millions."""

KEPT = 256

_CLAUSE = re.compile(r"[^，。；：、\n]*[，。；：、\n]|[^，。；：、\n]+")

TEXTS = (
    *NARRATIVE_PARTS,
    "printed_name",
    "contact_address",
    "contact_postcode",
    "contact_phone",
    "website",
    "scope_kind",
    "scope_by",
    "scope_units",
    "scope_quote",
)
"""The fields of a version that say something beside its figures."""


def applied(
    figures: Figures, marks: Marks, entered: Figures, entered_marks: Marks
) -> tuple[dict[str, Number | None], dict[str, str]]:
    """All figures and marks after some were entered. Raises KeyError for an entry that is no cell of the form."""
    unknown = (entered.keys() | entered_marks.keys()) - figures.keys()
    if unknown:
        raise KeyError(f"not figures of this edition: {sorted(unknown)}")
    after: dict[str, Number | None] = dict(figures) | dict(entered)
    marks_after = dict(marks)
    for key in entered.keys() | {key for key, mark in entered_marks.items() if mark}:
        mark = entered_marks.get(key, "")
        if mark and entered.get(key) is None:
            after[key] = None
            marks_after[key] = mark
        else:
            marks_after.pop(key, None)
    return after, marks_after


def differences(old: Figures, old_marks: Marks, new: Figures, new_marks: Marks) -> dict[str, list[int | str | None]]:
    """The cells whose number or mark is another one."""
    found = {}
    for key in [*new, *(key for key in old if key not in new)]:
        before, after = (_entry(key, figures, marks) for figures, marks in ((old, old_marks), (new, new_marks)))
        if before != after:
            found[key] = [before, after]
    return found


def _entry(key: str, figures: Figures, marks: Marks) -> int | str | None:
    value = figures.get(key)
    if value is None:
        return marks.get(key) or None
    return int(value) if value == int(value) else plain(value)


def text_differences(old: Any, new: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The fields of a version whose text is another one. Raises KeyError for a field that holds none."""
    unknown = new.keys() - set(TEXTS)
    if unknown:
        raise KeyError(f"not texts of a report: {sorted(unknown)}")
    return {name: [getattr(old, name), text] for name, text in new.items() if getattr(old, name) != text}


def pieces(before: str, after: str) -> list[tuple[str, str]]:
    """A text clause by clause: what stayed, what went, what came."""
    return list(compared_once(before, after))


@lru_cache(maxsize=KEPT)
def compared_once(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """The same, kept: versions do not change, and are read again and again."""
    old, new = _CLAUSE.findall(before), _CLAUSE.findall(after)
    found: list[tuple[str, str]] = []
    for tag, a, b, c, d in aligned(old, new):
        if tag == "equal":
            found.append(("same", "".join(old[a:b])))
            continue
        found += [("gone", "".join(old[a:b]))] * (b > a) + [("new", "".join(new[c:d]))] * (d > c)
    return tuple(found)


def aligned(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """What of two sequences is the same, as `difflib` says it; where that would take too long, the whole between what they
    begin and end with alike is one difference."""
    begin = sum(1 for _same in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    room = min(len(old), len(new)) - begin
    end = sum(
        1
        for _same in takewhile(
            lambda pair: pair[0] == pair[1], zip(reversed(old), islice(reversed(new), room), strict=False)
        )
    )
    left, right = old[begin : len(old) - end], new[begin : len(new) - end]
    found = [("equal", 0, begin, 0, begin)] if begin else []
    if _pairs(left, right) <= MAX_PAIRS:
        codes = difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    else:
        codes = [("replace", 0, len(left), 0, len(right))]
    found += [(tag, a + begin, b + begin, c + begin, d + begin) for tag, a, b, c, d in codes]
    if end:
        found.append(("equal", len(old) - end, len(old), len(new) - end, len(new)))
    return found


def _pairs(left: Sequence[str], right: Sequence[str]) -> int:
    """How many items of one could stand for one of the other: what `difflib` goes through again for every difference."""
    there = Counter(right)
    return sum(count * there[item] for item, count in Counter(left).items())


def length_errors(texts: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """By field, which of these differences would store a text that nothing could check in time."""
    reasons = {name: too_long(new, _label(name)) for name, (_old, new) in texts.items() if isinstance(new, str)}
    return {name: [reason] for name, reason in reasons.items() if reason}


def _label(name: str) -> str:
    return str(chapter_named(name).heading) if name in PROSE_CHAPTERS else name


def number_errors(form: Edition | None, figures: Figures, keys: Iterable[str]) -> dict[str, Any]:
    """By figure key, what is wrong with the numbers that their columns cannot hold."""
    errors = {}
    for key in keys:
        value = figures.get(key)
        if form and value is not None and not form.figures[key].column.holds(value):
            errors[key] = [_("“%(value)s”不是这一格能填的数。") % {"value": plain(value)}]
    return errors
