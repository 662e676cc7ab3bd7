"""Why a report may not be submitted, as errors that say where they belong."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from reports.checks.content import Content
from reports.checks.engine import examine
from reports.checks.rules import RULES
from reports.checks.wording import message, rule_name


def refusals(content: Content) -> list[ValidationError]:
    """Why a report may not be submitted: one error for every hard finding, `code` being the rule and `params` holding
    `where` and `cells`; and one for a hard rule that could not be run, which is no fault of the filer."""
    hard = [rule for rule in RULES.values() if rule.severity == "error"]
    verdict = examine(content, rules=hard)
    errors = [refusal(message(finding, content.edition), finding.rule, finding) for finding in verdict.findings]
    for code in verdict.faults:
        words = {"rule": rule_name(code)}
        text = _("系统没能完成“%(rule)s”的检查，这不是您的差错。请稍后再试，或联系管理员。") % words
        errors.append(refusal(text, "rule_fault"))
    return errors


def refusal(text: str, code: str, finding: Any = None) -> ValidationError:
    """An error that says where it belongs."""
    params: dict[str, Any] = {
        "where": finding.where if finding else "",
        "cells": list(finding.cells) if finding else [],
    }
    if key := getattr(finding, "pk", None):
        params["finding"] = key
    if finding and finding.culprit:
        params["culprit"] = finding.culprit
    return ValidationError(text.replace("%", "%%"), code, params)
