"""`reused_text`: a narrative that is nearly last year's own or another agency's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reports.checks.comparables import OtherText
from reports.checks.content import Content, Finding, Operand
from reports.checks.reuse.shingles import likeness, shingles

ALIKE = 0.8
"""Copies have at least this in common; unrelated reports stay below 0.6."""


def reused_text(content: Content, last_year: Content | None, others: Iterable[OtherText]) -> list[Finding]:
    """At most two findings: the agency's own text of last year, and the most alike of other agencies.

    Who took from whom is not for a rule to say. A short text is like nobody's.
    """
    others = list(others)
    if last_year is None and not others:
        return []
    own = shingles(content.narrative, content.agency)
    if not own or content.year is None:
        return []
    findings = []
    if last_year is not None and last_year.year == content.year - 1:
        alike = likeness(own, shingles(last_year.narrative, last_year.agency))
        if alike >= ALIKE:
            findings.append(_finding({"whose": "own", "year": last_year.year}, alike))
    measured = [(likeness(own, shingles(other.narrative, other.agency)), other) for other in others]
    alike, most = max(measured, key=lambda each: each[0], default=(0.0, None))
    if most is not None and alike >= ALIKE:
        named: dict[str, Operand] = {"whose": "another", "agency": most.agency, "code": most.code, "year": most.year}
        findings.append(_finding(named, alike))
    return findings


def _finding(other: Mapping[str, Operand], alike: float) -> Finding:
    # Rounded down: 99 % is not the same text.
    return Finding("reused_text", "narrative", (), {**other, "percent": int(alike * 100)})
