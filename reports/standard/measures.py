"""What can be compared across the editions: every figure of any edition, and the headline figures of a report.

A measure names, for each edition, the figures whose sum it is. Where an edition is missing the form counts nothing
of the kind in those years; what one edition counts as one figure and another as three is compared as their sum and never
split.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reports.standard import NEWEST_FIRST
from reports.standard.both_editions import CARRIED_IN, CARRIED_OUT, CONCLUDED, GRANTED, RECEIVED, Row
from reports.standard.counterparts import Keys, across_editions
from reports.standard.elements import UNIT_LABELS, Figure
from reports.standard.equations import Number


@dataclass(frozen=True)
class Measure:
    """`figures` gives, by edition name, the keys whose sum the measure is; `edition` is the one that it is named in."""

    key: str
    label: str
    label_en: str
    figures: Keys
    unit: str = "件"
    edition: str = ""
    figure: Figure | None = None

    @property
    def unit_label(self) -> str:
        return UNIT_LABELS[self.unit][0]

    @property
    def unit_label_en(self) -> str:
        return UNIT_LABELS[self.unit][1]

    def of(self, edition: str, figures: Mapping[str, Number | None]) -> Number | None:
        """Its value in a report of that edition; None where it is blank or the edition does not count it."""
        values = [figures.get(key) for key in self.figures.get(edition, ())]
        known = [value for value in values if value is not None]
        return sum(known) if values and len(known) == len(values) else None


def _measure(figure: Figure) -> Measure:
    figures = across_editions((figure.key,))
    return Measure(figure.key, figure.label, figure.label_en, figures, figure.column.unit, next(iter(figures)), figure)


def _measures() -> dict[str, Measure]:
    measures: dict[str, Measure] = {}
    for edition in NEWEST_FIRST:
        for key, figure in edition.figures.items():
            if key not in measures:
                measures[key] = _measure(figure)
    return measures


MEASURES = _measures()
"""Every figure of the edition in force, then those that only earlier ones have, by figure key."""


def _total(row: Row) -> str:
    return f"applications.{row.key}.total"


def _headline(key: str, label: str, label_en: str, *keys: str) -> Measure:
    return Measure(key, label, label_en, across_editions(keys))


HEADLINES: dict[str, Measure] = {
    measure.key: measure
    for measure in (
        _headline("received", "新收", "Received", _total(RECEIVED)),
        _headline("carried_in", "上年结转", "Carried in", _total(CARRIED_IN)),
        _headline("granted", "予以公开", "Granted", _total(GRANTED)),
        _headline("concluded", "办结", "Concluded", _total(CONCLUDED)),
        _headline("carried_out", "结转下年", "Carried out", _total(CARRIED_OUT)),
        _headline("reconsideration", "行政复议", "Reconsideration", "proceedings.reconsideration.total"),
        _headline(
            "litigation",
            "行政诉讼",
            "Litigation",
            "proceedings.direct_litigation.total",
            "proceedings.post_reconsideration_litigation.total",
        ),
    )
}
"""The few figures that a list or an overview shows, with short names of their own."""
