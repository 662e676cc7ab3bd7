"""What a rule is. Its code is a public name; wording and decisions hang on it, so it never changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from reports.checks.comparables import Comparables
from reports.checks.content import Content, Finding

Severity = Literal["error", "warning", "info"]
Check = Callable[[Content, Comparables], list[Finding]]


@dataclass(frozen=True)
class Rule:
    """`severity`: an `error` blocks submission, a `warning` needs a reason, an `info` accuses nobody. `version` rises
    whenever the rule begins to judge differently. `check` takes a report and what it is held against.

    `help` says what a finding means, `formula` what is compared with what (empty where it is an equation of the form, which
    is declared there), `todo` what the filer can do about it.
    """

    code: str
    severity: Severity
    label: str
    label_en: str
    check: Check
    help: str
    help_en: str
    todo: str
    todo_en: str
    formula: str = ""
    formula_en: str = ""
    version: int = 1


def alone(check: Callable[[Content], list[Finding]]) -> Check:
    """A rule that looks at one report alone."""
    return lambda content, _beside: check(content)


def after(check: Callable[[Content, Content | None], list[Finding]]) -> Check:
    """A rule that looks at a report and at last year's, if there is one."""
    return lambda content, beside: check(content, beside.last_year)
