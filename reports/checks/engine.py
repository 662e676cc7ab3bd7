"""Runs the rules over a report. The same for the form as it is typed, the import, the API and the batch."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Iterable
from dataclasses import dataclass

from reports.checks.comparables import NO_COMPARABLES, Comparables
from reports.checks.content import Content, RuleFinding
from reports.checks.rule import Rule
from reports.checks.rules import RULES

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Verdict:
    """What the rules found, and the codes of those that could not be run: their fault, not the filer's. `judged` are those that
    were: what the others found earlier still stands."""

    findings: tuple[RuleFinding, ...]
    faults: tuple[str, ...] = ()
    judged: frozenset[str] = frozenset(RULES)


def examine(
    content: Content,
    last_year: Content | None = None,
    rules: Iterable[Rule] = RULES.values(),
    *,
    comparables: Comparables = NO_COMPARABLES,
) -> Verdict:
    """Runs the rules. One that raises is logged with its traceback; the others go on.

    `comparables` is everything that the report is compared with; `last_year` says it where there is nothing else.
    """
    if last_year is not None:
        comparables = dataclasses.replace(comparables, last_year=last_year)
    findings: list[RuleFinding] = []
    faults, judged = [], set()
    for rule in rules:
        try:
            findings += rule.check(content, comparables)
            judged.add(rule.code)
        except Exception:
            logger.exception("rule %s failed on %s %s", rule.code, content.agency, content.year)
            faults.append(rule.code)
    return Verdict(tuple(findings), tuple(faults), frozenset(judged))
