"""The rules in plain words: what each means, its formula, an example, what to do."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.language import pick
from reports.checks.phrases import printed
from reports.checks.rule import Rule
from reports.checks.rules import RULES
from reports.checks.wording import message
from reports.models import EQUATION_RULES, Severity


@require_safe
def rule_list(request: HttpRequest) -> HttpResponse:
    """Every rule, the weightiest first."""
    groups = [
        (severity, severity.label, [rule for rule in RULES.values() if rule.severity == severity])
        for severity in Severity
    ]
    return render(request, "public/rules.html", {"groups": groups})


@require_safe
def rule_page(request: HttpRequest, code: str) -> HttpResponse:
    """The permanent address of a rule: every finding leads here."""
    rule = RULES.get(code)
    if rule is None:
        raise Http404
    return render(request, "public/rule.html", _context(rule))


def _context(rule: Rule) -> dict[str, object]:
    content, comparables = rule.example()
    finding = rule.check(content, comparables)[0]
    form = content.form_expected
    cells = [
        (pick(form.figures[key].label, form.figures[key].label_en), _entry(content.entry(key)))
        for key in finding.cells
        if content.entry(key) != 0
    ]
    return {
        "rule": rule,
        "severity": Severity(rule.severity),
        "message": message(finding, content.edition),
        "cells": cells,
        "quote": finding.quote,
        "at_once_public": rule.code in EQUATION_RULES,
    }


def _entry(value: object) -> str:
    return printed(value) if isinstance(value, int) else str(value or "")
