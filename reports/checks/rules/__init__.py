"""The registry of rules, each with its check and its help, in the order in which findings are listed."""

from __future__ import annotations

import hashlib

from reports.checks.rules.comparisons import RULES as COMPARISONS
from reports.checks.rules.rule import Check, Rule, Severity
from reports.checks.rules.tables import RULES as TABLES
from reports.checks.rules.text import RULES as TEXT

__all__ = ["RULES", "Check", "Rule", "Severity", "rule_set"]

RULES: dict[str, Rule] = {rule.code: rule for rule in (*TABLES, *COMPARISONS, *TEXT)}
"""Every rule by its code."""


def rule_set() -> str:
    """A name for the rules as they are now: another one as soon as a rule is added, dropped, or judges differently."""
    versions = ",".join(f"{rule.code}={rule.version}" for rule in RULES.values())
    return hashlib.sha256(versions.encode()).hexdigest()[:12]
