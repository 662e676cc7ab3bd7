"""The sentence that a finding quotes, with the words marked on which it rests. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reports.checks.content import plain
from reports.checks.narrative.numerals import quantities
from reports.models import Finding
from reports.review.evidence import numbers_in

NONE = re.compile("未收到|未接到|未发生|未产生|没有|未有|暂无|无|零")
NUMERAL = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
CONTEXT_LENGTH = 60
"""How many characters of the paragraph stand before and after the sentence."""


@dataclass(frozen=True)
class QuotedSentence:
    """The sentence with its words: (marked, text); what stands around it in its paragraph."""

    before: str
    pieces: list[tuple[bool, str]]
    after: str


def quoted_sentence(finding: Finding) -> QuotedSentence | None:
    """The sentence that a finding quotes, the words on which it rests marked."""
    quote = finding.quote
    if not quote:
        return None
    text = finding.version.narrative.get(finding.where, "")
    paragraph = next((line for line in text.split("\n") if quote in line), quote)
    before, _quote, after = paragraph.partition(quote)
    if len(before) > CONTEXT_LENGTH:
        before = "……" + before[-CONTEXT_LENGTH:]
    if len(after) > CONTEXT_LENGTH:
        after = after[:CONTEXT_LENGTH] + "……"
    return QuotedSentence(before, _pieces(quote, _spans(quote, finding.operands)), after)


def _spans(quote: str, values: Mapping[str, Any]) -> list[tuple[int, int]]:
    # Character by character, so that the places in both are the same.
    text = "".join(
        folded if len(folded := unicodedata.normalize("NFKC", character)) == 1 else character for character in quote
    )
    wanted = [Decimal(value) for key, value in numbers_in(values).items() if key != "year"]
    spans = [
        (quantity.start, quantity.end)
        for quantity in quantities(text)
        if any(quantity.fits(abs(value)) for value in wanted)
    ]
    plain_numbers = {plain(abs(value)) for value in wanted}
    spans += [found.span() for found in NUMERAL.finditer(text) if found[0].replace(",", "") in plain_numbers]
    if values.get("text") == 0 and not spans:
        spans += [found.span() for found in NONE.finditer(text)]
    for name in ("named", "sign"):
        if word := str(values.get(name) or ""):
            spans += [found.span() for found in re.finditer(re.escape(word), quote)]
    return spans


def _pieces(text: str, spans: list[tuple[int, int]]) -> list[tuple[bool, str]]:
    marked = [False] * len(text)
    for start, end in spans:
        marked[start:end] = [True] * (end - start)
    pieces: list[tuple[bool, str]] = []
    for character, look in zip(text, marked, strict=True):
        if pieces and pieces[-1][0] == look:
            pieces[-1] = (look, pieces[-1][1] + character)
        else:
            pieces.append((look, character))
    return pieces
