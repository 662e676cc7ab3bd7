"""What the supervisor is shown before words are redacted: where they stand, and in which other reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reports.models import Report
from reports.takedown.places import count_in_versions, count_words
from reports.takedown.words import Words


@dataclass(frozen=True)
class Sighting:
    """How often they stand where, by what the place is called; and in the versions of the agency's other years."""

    places: Mapping[str, int]
    other_years: Mapping[int, int]

    @property
    def total(self) -> int:
        return sum(self.places.values())


def seek(report: Report, words: Words) -> Sighting:
    others = Report.objects.filter(agency=report.agency_id).exclude(pk=report.pk).select_related("agency")
    counted = {other.year: sum(count_in_versions(other, words).values()) for other in others.order_by("year")}
    # A Counter knows every name, so that a template would find its `items` to be nought.
    return Sighting(dict(count_words(report, words)), {year: count for year, count in counted.items() if count})
