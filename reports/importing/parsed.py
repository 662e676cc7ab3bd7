"""What recognition makes of a document, before anything is stored."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from reports.standard import EDITIONS, NARRATIVE_PARTS
from reports.standard.elements import Edition

Number = int | Decimal


class Place(NamedTuple):
    """Where in the source something was read, all counted from 1: the grid with its row and column, or the paragraph; in a PDF
    the page too."""

    grid: int | None = None
    row: int | None = None
    column: int | None = None
    paragraph: int | None = None
    page: int | None = None


@dataclass(frozen=True)
class Problem:
    """A doubt of the import itself. `where` names a cell, row or table by its key, or `agency`, `year`, `narrative.<part>`,
    `document`. `about` is what is printed there, cell by cell, where that is known."""

    code: str
    where: str
    message: str
    about: str = ""


@dataclass(frozen=True)
class Scope:
    """Whom the figures cover: `own` body, its `government` with its departments, its whole `area`, the listed `units`, or
    `unknown`. `by` says how that is known: by the `kind` of body, the `text`, `sums` or a `person`; empty where it is not.
    `quote` is the sentence that says so, `units` are the bodies listed there."""

    kind: str = "unknown"
    units: tuple[str, ...] = ()
    quote: str = ""
    by: str = ""


UNKNOWN_SCOPE = Scope()


@dataclass
class ParsedReport:
    """One report as its file prints it. Figures hold every key of the edition; None is blank or not read.

    `agency` is the full printed name without spaces, registered or not. `contact` has the keys address, postcode, phone,
    website, each possibly empty. `furniture` is what the file prints and is no text of the report, by what it is.
    `missing_tables` are the standard tables that the document lacks. `places` are those of the figures and, by the names that
    doubts use, of rows in doubt, tables, texts, `agency` and `year`.
    """

    edition: str | None = None
    year: int | None = None
    agency: str = ""
    figures: dict[str, Number | None] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    missing_tables: tuple[str, ...] = ()
    narrative: dict[str, str] = field(default_factory=lambda: dict.fromkeys(NARRATIVE_PARTS, ""))
    furniture: dict[str, str] = field(default_factory=dict)
    contact: dict[str, str] = field(default_factory=dict)
    scope: Scope = field(default_factory=Scope)
    problems: list[Problem] = field(default_factory=list)

    @property
    def form(self) -> Edition | None:
        return EDITIONS.get(self.edition or "")

    @property
    def doubted(self) -> frozenset[str]:
        """The cells that some problem names, be it by their key, their row or their table."""
        return frozenset(
            key
            for key in self.figures
            for problem in self.problems
            if key == problem.where or key.startswith(problem.where + ".")
        )

    def to_json(self) -> dict[str, Any]:
        content = asdict(self)
        content["figures"] = {
            key: str(value) if isinstance(value, Decimal) else value for key, value in self.figures.items()
        }
        content["places"] = {key: place._asdict() for key, place in self.places.items()}
        return content

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> ParsedReport:
        figures = {
            key: Decimal(value) if isinstance(value, str) else value for key, value in content["figures"].items()
        }
        return cls(
            **{
                **content,
                "figures": figures,
                "places": {key: Place(**place) for key, place in content["places"].items()},
                "missing_tables": tuple(content["missing_tables"]),
                "scope": Scope(**{**content["scope"], "units": tuple(content["scope"]["units"])}),
                "problems": [Problem(**problem) for problem in content["problems"]],
            }
        )
