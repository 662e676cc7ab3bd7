"""Two people on one draft: which inputs only one of them changed, and which both did. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from reports.filing.forms import EntryForm
from reports.models import Change


@dataclass(frozen=True)
class Theirs:
    """What somebody else stored in the meantime, and what was typed here."""

    name: str
    label: str
    stored: str
    typed: str


@dataclass(frozen=True)
class Merge:
    """`taken` are the inputs that only the others changed, as they stand now; `conflicts` those that both did."""

    taken: Mapping[str, str] = field(default_factory=dict)
    conflicts: tuple[Theirs, ...] = ()


def merge(changes: Iterable[Change], stored: EntryForm, sent: EntryForm) -> Merge:
    """What becomes of an editor's inputs after others made these changes. `stored` is the form as it stands now."""
    taken, conflicts = {}, []
    for name, before in _before(changes).items():
        if name not in stored.fields:
            continue
        now = stored.typed(name)
        typed = sent.typed(name) if name in sent.data else before
        if typed.split() == before.split():
            taken[name] = now
        elif typed.split() != now.split():
            conflicts.append(Theirs(name, str(stored.fields[name].label), now, typed))
    return Merge(taken, tuple(conflicts))


def _before(changes: Iterable[Change]) -> dict[str, str]:
    """By input, what stood there before the first of these changes, as the form shows it."""
    found: dict[str, str] = {}
    for change in changes:
        for name, (old, _new) in (change.figures | change.texts).items():
            found.setdefault(name, _as_typed(old))
    return found


def _as_typed(old: Any) -> str:
    if isinstance(old, list):
        return "\n".join(map(str, old))
    return "" if old is None else str(old)
