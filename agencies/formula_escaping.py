"""Escapes text so that no spreadsheet takes it for a formula. Pure."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"\s*(?:'+\s*)?[=+\-@\t\r＝＋－＠]")
_DASHES = re.compile(r"-+")


def escape_formula(text: str) -> str:
    """Text that no spreadsheet takes for a formula. A lone dash is a mark and no formula."""
    return f"'{text}" if _FORMULA.match(text) and not _DASHES.fullmatch(text) else text


def unescape_formula(text: str) -> str:
    """What `escape_formula` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text
