"""The value of a cell: a number, a mark, nothing, or something that a person must look at."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from reports.importing.document import WRAPPED

CellKind = Literal["blank", "number", "mark", "glued", "words"]

_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<fraction>\d+))?(?P<unit>万元|亿元|元|件|项|条|个|份|起|次|宗)?"
)
# What nobody sees is not there.
_SPELT = str.maketrans("\N{MINUS SIGN}", "-", "\u200b\u200c\u200d\u2060\ufeff\xad")
_MARK = re.compile(r"[/\\—–―⸺⸻\-_×]{1,6}|无|空|暂无|不适用|N/A", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CellValue:
    """The reading of one cell.

    `number` is set for a number alone; `unit` is what was printed after it. `glued` are digits that may be several figures
    (`000`, `1 2`); `words` is any other text. `wrapped` says that the number stands on two lines.
    """

    kind: CellKind
    text: str
    number: int | Decimal | None = None
    unit: str = ""
    wrapped: bool = False


@lru_cache(maxsize=20_000)
def read_cell_value(text: str) -> CellValue:
    """Full-width digits, thousands separators, signs and units are understood; digits that could be two figures are not."""
    if any(unicodedata.category(character) == "No" for character in text):
        # ① and ² would become plain digits, though they number a note.
        return CellValue("words", text.strip())
    plain = unicodedata.normalize("NFKC", text).translate(_SPELT).strip()
    if not plain:
        return CellValue("blank", "")
    compact = re.sub(r"\s+", "", plain)
    if _MARK.fullmatch(compact):
        return CellValue("mark", compact)
    found = _NUMBER.fullmatch(compact)
    if not found:
        return CellValue("words", plain)
    whole = found["whole"].replace(",", "")
    if re.search(r"\d\s+\d", plain) or (len(whole) > 1 and whole.startswith("0")) or len(whole) > 12:
        return CellValue("glued", plain)
    sign = -1 if found["sign"] == "-" else 1
    number: int | Decimal = sign * int(whole)
    if found["fraction"] is not None:
        number = sign * Decimal(f"{whole}.{found['fraction']}")
    return CellValue("number", compact, number, found["unit"] or "", WRAPPED in text)
