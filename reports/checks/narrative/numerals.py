"""Numbers as prose writes them: 12, 1,206, 1.2万, 一件, 十二件, 两件."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_STEPS = {"十": 10, "百": 100, "千": 1000}
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
"""As on cheques. Some of them are surnames, so that they count only before what cases are counted in."""
_SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}

_ARABIC = r"(?<![\d.])(?:\d{1,3}(?:,\d{3}){1,5}(?!\d)|\d{1,12})(?:\.\d{1,6})?"
_CHINESE = (
    r"[零〇一二三四五六七八九十百千两]{1,9}(?:万[零〇一二三四五六七八九十百千两]{1,9})?"
    r"|[壹贰叁肆伍陆柒捌玖拾佰仟零]{1,9}(?=[件条起次宗例项])"
)
_UNITS = "人次|场次|篇次|件次|条次|[件条起次宗份个篇项例则期场名人户家元封批块处张幅部]"
QUANTITY = re.compile(
    rf"(?P<before>约|近|超过?|逾|不足|不少于|至少|最多|大约|将近|接近|平均|第)?"
    rf"(?P<number>{_ARABIC}|{_CHINESE})(?P<scale>万|亿)?(?P<more>[余多来几])?(?P<unit>{_UNITS})(?P<after>以上|左右|以下|以内|[余多])?"
)
CASE_UNITS = frozenset("件条起次宗例项")
"""What cases are counted in; 人 or 场 count something else, 份 documents, unless applications are named."""


@dataclass(frozen=True)
class Quantity:
    """A number with its unit; `slack` is half of the last digit where only the leading digits are printed."""

    value: Decimal
    slack: Decimal
    unit: str
    vague: bool
    start: int
    end: int

    def fits(self, number: Decimal | int) -> bool:
        return abs(self.value - number) <= self.slack


def quantities(text: str) -> Iterator[Quantity]:
    """Every number with a unit, in order; ordinals (第3条) are none."""
    for found in QUANTITY.finditer(text):
        ahead = text[found.start("number") - 1 : found.start("number")]
        # 数十件 is no number, 申请数10件 is one.
        if found["before"] == "第" or ahead in ("第", "几") or (ahead == "数" and not found["number"].isascii()):
            continue
        value = value_of(found["number"])
        if value is None:
            continue
        scale = _SCALES[found["scale"] or ""]
        decimals = len(found["number"].partition(".")[2])
        rounded = bool(found["scale"] or decimals)
        yield Quantity(
            value * scale,
            Decimal(scale) / 10**decimals / 2 if rounded else Decimal(0),
            found["unit"],
            bool(found["before"] or found["more"] or found["after"]),
            found.start("number"),
            found.end("unit"),
        )


def value_of(numeral: str) -> Decimal | None:
    """The value of an Arabic or a Chinese numeral; None where it is no single number (二三十)."""
    if numeral[0].isdigit() and numeral[0] not in _DIGITS:
        return Decimal(numeral.replace(",", ""))
    high, ten_thousand, low = numeral.translate(_FORMAL).partition("万")
    parts = [_below_ten_thousand(part) if part else 0 for part in (high, low)]
    if None in parts:
        return None
    return Decimal((parts[0] or 0) * (10_000 if ten_thousand else 1) + (parts[1] or 0))


def _below_ten_thousand(numeral: str) -> int | None:
    if len(numeral) > 1 and all(character in _DIGITS for character in numeral):
        # 二〇二三 is read digit by digit; 二三 before a unit is "two or three".
        return int("".join(str(_DIGITS[character]) for character in numeral)) if len(numeral) == 4 else None
    total, digit, step = 0, None, 10_000
    for character in numeral:
        if character in _STEPS:
            if _STEPS[character] >= step or (digit is None and total and character != "十"):
                return None
            step = _STEPS[character]
            total += (1 if digit is None else digit) * step
            digit = None
        elif character in "零〇":
            if digit:
                return None
            digit = 0 if not total else None
        elif digit:
            return None
        else:
            digit = _DIGITS[character]
    return total + (digit or 0)
