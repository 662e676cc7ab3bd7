"""A report that covers its subtree against the reports of its units, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from agencies.naming import normalised, spellings
from reports.checks.comparables import Unit
from reports.checks.content import Content, Finding, Number

BETWEEN_UNITS = "、"


def roll_up(content: Content, units: Sequence[Unit], certain: bool = True) -> list[Finding]:
    """Each cell in which a whole differs from the sum of its units, as a warning.

    Where units lack a report they are named, nothing is guessed for them, and nothing more than an `info` is said: of a
    cell only where the others already exceed the whole. The same severity where it is not `certain` who the units are.
    A cell that the whole or any unit leaves unknown is compared with nothing.
    """
    if content.form is None or not units:
        return []
    reporting = [unit for unit in units if unit.content is not None]
    missing = [unit.name for unit in units if unit.content is None]
    findings = []
    if missing:
        operands: dict[str, Number | str | None] = {"units": len(units), "missing": BETWEEN_UNITS.join(missing)}
        findings.append(Finding("roll_up", "document", (), operands, severity="info"))
    for key in content.form.figures:
        parts = _parts(key, content, reporting)
        if parts is None:
            continue
        whole, total = content.known[key], sum(value for _unit, value in parts)
        signed = content.form.figures[key].column.signed
        if whole == total or (missing and (signed or total < whole)):
            continue
        operands = {key: whole, "units": len(units), "missing": BETWEEN_UNITS.join(missing)}
        operands |= {f"unit.{unit.code or unit.name}": value for unit, value in parts if value}
        severity = "info" if missing or not certain else ""
        findings.append(Finding("roll_up", key, (key,), operands, total, whole, severity=severity))
    return findings


def _parts(key: str, content: Content, units: Iterable[Unit]) -> list[tuple[Unit, Number]] | None:
    """What each unit has in a cell; None where the whole or one of them does not say."""
    if not _says(content, key):
        return None
    parts = []
    for unit in units:
        assert unit.content is not None
        if not _says(unit.content, key):
            return None
        parts.append((unit, unit.content.known[key]))
    return parts or None


def _says(content: Content, key: str) -> bool:
    return key in content.known and key not in content.doubted and content.has_table(key)


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
