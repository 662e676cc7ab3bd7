"""Increases and decreases as prose states them: 同比增长25%, 比上年增加5件, 下降三成, 是上年的1.5倍."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from reports.checks.narrative.numerals import value_of

UP = "增长|增加|增多|上升|提高|提升|增幅|多|增"
DOWN = "减少|下降|降低|回落|降幅|少|减"
LAST_YEAR = r"(?:上一?年度?|去年|前一年|20\d\d年度?)"
_COUNTED = r"[件条起次宗例项个份篇则期人名户场]"
AMOUNT = (
    r"(?P<about>约|近|超过?|逾|将近|大约|接近|不到)?(?:(?P<percent>\d{1,6}(?:\.\d{1,4})?)%|(?P<times>\d{1,4}(?:\.\d{1,2})?|[一两二三四五六])倍"
    r"|(?P<tenths>[\d一二两三四五六七八九])成(?P<hundredths>半|[\d一二三四五六七八九])?(?![效果立为本功熟长员就品交])"
    rf"|(?P<number>\d{{1,9}}|[一二三四五六七八九十百两]{{1,6}})(?P<unit>{_COUNTED})(?!百分点|次))(?P<more>左右|以上|多|余)?"
)
THAN = (
    rf"(?:同比|(?:比|较|与|同|和)(?P<year>{LAST_YEAR})(?:同期)?(?:相比)?"
    rf"(?:的?\(?(?P<prior>\d{{1,9}}|[一二三四五六七八九十百两]{{1,6}}){_COUNTED}\)?)?)"
)
CHANGE = re.compile(rf"{THAN},?(?P<what>[^,;:。\d%]{{0,10}}?)(?:(?P<up>{UP})|(?P<down>{DOWN}))(?:了|为|达)?{AMOUNT}")
SAME = re.compile(
    rf"(?:与|同|和|较|比)(?P<year>{LAST_YEAR})(?:度|同期)?(?:相比)?(?:持平|相同|一致|无变化|没有变化|数量相同)"
)
THEN = re.compile(
    rf"[,、]?(?:同比)?(?:(?P<up>增[长加]|上升|增幅|提高)|(?P<down>下降|减少|降低|降幅))(?:了|为|达)?{AMOUNT}"
)
FROM_TO = re.compile(
    rf"(?:由|从)(?:{LAST_YEAR})?的?(?P<a>\d{{1,9}}){_COUNTED}次?(?:增加|增长|上升|提高|增|下降|减少|降低|降|减)[到至为]"
    rf"(?:今年|本年|20\d\d年)?的?(?P<b>\d{{1,9}})(?P<unit>{_COUNTED}次?)"
)
PRIOR = re.compile(rf"{LAST_YEAR}(?:度|同期)?(?:的|为|是|共|仅|有|收到|公开|申请|信息|发布|受理|办理|政府|主动)*$")
TIMES_LAST_YEAR = re.compile(
    rf"(?:是|为|相当于|达到?)(?P<year>{LAST_YEAR})(?:同期)?的(?P<times>\d{{1,4}}(?:\.\d{{1,2}})?)倍"
)
PRIOR_AFTER = re.compile(rf"\({LAST_YEAR}(?:同期)?(?:的|为|是|共)*(?P<prior>\d{{1,9}}){_COUNTED}\)")


@dataclass(frozen=True)
class StatedChange:
    """A change as stated, `percent` telling whether in percent; `slack` is half of the last printed digit."""

    value: Decimal
    slack: Decimal
    percent: bool
    unit: str

    def holds(self, now: Decimal, before: Decimal) -> bool:
        if not self.percent:
            return abs(now - before - self.value) <= self.slack
        return before == 0 or abs((now - before) * 100 / before - self.value) <= self.slack + Decimal("0.000001")


UNCHANGED = StatedChange(Decimal(0), Decimal(0), False, "")


def ratio(found: re.Match[str]) -> StatedChange:
    """是上年的1.25倍 is 25 % more."""
    digits = len(found["times"].partition(".")[2])
    return StatedChange((Decimal(found["times"]) - 1) * 100, Decimal(100) / 10**digits / 2, True, "")


def stated(found: re.Match[str]) -> StatedChange | None:
    """The change that one of these patterns found; None where it is approximate or no number."""
    if found["about"] or found["more"]:
        return None
    sign = 1 if found["up"] else -1
    if found["percent"]:
        digits = len(found["percent"].partition(".")[2])
        return StatedChange(sign * Decimal(found["percent"]), Decimal(1) / 10**digits / 2, True, "")
    if found["tenths"]:
        return _in_tenths(sign, found["tenths"], found["hundredths"])
    if found["times"]:
        value = value_of(found["times"])
        digits = len(found["times"].partition(".")[2])
        return StatedChange(sign * value * 100, Decimal(100) / 10**digits / 2, True, "") if value is not None else None
    value = value_of(found["number"])
    return StatedChange(sign * value, Decimal(0), False, found["unit"]) if value is not None else None


def _in_tenths(sign: int, tenths: str, hundredths: str | None) -> StatedChange | None:
    """三成 is 30 %, two and a half of them 25 %."""
    ten, one = value_of(tenths), Decimal(0)
    if hundredths:
        one = Decimal(5) if hundredths == "半" else value_of(hundredths) or one
    slack = Decimal("0.5") if hundredths else Decimal(5)
    return StatedChange(sign * (ten * 10 + one), slack, True, "") if ten is not None else None
