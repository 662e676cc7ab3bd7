"""Findings in words: what, where and by how much, then what to do. Every name in a sentence is a declared one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from config.language import english
from reports.checks.phrases import Said, Wording, printed
from reports.checks.wording import comparisons, tables, text
from reports.standard import CURRENT, EDITIONS
from reports.standard.elements import Edition

__all__ = ["Audience", "message", "printed"]

Audience = Literal["filer", "public"]
"""Who reads it: the one who can mend it is told what to do, a reader only what is."""


def message(finding: Said, edition_name: str, audience: Audience = "filer") -> str:
    """The finding in the reader's language. `edition_name` is the one of the report's tables, empty where it has none."""
    wording = _WORDINGS[finding.rule](finding, EDITIONS.get(edition_name, CURRENT))
    parts = [wording.says, wording.advice if audience == "filer" else wording.remark]
    sentences = [part.strip() for part in parts if part]
    sentence = (" " if english() else "").join(sentences)
    return sentence[:1].upper() + sentence[1:]


_WORDINGS: dict[str, Callable[[Said, Edition], Wording]] = {
    "row_total": tables.equation,
    "results_total": tables.equation,
    "flow_balance": tables.equation,
    "proceedings_total": tables.equation,
    "undecided": tables.undecided,
    "not_a_count": tables.not_a_count,
    "missing_table": tables.missing_table,
    "wrong_edition": tables.wrong_edition,
    "carry_over": comparisons.across_years,
    "documents_roll_forward": comparisons.across_years,
    "roll_up": comparisons.roll_up,
    "narrative_figure": text.narrative_figure,
    "narrative_sum": text.narrative_sum,
    "narrative_change": text.narrative_change,
    "wrong_year": text.wrong_year,
    "wrong_agency": text.wrong_agency,
    "template_text": text.template_text,
    "reused_text": comparisons.reused_text,
    "regulations_beyond_power": tables.regulations_beyond_power,
    "unlikely_figure": comparisons.unlikely_figure,
}
