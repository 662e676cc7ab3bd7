"""What people write into a cell to say that no number belongs there. It means no more than a blank."""

from __future__ import annotations

import re
import unicodedata

_BLANK_LIKE = re.compile(
    r"[/\\|—–―\-_×*~…·.。]{1,8}|无|空|没有|暂无|无数据|不适用|不涉及|N/?A|NULL|NONE|NIL", re.IGNORECASE
)


def means_blank(text: str) -> bool:
    """Whether a mark (`/`, `—`, `无` …), in whatever width or spacing, means an empty cell; no text does so too."""
    compact = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("\N{MINUS SIGN}", "-")
    return not compact or bool(_BLANK_LIKE.fullmatch(compact))
