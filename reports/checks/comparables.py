"""What a report is compared with: its own past, its units, its peers, other texts. No Django here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reports.checks.content import Content, Number

Figures = Mapping[str, Number | None]


@dataclass(frozen=True)
class Unit:
    """A body whose report a whole has to sum up; without `content` where it has published none, or where it is `unclear` whom that
    covers, so that nobody can add it."""

    code: str
    name: str
    content: Content | None = None
    unclear: bool = False


@dataclass(frozen=True)
class OtherText:
    """The prose of another agency's report that may be the same; `code` is empty where the register does not know it."""

    agency: str
    code: str
    year: int
    narrative: Mapping[str, str]


@dataclass(frozen=True)
class Comparables:
    """Everything that a rule may look at besides the report itself. What is not there is left empty: such a rule is silent.

    `earlier` are the figures of the years before of the same series, `peers` those of other agencies of its kind for its
    year, both as far as `unlikely.measured` asks for them; `certain` tells whether `units` are known to be all of them. `below`
    are the bodies that a report may cover of which nobody has said what it covers: whether it does, their sums may show.
    """

    last_year: Content | None = None
    earlier: tuple[Figures, ...] = ()
    peers: tuple[Figures, ...] = ()
    units: tuple[Unit, ...] = ()
    below: tuple[Unit, ...] = ()
    certain: bool = True
    texts: tuple[OtherText, ...] = ()


NO_COMPARABLES = Comparables()
