"""What two states of a report do not have in common: `{key: [old, new]}`, as it is recorded and shown. No database."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from reports.checks.content import plain
from reports.standard import NARRATIVE_PARTS
from reports.standard.elements import Edition

Number = int | Decimal
Figures = Mapping[str, Number | None]
Marks = Mapping[str, str]

_CLAUSE = re.compile(r"[^，。；：、\n]*[，。；：、\n]|[^，。；：、\n]+")

TEXTS = (
    *NARRATIVE_PARTS,
    "printed_name",
    "contact_address",
    "contact_postcode",
    "contact_phone",
    "website",
    "scope_kind",
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
    old, new = _CLAUSE.findall(before), _CLAUSE.findall(after)
    found: list[tuple[str, str]] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(old[a:b])))
            continue
        found += [("gone", "".join(old[a:b]))] * (b > a) + [("new", "".join(new[c:d]))] * (d > c)
    return found


def number_errors(form: Edition | None, figures: Figures, keys: Iterable[str]) -> dict[str, Any]:
    """By figure key, what is wrong with the numbers that their columns cannot hold."""
    errors = {}
    for key in keys:
        value = figures.get(key)
        if form and value is not None and not form.figures[key].column.holds(value):
            errors[key] = [_("“%(value)s”不是这一格能填的数。") % {"value": plain(value)}]
    return errors
