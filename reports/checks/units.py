"""Who the units of a report that covers its subtree are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agencies.naming import named_agencies, normalised
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


MIN_ADDED = 3
"""So many cells that are not zero have to add up before that can be no chance."""


def adds_up(content: Content, units: Sequence[Unit]) -> bool:
    """Whether a report is, in every cell that can be compared, the sum of all these, of which at least two have something."""
    if content.form is None or any(unit.content is None for unit in units):
        return False
    parts = [unit.content for unit in units if unit.content]
    added, with_something = 0, set()
    for key in content.form.figures:
        whole = content.known.get(key)
        if whole is None or key in content.doubted or not all(_says(part, key) for part in parts):
            continue
        values = [part.known[key] for part in parts]
        if sum(values) != whole:
            return False
        if whole:
            added += 1
            with_something |= {number for number, value in enumerate(values) if value}
    return added >= MIN_ADDED and len(with_something) >= 2


def _says(content: Content, key: str) -> bool:
    return key in content.known and key not in content.doubted and content.has_table(key)


def units_by_name(whole: str, listed: Sequence[str], contents: Mapping[str, Content]) -> tuple[tuple[Unit, ...], bool]:
    """The units of a whole that no register knows, among reports by the printed name of their agency, and whether these are
    all: those that its scope statement lists; else those whose name begins with its place, which may be only some."""
    others = {name: content for name, content in contents.items() if name != whole}
    if listed:
        units = []
        for name in listed:
            meant = named_agencies(name, others)
            units.append(Unit("", name, others[meant[0]] if len(meant) == 1 else None))
        return tuple(units), True
    place = normalised(whole).removesuffix("政府").removesuffix("人民")
    below = [Unit("", name, content) for name, content in others.items() if name.startswith(place) and place != whole]
    return tuple(below), False
