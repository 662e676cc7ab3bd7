"""What stored versions are held against."""

from __future__ import annotations

from collections.abc import Sequence

from reports.checks.comparables import Comparables
from reports.findings.contents import AgencyYear, contents_of
from reports.findings.peers import figures_of, peers_of
from reports.findings.series import continues, line_of, predecessors_of, reported_by, with_predecessors
from reports.findings.texts import other_texts
from reports.findings.units import units_of_versions
from reports.models import Version


def beside_versions(versions: Sequence[Version]) -> dict[int, Comparables]:
    """By key of the version, everything that it is held against. The number of queries does not grow with theirs."""
    codes = {version.report.agency_id for version in versions}
    predecessors = predecessors_of(codes)
    everybody = with_predecessors(codes, predecessors)
    reported = reported_by(everybody)
    published = reported_by(everybody, published=True)
    first = min((year for _code, year in published), default=0)
    before: dict[int, AgencyYear] = {}
    lines: dict[int, list[AgencyYear]] = {}
    for version in versions:
        code, year = version.report.agency_id, version.report.year
        if found := continues(code, year, predecessors, reported):
            before[version.pk] = found
        lines[version.pk] = line_of(code, year, predecessors, published, first)
    last_years = contents_of(reported[place] for place in set(before.values()))
    figures = figures_of(published[place] for line in lines.values() for place in line)
    peers, units, texts = peers_of(versions), units_of_versions(versions), other_texts(versions)
    return {
        version.pk: Comparables(
            last_year=last_years.get(before[version.pk]) if version.pk in before else None,
            earlier=tuple(figures[published[place]] for place in lines[version.pk] if published[place] in figures),
            peers=peers.get(version.pk, ()),
            units=units.get(version.pk, ()),
            texts=texts[version.pk],
        )
        for version in versions
    }
