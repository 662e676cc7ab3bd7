"""The rules, one file each, which bears the rule's code: its check, wording, help, example and the names of its operands."""

from __future__ import annotations

import hashlib
import pkgutil
from importlib import import_module

from reports.checks.rule import Rule

__all__ = ["RULES", "rule_set"]

_ORDER = (
    "row_total",
    "results_total",
    "flow_balance",
    "proceedings_total",
    "undecided",
    "not_a_count",
    "missing_table",
    "wrong_edition",
    "regulations_beyond_power",
    "carry_over",
    "documents_roll_forward",
    "roll_up",
    "reused_text",
    "unlikely_figure",
    "narrative_figure",
    "narrative_sum",
    "narrative_change",
    "wrong_year",
    "wrong_agency",
    "template_text",
    "partly_checked",
)
"""In this order findings are listed: the tables, other reports, the text. A rule that is not named here comes last."""


def _in_order(codes: list[str]) -> list[str]:
    return sorted(codes, key=lambda code: (_ORDER.index(code) if code in _ORDER else len(_ORDER), code))


def _rule(code: str) -> Rule:
    rule: Rule = import_module(f"{__name__}.{code}").RULE
    return rule


RULES: dict[str, Rule] = {
    code: _rule(code) for code in _in_order([file.name for file in pkgutil.iter_modules(__path__)])
}
"""Every rule by its code."""


def rule_set() -> str:
    """A name for the rules as they are now: another one as soon as a rule is added, dropped, or judges differently."""
    versions = ",".join(f"{rule.code}={rule.version}" for rule in RULES.values())
    return hashlib.sha256(versions.encode()).hexdigest()[:12]
