"""What is said as a share of something: declared once, with what is counted, over what, and from how many cases on.

A rate is the sum of some figures over the sum of others, in every edition that counts both. Where the whole is small a
percentage says more than is known, so only the two counts are given. An operand that is blank leaves the rate unknown; it is
never taken for zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from reports.standard import NEWEST_FIRST
from reports.standard.both_editions import (
    CARRIED_IN,
    CONCLUDED,
    GRANTED,
    PARTLY_GRANTED,
    RECEIVED,
    REFUSED,
    UNAVAILABLE,
    UNPROCESSED,
    Row,
)
from reports.standard.counterparts import Keys, across_editions
from reports.standard.elements import Edition
from reports.standard.equations import Number

ShareState = Literal["rate", "few", "contradictory", "unknown"]
SMALLEST_WHOLE = 10
"""Below ten, one case moves the percentage by more than ten points."""


@dataclass(frozen=True)
class Share:
    """`part` of `whole`. `rate`: `percent` may be said; `few`: only the counts; `contradictory`: the part is greater than the
    whole, or one of them negative, which a published table may print; `unknown`: an operand is blank or not counted."""

    state: ShareState
    part: Number | None = None
    whole: Number | None = None

    @property
    def percent(self) -> Decimal | None:
        """In hundredths, exact; None unless it may be said."""
        if self.state != "rate" or self.part is None or not self.whole:
            return None
        return Decimal(self.part) * 100 / Decimal(self.whole)


UNKNOWN = Share("unknown")


@dataclass(frozen=True)
class Rate:
    """`numerator` and `denominator` give, by edition name, the keys whose sums are the part and the whole."""

    key: str
    label: str
    label_en: str
    definition: str
    definition_en: str
    numerator: Keys
    denominator: Keys
    smallest: int = SMALLEST_WHOLE

    unit = "%"
    unit_label = "%"
    unit_label_en = "%"

    @property
    def edition(self) -> str:
        """The newest one that counts it."""
        return next(iter(self.figures))

    @cached_property
    def figures(self) -> Keys:
        """By edition name, every figure that it needs."""
        return {
            name: tuple(dict.fromkeys((*keys, *self.denominator[name])))
            for name, keys in self.numerator.items()
            if name in self.denominator
        }

    def of(self, edition: str, figures: Mapping[str, Number | None]) -> Share:
        """Its value in a report of that edition."""
        if edition not in self.figures:
            return UNKNOWN
        part, whole = _sum(self.numerator[edition], figures), _sum(self.denominator[edition], figures)
        if part is None or whole is None:
            return Share("unknown", part, whole)
        if not 0 <= part <= whole:
            return Share("contradictory", part, whole)
        return Share("few" if whole < self.smallest else "rate", part, whole)


def _sum(keys: tuple[str, ...], figures: Mapping[str, Number | None]) -> Number | None:
    values = [figures.get(key) for key in keys]
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def rate(figures: Mapping[str, Number | None], key: str) -> Share:
    """The share of that name in these figures, whichever edition they are of."""
    declared = RATES[key]
    edition = next((name for name, keys in declared.figures.items() if all(key in figures for key in keys)), "")
    return declared.of(edition, figures)


def _totals(*rows: Row) -> tuple[str, ...]:
    return tuple(f"applications.{row.key}.total" for row in rows)


def _proceedings(blocks: tuple[str, ...], *results: str) -> tuple[str, ...]:
    return tuple(f"proceedings.{block}.{result}" for block in blocks for result in results)


def _outcomes(edition: Edition) -> list[Row]:
    """The rows of the table of applications that （七）总计 adds up."""
    rows = {row.key: row for row in edition.table("applications").blocks[0].rows}
    (total,) = _totals(CONCLUDED)
    summed = next(each for each in edition.equations if each.rule == "results_total" and each.right == (total,))
    return [rows[edition.figures[key].row.key] for key in summed.left]


def _group(rows: tuple[Row, ...]) -> Keys:
    """In every edition the outcomes of the group of these: one may list a reason more."""
    return {
        edition.name: _totals(*(row for row in _outcomes(edition) if row.groups == rows[0].groups))
        for edition in NEWEST_FIRST
    }


def _otherwise() -> Keys:
    """In every edition the outcomes that no other rate counts, so that the rates of outcomes are together the whole."""
    counted = {row.groups for row in (REFUSED[0], UNAVAILABLE[0], UNPROCESSED[0])}
    return {
        edition.name: _totals(
            *(row for row in _outcomes(edition) if row.groups not in counted and row not in (GRANTED, PARTLY_GRANTED))
        )
        for edition in NEWEST_FIRST
    }


_DECIDED = ("upheld", "corrected", "other")
_RECONSIDERATION = ("reconsideration",)
_LITIGATION = ("direct_litigation", "post_reconsideration_litigation")


def _rate(
    key: str,
    label: str,
    label_en: str,
    definition: str,
    definition_en: str,
    numerator: tuple[str, ...] | Keys,
    denominator: tuple[str, ...],
) -> Rate:
    """The operands are figure keys, or those of every edition where they are not the same."""
    part = across_editions(numerator) if isinstance(numerator, tuple) else numerator
    return Rate(key, label, label_en, definition, definition_en, part, across_editions(denominator))


RATES: dict[str, Rate] = {
    rate.key: rate
    for rate in (
        _rate(
            "disclosed_rate",
            "公开率",
            "Disclosed",
            "本年度办结的申请中，予以公开和部分公开的占多少。",
            "Of the applications concluded in the year, how many were granted or partly granted.",
            _totals(GRANTED, PARTLY_GRANTED),
            _totals(CONCLUDED),
        ),
        _rate(
            "refused_rate",
            "不予公开率",
            "Refused",
            "本年度办结的申请中，不予公开的占多少。八种情形合计。",
            "Of the applications concluded in the year, how many were refused, for any of the eight reasons.",
            _group(REFUSED),
            _totals(CONCLUDED),
        ),
        _rate(
            "unavailable_rate",
            "无法提供率",
            "Cannot be provided",
            "本年度办结的申请中，无法提供的占多少：本机关不掌握、需要另行制作、补正后内容仍不明确。",
            "Of the applications concluded in the year, how many asked for what cannot be provided: not held, "
            "would have to be created, still unclear after correction.",
            _group(UNAVAILABLE),
            _totals(CONCLUDED),
        ),
        _rate(
            "unprocessed_rate",
            "不予处理率",
            "Not processed",
            "本年度办结的申请中，不予处理的占多少：信访举报投诉、重复申请等五种情形合计。",
            "Of the applications concluded in the year, how many were not processed: petitions, repeated "
            "applications and three more kinds.",
            _group(UNPROCESSED),
            _totals(CONCLUDED),
        ),
        _rate(
            "otherwise_rate",
            "其他处理率",
            "Otherwise closed",
            "本年度办结的申请中，作其他处理的占多少，如逾期不补正、逾期不缴费。",
            "Of the applications concluded in the year, how many were closed otherwise, such as not corrected "
            "or not paid for in time.",
            _otherwise(),
            _totals(CONCLUDED),
        ),
        _rate(
            "concluded_rate",
            "办结率",
            "Concluded",
            "本年新收和上年结转的申请中，当年办结的占多少；其余结转下年，不等于逾期。",
            "Of the applications received or carried in, how many were concluded within the year. The rest are "
            "carried out, which does not mean that they are overdue.",
            _totals(CONCLUDED),
            _totals(RECEIVED, CARRIED_IN),
        ),
        _rate(
            "reconsideration_corrected_rate",
            "复议纠错率",
            "Corrected on reconsideration",
            "已经审结的行政复议中，结果纠正的占多少；尚未审结的不计。",
            "Of the reconsiderations decided, how many corrected the result; pending ones are not counted.",
            _proceedings(_RECONSIDERATION, "corrected"),
            _proceedings(_RECONSIDERATION, *_DECIDED),
        ),
        _rate(
            "litigation_corrected_rate",
            "诉讼纠错率",
            "Corrected in court",
            "已经审结的行政诉讼中，结果纠正（行政机关败诉）的占多少；未经复议直接起诉和复议后起诉合计，尚未审结的不计。",
            "Of the lawsuits decided, with or without prior reconsideration, how many corrected the result, that is, "
            "were lost by the agency; pending ones are not counted.",
            _proceedings(_LITIGATION, "corrected"),
            _proceedings(_LITIGATION, *_DECIDED),
        ),
        _rate(
            "natural_person_rate",
            "自然人占比",
            "Natural persons",
            "本年新收的申请中，自然人提出的占多少；其余由法人或其他组织提出。",
            "Of the applications received, how many came from natural persons; the rest came from organisations.",
            (f"applications.{RECEIVED.key}.natural_person",),
            _totals(RECEIVED),
        ),
    )
}
"""Every rate by its key, which is also its name in addresses and downloads."""

OUTCOME_RATES = ("disclosed_rate", "refused_rate", "unavailable_rate", "unprocessed_rate", "otherwise_rate")
"""Together they are the whole of what was concluded."""
