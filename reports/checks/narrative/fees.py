"""The fees of article 20, item 8 in the prose, which the fee for processing information is not."""

from __future__ import annotations

import re
from decimal import Decimal

from reports.checks.content import Content, Operand, RuleFinding
from reports.checks.narrative.sentences import Sentence
from reports.standard.in_prose import FEES, FEES_NAME

_AMOUNT = re.compile(
    rf"{FEES_NAME}(?:金额|收入|总额|总计|合计|共计|共|为|约)*(?P<about>约|近|超)?(?P<number>\d{{1,9}}(?:\.\d{{1,6}})?)(?P<unit>万元|元)(?P<more>[余多左以])?"
)
_NONE = re.compile(rf"(?:未|没有)(?:收取|发生|产生)(?:任何)?{FEES_NAME}(?=[,;。、]|$)")
_OTHER = re.compile(r"上年|去年|减免|累计|项目|标准")


def fees_contradicted(content: Content, sentence: Sentence) -> list[RuleFinding]:
    """An amount in the text that is not the table's, to half of its last digit."""
    if FEES_NAME not in sentence.text or _OTHER.search(sentence.text):
        return []
    (cell,) = FEES
    actual = content.known.get(cell)
    if actual is None or cell in content.doubted or not content.has_table(cell):
        return []
    found = _AMOUNT.search(sentence.text)
    if found and not found["about"] and not found["more"]:
        scale = 1 if found["unit"] == "万元" else 10_000
        told = Decimal(found["number"]) / scale
        slack = Decimal(1) / 10 ** len(found["number"].partition(".")[2]) / scale / 2
    elif _NONE.search(sentence.text):
        told, slack = Decimal(0), Decimal(0)
    else:
        return []
    # The table itself is often rounded to two decimals.
    if abs(told - actual) <= max(slack, Decimal("0.005") if told else Decimal(0)):
        return []
    operands: dict[str, Operand] = {"text": told, "cells": cell, "sum": actual}
    return [RuleFinding("narrative_figure", sentence.part, FEES, operands, actual, told, sentence.quote)]
