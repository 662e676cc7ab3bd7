"""Findings in words: what, where and by how much, then what to do. Every name in a sentence is a declared one."""

from __future__ import annotations

import logging
from typing import Literal

from django.utils.translation import gettext as _

from config.language import english, pick
from reports.checks.phrases import number_of, numbers_of, printed
from reports.checks.rule import FindingLike, Wording
from reports.checks.rules import RULES
from reports.standard import CURRENT, EDITIONS
from reports.standard.elements import Edition
from reports.standard.equations import LAST_YEAR

logger = logging.getLogger(__name__)

Audience = Literal["filer", "public"]
"""Who reads it: the one who can mend it is told what to do, a reader only what is."""


def message(finding: FindingLike, edition_name: str, audience: Audience = "filer") -> str:
    """The finding in the reader's language. `edition_name` is the one of the report's tables, empty where it has none."""
    wording = _wording(finding, EDITIONS.get(edition_name, CURRENT))
    parts = [wording.says, wording.advice if audience == "filer" else wording.remark]
    sentences = [part.strip() for part in parts if part]
    sentence = (" " if english() else "").join(sentences)
    return sentence[:1].upper() + sentence[1:]


def _wording(finding: FindingLike, form: Edition) -> Wording:
    """A finding is kept longer than what it rests on: what its rule, its place or its operands were called then may be
    declared no more. Such an earlier verdict is told by what was stored of it."""
    rule = RULES.get(finding.rule)
    if rule is None:
        return Wording(_earlier(finding))
    try:
        return rule.wording(finding, form)
    except (LookupError, StopIteration, ValueError, TypeError, ArithmeticError) as unknown:
        logger.warning("finding of %s at %s cannot be worded: %r", finding.rule, finding.where, unknown)
        return Wording(_earlier(finding))


def _earlier(finding: FindingLike) -> str:
    words = {"rule": rule_name(finding.rule), "where": finding.where}
    numbers = numbers_of({name: number_of(getattr(finding, name)) for name in ("expected", "actual")})
    if len(numbers) < 2:
        return _("较早的结论，所据的规则或位置现已停用：%(rule)s（%(where)s）。") % words
    words |= {name: printed(number) for name, number in numbers.items()}
    return (
        _("较早的结论，所据的规则或位置现已停用：%(rule)s（%(where)s），应为 %(expected)s，实为 %(actual)s。") % words
    )


def rule_name(code: str) -> str:
    """What a rule is called; of one that is declared no more only the code is left."""
    rule = RULES.get(code)
    return code if rule is None else str(rule.label)


def operand_name(rule_code: str, key: str, form: Edition) -> str:
    """What an operand of a finding is called: its cell, or what its rule calls it; empty where it is not for reading.

    Of a rule that is declared no more the operands are told by their keys.
    """
    if key.startswith(LAST_YEAR):
        return _("上年%(name)s") % {"name": operand_name(rule_code, key.removeprefix(LAST_YEAR), form)}
    if figure := form.figures.get(key):
        return pick(figure.label, figure.label_en)
    rule = RULES.get(rule_code)
    if rule is None or "." in key:
        return key
    name, _line, number = key.partition("_")
    named = rule.operand_names.get(key) or rule.operand_names.get(name, "")
    return str(named) % {"number": number} if number else str(named)
