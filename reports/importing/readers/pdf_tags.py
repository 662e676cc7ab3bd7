"""What a tagged PDF says of itself: which lines are one paragraph, and what only serves the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# What stands inside a paragraph and makes none of its own.
_INLINE = frozenset({"Span", "NonStruct", "Strong", "Em", "Link", "Quote", "Code", "Annot", "Ruby", "Reference", "Lbl"})

Paragraphs = Mapping[tuple[int, int], int]


def tagged_paragraphs(pdf: Any) -> Paragraphs:
    """The number of the paragraph by page and marked content; nothing for a file without tags."""
    found: dict[tuple[int, int], int] = {}
    count = 0
    waiting = [(element, 0, 0) for element in reversed(pdf.structure_tree)]
    while waiting:
        element, paragraph, page = waiting.pop()
        page = element.get("page_number") or page
        if element.get("type") not in _INLINE or not paragraph:
            count += 1
            paragraph = count
        for content in element.get("mcids", ()):
            found[page, content] = paragraph
        waiting += [(child, paragraph, page) for child in reversed(element.get("children", ()))]
    return found


def paragraph_of(line: Mapping[str, Any], page: int, paragraphs: Paragraphs) -> int | None:
    """The paragraph that a line belongs to, as far as tags say so."""
    return paragraphs.get((page, line["chars"][0].get("mcid")))


def is_furniture(line: Mapping[str, Any]) -> bool:
    """A page number or running title."""
    return bool(line["chars"][0].get("tag") == "Artifact")
