"""Corrections: what people put in the place of what was read, before anything is stored. Pure.

A correction goes by the name of its input: a figure key, a text of the report, `year`, or `doubt.<code>.<where>` where
somebody has compared what is in doubt with the file and found it right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any

from reports.importing.parsed import Number, ParsedReport, Problem, Scope
from reports.standard import CURRENT, NARRATIVE_PARTS, edition_for
from reports.standard.elements import Edition

CONTACT_FIELDS = {
    "contact_address": "address",
    "contact_postcode": "postcode",
    "contact_phone": "phone",
    "website": "website",
}
SCOPE_FIELDS = {"scope_kind": "kind", "scope_units": "units", "scope_quote": "quote"}


@dataclass(frozen=True)
class Correction:
    """`value` is what stands there now: a number (a decimal as its digits), None with or without a `mark`, or a text. `who`
    is the name of the person, whose key is `by`; `at` the moment in ISO 8601."""

    value: Any = None
    mark: str = ""
    by: int | None = None
    who: str = ""
    at: str = ""

    def same_as(self, other: Correction) -> bool:
        """Whether both put the same there, whoever did."""
        return (self.value, self.mark) == (other.value, other.mark)

    @property
    def number(self) -> Number | None:
        return Decimal(self.value) if isinstance(self.value, str) else self.value

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


Corrections = Mapping[str, Correction]


def read_corrections(stored: Mapping[str, Any]) -> dict[str, Correction]:
    return {name: Correction(**content) for name, content in stored.items()}


def figure_correction(number: Number | None, mark: str = "") -> Correction:
    """The correction of a figure, one way to write each number."""
    if isinstance(number, Decimal):
        number = int(number) if number == int(number) else number
        return Correction(number if isinstance(number, int) else f"{number.normalize():f}")
    return Correction(number, "" if number is not None else mark)


def form_of(parsed: ParsedReport) -> Edition:
    """The form of its tables; where it has none, the one that its year asks for."""
    return parsed.form or (edition_for(parsed.year) if parsed.year else None) or CURRENT


def values_read(parsed: ParsedReport) -> dict[str, Correction]:
    """Everything that can be corrected as it was read from the file."""
    found = {
        key: figure_correction(parsed.figures.get(key), parsed.marks.get(key, "")) for key in form_of(parsed).figures
    }
    found |= {part: Correction(parsed.narrative[part]) for part in NARRATIVE_PARTS}
    found |= {field: Correction(parsed.contact.get(name, "")) for field, name in CONTACT_FIELDS.items()}
    found |= {
        "scope_kind": Correction(parsed.scope.kind),
        "scope_units": Correction(list(parsed.scope.units)),
        "scope_quote": Correction(parsed.scope.quote),
        "printed_name": Correction(parsed.agency),
        "year": Correction(parsed.year),
    }
    return found | {doubt_name(problem): Correction(False) for problem in parsed.problems}


def doubt_name(problem: Problem) -> str:
    """The name under which a doubt is settled as such."""
    return f"doubt.{problem.code}.{problem.where}"


def apply_corrections(parsed: ParsedReport, corrections: Corrections) -> ParsedReport:
    """The report as it stands with the corrections, less the doubts that they settle."""
    typed = {key: each for key, each in corrections.items() if key in form_of(parsed).figures}
    year = corrections["year"].value if "year" in corrections else parsed.year
    corrected = replace(parsed, year=year, figures=dict(parsed.figures), marks=dict(parsed.marks))
    if typed and not parsed.form:
        corrected.edition = form_of(parsed).name
        corrected.figures = dict.fromkeys(form_of(parsed).figures)
    filled = {key.partition(".")[0] for key in typed}
    corrected.missing_tables = tuple(table for table in parsed.missing_tables if table not in filled)
    for key, correction in typed.items():
        corrected.figures[key] = correction.number
        corrected.marks.pop(key, None)
        if correction.mark:
            corrected.marks[key] = correction.mark
    texts = {name: each.value for name, each in corrections.items() if name not in typed}
    corrected.agency = texts.get("printed_name", parsed.agency)
    corrected.narrative = {part: texts.get(part, text) for part, text in parsed.narrative.items()}
    corrected.contact = parsed.contact | {
        name: texts[field] for field, name in CONTACT_FIELDS.items() if field in texts
    }
    decided = {name: texts[field] for field, name in SCOPE_FIELDS.items() if field in texts}
    scope = asdict(parsed.scope) | decided
    if "kind" in decided:
        scope["by"] = "" if scope["kind"] == "unknown" else "person"
    corrected.scope = Scope(**{**scope, "units": tuple(scope["units"])})
    corrected.problems = [problem for problem in parsed.problems if not settled_by(problem, parsed, corrections)]
    return corrected


def settled_by(problem: Problem, parsed: ParsedReport, corrections: Corrections) -> str:
    """Who has seen to a doubt: found it right, or corrected what it names, each cell of it that was not read; else empty."""
    own = corrections.get(doubt_name(problem)) or corrections.get(input_name(problem.where))
    if own:
        return own.who
    cells = _cells(problem.where, form_of(parsed), parsed)
    done = [corrections[key] for key in cells if key in corrections]
    return max(done, key=lambda each: each.at).who if cells and len(done) == len(cells) else ""


def _cells(where: str, form: Edition, parsed: ParsedReport) -> list[str]:
    """The cells that a doubt about a row or a table leaves open."""
    below = (key for key in form.figures if key.startswith(where + "."))
    return [key for key in below if parsed.figures.get(key) is None and key not in parsed.marks]


def input_name(where: str) -> str:
    """The name of the input for what a doubt names; that of a row or a table is none."""
    return {"agency": "printed_name"}.get(where, where.removeprefix("narrative."))


def place_name(name: str) -> str:
    """The name under which the place of what an input holds is kept."""
    if name in NARRATIVE_PARTS:
        return f"narrative.{name}"
    return {"printed_name": "agency"}.get(name, name)


def places_of(parsed: ParsedReport, corrections: Corrections) -> dict[str, dict[str, Any]]:
    """Where everything stands in the file, as a version keeps it, and who put something else in its place."""
    places: dict[str, dict[str, Any]] = {
        where: {name: number for name, number in place._asdict().items() if number is not None}
        for where, place in parsed.places.items()
    }
    for name, correction in corrections.items():
        if not name.startswith("doubt."):
            typed = {"typed_by": correction.who, "typed_at": correction.at}
            places[place_name(name)] = places.get(place_name(name), {}) | typed
    return places


def doubts_of(parsed: ParsedReport, corrections: Corrections) -> list[dict[str, Any]]:
    """The doubts as a version keeps them: those that somebody saw to with the name of that person."""
    found = []
    for problem in parsed.problems:
        content = {name: text for name, text in asdict(problem).items() if text}
        who = settled_by(problem, parsed, corrections)
        found.append(content | ({"settled_by": who} if who else {}))
    return found


def names_by_person(corrections: Corrections) -> Iterable[tuple[int | None, set[str]]]:
    """Who corrected what, each person once."""
    for by in dict.fromkeys(correction.by for correction in corrections.values()):
        yield by, {name for name, correction in corrections.items() if correction.by == by}
