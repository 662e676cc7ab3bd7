"""Who the units of a report that covers its subtree are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from agencies.naming import normalised, spellings
from reports.checks.comparables import Unit
from reports.checks.content import Content


def chosen_units(register: Sequence[Unit], listed: Sequence[Unit]) -> tuple[Unit, ...]:
    """Whom a whole sums up: by the register, else those that its scope statement lists.

    A statement that names its units also counts where the register knows of more, who have not reported: the whole may
    well say that it leaves them out.
    """
    for units in (register, listed):
        if units and all(unit.content is not None for unit in units):
            return tuple(units)
    return tuple(register or listed)


def named(listed: str, names: Iterable[str]) -> list[str]:
    """Which of these agencies a scope statement means by a name; it seldom prints the whole of it."""
    called = spellings(listed)
    exactly = [name for name in names if name in called]
    return exactly or [name for name in names if name.endswith(tuple(called))]


def units_by_name(whole: str, listed: Sequence[str], contents: Mapping[str, Content]) -> tuple[tuple[Unit, ...], bool]:
    """The units of a whole that no register knows, among reports by the printed name of their agency, and whether these are
    all: those that its scope statement lists; else those whose name begins with its place, which may be only some."""
    others = {name: content for name, content in contents.items() if name != whole}
    if listed:
        units = []
        for name in listed:
            meant = named(name, others)
            units.append(Unit("", name, others[meant[0]] if len(meant) == 1 else None))
        return tuple(units), True
    place = normalised(whole).removesuffix("政府").removesuffix("人民")
    below = [Unit("", name, content) for name, content in others.items() if name.startswith(place) and place != whole]
    return tuple(below), False
