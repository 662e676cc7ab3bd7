"""What became of a report: who changed what, when, from what to what; and how it stood at any moment. Pure.

Changes are kept one by one and never edited. Somebody at work is saved every few seconds; what one person saves without
a longer pause is read as one step, in which only what differs in the end counts.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from config.language import pick
from reports.filing.forms import typed_as
from reports.lifecycle.differences import TEXTS, pieces
from reports.models import Action, Change, Report, Version

PAUSE = datetime.timedelta(minutes=10)


@dataclass(frozen=True)
class Difference:
    """One cell or paragraph, before and after. `pieces` are (look, text) with look same, gone or new."""

    name: str
    label: str
    before: str
    after: str

    @property
    def long(self) -> bool:
        return max(len(self.before), len(self.after)) > 12 or "\n" in self.before + self.after

    @property
    def pieces(self) -> list[tuple[str, str]]:
        return pieces(self.before, self.after)


@dataclass
class Step:
    """One line of the history; `last` is the change after which the report stood as the step left it."""

    version: Version
    last: Change
    began: datetime.datetime
    changed: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def differences(self) -> list[Difference]:
        return differing(self.version, {name: (_shown(old), _shown(new)) for name, (old, new) in self.changed.items()})


def steps(version: Version, changes: Iterable[Change]) -> list[Step]:
    """The history of a version, the oldest first, from its changes in their order."""
    found: list[Step] = []
    for change in changes:
        changed = _content(change)
        before = found[-1] if found else None
        if before and _continues(before.last, change):
            before.last = change
            for name, (old, new) in changed.items():
                before.changed[name] = [before.changed.get(name, [old])[0], new]
            before.changed = {name: pair for name, pair in before.changed.items() if pair[0] != pair[1]}
        else:
            found.append(Step(version, change, change.made_at, dict(changed)))
    return found


def _continues(last: Change, change: Change) -> bool:
    alike = last.action == change.action == Action.SAVED and last.made_by_id == change.made_by_id
    alike = alike and last.comment == change.comment
    return alike and change.made_at - last.made_at <= PAUSE


def _content(change: Change) -> dict[str, list[Any]]:
    """What a change did to the version; a publication says what differs from another version, which is none of it."""
    if change.action not in (Action.SAVED, Action.LOCATED):
        return {}
    return {**change.figures, **change.texts}


def as_it_stood(version: Version, changes: Sequence[Change], after: Change) -> dict[str, str]:
    """Everything the version said once `after` had been done: as it stands now, less what was done later."""
    state = {key: typed_as(number, version.marks.get(key, "")) for key, number in version.figures.items()}
    state |= {name: _shown(getattr(version, name)) for name in TEXTS}
    for change in reversed(changes):
        if change.pk <= after.pk:
            break
        state |= {name: _shown(old) for name, (old, _new) in _content(change).items() if name in state}
    return state


def compared(version: Version, left: Mapping[str, str], right: Mapping[str, str]) -> list[Difference]:
    """What two states do not have in common, in the order of the form."""
    names = [*right, *(name for name in left if name not in right)]
    pairs = {name: (left.get(name, ""), right.get(name, "")) for name in names}
    return differing(version, {name: pair for name, pair in pairs.items() if pair[0] != pair[1]})


def differing(version: Version, pairs: Mapping[str, tuple[str, str]]) -> list[Difference]:
    return [Difference(name, label(version, name), *pair) for name, pair in pairs.items()]


def label(version: Version, name: str) -> str:
    """What the reader calls a cell, a chapter, or a sentence of one."""
    name, _colon, sentence = name.partition(":")
    if sentence:
        return gettext("%(chapter)s“%(sentence)s”") % {"chapter": label(version, name), "sentence": sentence}
    figure = version.form.figures.get(name) if version.form else None
    if figure:
        return pick(figure.label, figure.label_en)
    model = Version if name in TEXTS else Report if name in ("official_url", "official_on") else None
    return str(model._meta.get_field(name).verbose_name) if model else name  # type: ignore[union-attr]


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)
