"""What the public was told and when: every public version of a report, with what each correction changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reports.lifecycle.differences import TEXTS, differences, pieces, text_differences
from reports.models import Report, ScopeBasis, ScopeKind, Version
from reports.standard.elements import Figure


@dataclass(frozen=True)
class CellChange:
    """A cell before and after: a number, the mark that stood there, or None where it was blank."""

    figure: Figure
    old: int | str | None
    new: int | str | None

    @property
    def anchor(self) -> str:
        return self.figure.key.replace(".", "-")


@dataclass(frozen=True)
class TextChange:
    """A chapter or another text, clause by clause: `pieces` are (look, text) with look same, gone or new."""

    label: str
    pieces: list[tuple[str, str]]


@dataclass(frozen=True)
class PublicVersion:
    """A version and what it changed in the one before; `other_form` where their tables cannot be set side by side."""

    version: Version
    before: Version | None
    cells: tuple[CellChange, ...] = ()
    texts: tuple[TextChange, ...] = ()
    other_form: bool = False


def public_versions(report: Report) -> list[PublicVersion]:
    """Every version that is or was public, the newest first, in one query."""
    found = list(
        Version.objects.filter(report=report).public().with_figures().select_related("source").order_by("-number")
    )
    return [_compared(version, before) for version, before in zip(found, [*found[1:], None], strict=True)]


def _compared(version: Version, before: Version | None) -> PublicVersion:
    if before is None:
        return PublicVersion(version, None)
    texts = text_differences(before, {name: getattr(version, name) for name in TEXTS})
    changed = tuple(TextChange(_label(name), pieces(_shown(old), _shown(new))) for name, (old, new) in texts.items())
    if version.form is None or version.form is not before.form:
        return PublicVersion(version, before, (), changed, version.form is not before.form)
    cells = differences(before.figures, before.marks, version.figures, version.marks)
    form = version.form
    return PublicVersion(
        version, before, tuple(CellChange(form.figures[key], old, new) for key, (old, new) in cells.items()), changed
    )


def _label(name: str) -> str:
    return str(Version._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _shown(value: Any) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "\n".join(map(str, value))
    return str(dict([*ScopeKind.choices, *ScopeBasis.choices]).get(value, value))
