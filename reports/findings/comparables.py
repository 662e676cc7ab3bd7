"""What reports are compared with, assembled in one place: for stored versions, files given together and the preview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reports.checks.comparables import Comparables, Figures
from reports.checks.content import Content
from reports.findings.contents import AgencyYear, Given, Subject, contents_of
from reports.findings.peers import figures_in, figures_of, peers_of
from reports.findings.series import continues, line_of, predecessors_of, reported_by, with_predecessors
from reports.findings.texts import Signature, texts_for
from reports.findings.units import units_for
from reports.models import ScopeBasis


def comparables_for(
    subjects: Sequence[Subject], *, stored: bool = True, signatures: Mapping[int, Signature] | None = None
) -> list[Comparables]:
    """What each of these reports is compared with: what is stored, and those of them that are not stored yet, which stand
    for what is stored of their agency and year. Without `stored` there is no register and no database to ask. `signatures`
    as in `texts_for`.

    The number of queries does not grow with that of the reports.
    """
    given = {subject.place: subject for subject in subjects if subject.version is None and subject.place}
    series = _Series(subjects, given)
    peers, units = peers_of(subjects, given), units_for(subjects, given)
    texts = texts_for(subjects, stored=stored, signatures=signatures)
    found = []
    for number, subject in enumerate(subjects):
        listed, certain = units.get(number, ((), True))
        stated = subject.covers and subject.scope_by != ScopeBasis.SUMS
        found.append(
            Comparables(
                last_year=series.last_year(subject.place),
                earlier=series.earlier(subject.place),
                peers=peers.get(number, ()),
                units=listed if stated else (),
                below=() if stated else listed,
                certain=certain,
                texts=texts.get(number, ()),
            )
        )
    return found


class _Series:
    """Reports of the years before, looked for among the given ones first, then in the database."""

    def __init__(self, subjects: Sequence[Subject], given: Given) -> None:
        self.given = given
        codes = {subject.code for subject in subjects if subject.code}
        self.predecessors = predecessors_of(codes) if codes else {}
        everybody = with_predecessors(codes, self.predecessors)
        stored, public = reported_by(everybody) if codes else ({}, {})
        self.reported = {*stored, *given}
        self.published = {*public, *given}
        self.first = min((year for _code, year in self.published), default=0)
        places = {subject.place for subject in subjects if subject.place}
        before = {place for each in places if (place := self._before(each))}
        self.contents = contents_of(stored[place] for place in before if place not in given)
        lines = {place for each in places for place in self._line(each) if place not in given}
        figures = figures_of(public[place] for place in lines) if codes else {}
        self.figures = {place: figures[public[place]] for place in lines if public[place] in figures}

    def _before(self, place: AgencyYear) -> AgencyYear | None:
        return continues(*place, self.predecessors, self.reported)

    def _line(self, place: AgencyYear) -> list[AgencyYear]:
        return line_of(*place, self.predecessors, self.published, self.first)

    def last_year(self, place: AgencyYear | None) -> Content | None:
        before = self._before(place) if place else None
        if before is None:
            return None
        return self.given[before].content if before in self.given else self.contents.get(before)

    def earlier(self, place: AgencyYear | None) -> tuple[Figures, ...]:
        line = self._line(place) if place else ()
        found = (
            figures_in(self.given[each].content) if each in self.given else self.figures.get(each) for each in line
        )
        return tuple(figures for figures in found if figures)
