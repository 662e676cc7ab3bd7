"""An import compared with the stored report of the same agency and year: the differences, and what was chosen of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from agencies.models import Agency
from reports.filing.history import Difference, label
from reports.importing.parsed import ParsedReport
from reports.intake.corrections import place_name
from reports.intake.merging_import import ImportDifference, import_differences
from reports.models import Report, ScopeKind, State, Version

Side = Literal["stored", "file", ""]


@dataclass(frozen=True)
class DifferenceChoice:
    """One difference with what was chosen so far; `place` is the anchor in the source."""

    item: ImportDifference
    difference: Difference
    choice: Side
    place: str = ""


@dataclass(frozen=True)
class StoredComparison:
    """`whole` says that the tables are of different editions: the file is then taken as a whole or not at all. `seen` is what
    a page gives back, so that nothing is chosen against another version than the one it showed."""

    version: Version
    choices: tuple[DifferenceChoice, ...] = ()
    whole: bool = False
    taken: frozenset[str] = field(default=frozenset())

    @property
    def seen(self) -> str:
        return f"{self.version.pk}@{self.version.revision}"

    @property
    def open(self) -> int:
        """How many differences nobody has decided about."""
        return sum(not each.choice for each in self.choices)

    @property
    def changes_nothing(self) -> bool:
        """Whether the stored report says the same, or everything that differs is to stay as it is stored."""
        return not (self.whole or self.open or self.taken)

    @property
    def is_public(self) -> bool:
        return self.version.state == State.PUBLISHED


def stored_version(agency: Agency | None, year: int | None, publish: bool) -> Version | None:
    """What an import would change: the public version where it is to be published, else the one in work, else the public one."""
    if agency is None or year is None:
        return None
    report = Report.objects.filter(agency=agency, year=year).first()
    if report is None:
        return None
    pk = report.published_id if publish else report.working_id or report.published_id
    return Version.objects.with_figures().select_related("source").filter(pk=pk).first() if pk else None


def compare_with_stored(
    version: Version, corrected: ParsedReport, decided: Mapping[str, Any], places: Mapping[str, str]
) -> StoredComparison:
    """`decided` is what was chosen, as the import keeps it: `[choice, stored, file]` by the name of the difference. A choice
    counts only as long as both sides are still what they were."""
    items = import_differences(version, corrected)
    if items is None:
        return StoredComparison(version, whole=True)
    choices = []
    for item in items:
        choice, *sides = decided.get(item.name, ("", None, None))
        holds = sides == [item.stored, item.file]
        shown = Difference(item.name, label(version, item.field), _shown(item.stored), _shown(item.file))
        choices.append(DifferenceChoice(item, shown, choice if holds else "", places.get(place_name(item.field), "")))
    taken = frozenset(each.item.name for each in choices if each.choice == "file")
    return StoredComparison(version, tuple(choices), False, taken)


def read_choices(found: StoredComparison, sent: Mapping[str, str], every: Side = "") -> dict[str, list[Any]]:
    """The choices that were sent, or `every` one the same, as the import keeps them."""
    kept = {}
    for each in found.choices:
        choice = every or sent.get(f"take.{each.item.name}", each.choice)
        if choice in ("stored", "file"):
            kept[each.item.name] = [choice, each.item.stored, each.item.file]
    return kept


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(map(str, value))
    if value in ScopeKind.values:
        return str(ScopeKind(value).label)
    return "" if value is None else str(value)
