"""One search for everything public: places and agencies by their names, reports by what they say."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from agencies.models import Agency, Division
from agencies.search import agencies_named, places_named
from reports.catalogue.snippets import Snippet, snippets
from reports.catalogue.text_index import versions_matching
from reports.catalogue.words import MAX_SEARCH_LENGTH, phrases
from reports.models import Report, Version
from reports.standard import NARRATIVE_PARTS

CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class Search:
    """What somebody looks for, and where it is found. Nothing is fetched before it is used."""

    text: str
    places: QuerySet[Division]
    agencies: QuerySet[Agency]
    reports: QuerySet[Report]


def search(text: str) -> Search:
    """Places and agencies that are called so, and the published reports whose text holds every word."""
    text = cleaned(text)
    agencies = agencies_named(text) if text else Agency.objects.none()
    return Search(text, places_named(text), agencies.select_related("division"), reports_saying(text))


def cleaned(text: str) -> str:
    """What was typed, without what no keyboard gives, and no longer than a search needs to be."""
    return " ".join(CONTROL.sub(" ", text[: 10 * MAX_SEARCH_LENGTH]).split())[:MAX_SEARCH_LENGTH].strip()


def reports_saying(text: str) -> QuerySet[Report]:
    """Published reports whose text holds every word, the newest first."""
    return (
        Report.objects.published()
        .with_verdict()
        .filter(versions_matching(phrases(text)))
        .order_by("-year", "agency_id")
    )


def excerpts_of(reports: Iterable[Report], text: str) -> dict[int, list[Snippet]]:
    """By report, where its published text holds the words; one query for all of them."""
    looked_for = phrases(text)
    if not looked_for:
        return {}
    versions = Version.objects.filter(pk__in=[report.published_id for report in reports])
    texts = versions.only("report_id", *NARRATIVE_PARTS)
    return {version.report_id: snippets(version.narrative, looked_for) for version in texts}


def years_published(agencies: Collection[Agency]) -> dict[str, list[int]]:
    """By agency, the years for which it has a published report."""
    years: dict[str, list[int]] = {}
    reports = Report.objects.published().filter(agency__in=agencies).order_by("-year")
    for code, year in reports.values_list("agency_id", "year"):
        years.setdefault(code, []).append(year)
    return years
