"""How long a chapter may be, however it is spelt: checks and comparisons need more time for a longer one."""

from __future__ import annotations

import unicodedata

from django.utils.translation import gettext as _

MAX_TEXT_LENGTH = 100_000
"""Characters in the plain spelling: many times what any agency writes in one chapter. All rules go through as many in a few
seconds of the processor, since their time grows with the length and no faster (`tests/checks/test_long_texts.py`)."""


def normalised_length(text: str) -> int:
    """In half-width characters. One sign may stand for several: ㈠ is read as (一), and an Arabic one as eighteen letters."""
    return len(unicodedata.normalize("NFKC", text))


def too_long(text: str, part: object) -> str:
    """Why a text cannot be taken, in the user's words; empty where it can. `part` is what the user calls it."""
    length = normalised_length(text)
    if length <= MAX_TEXT_LENGTH:
        return ""
    words = {"part": part, "length": length, "most": MAX_TEXT_LENGTH}
    return _("“%(part)s”有 %(length)d 字，最多 %(most)d 字。请缩短后再保存。") % words
