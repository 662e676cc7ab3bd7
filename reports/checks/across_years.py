"""What a report must have in common with the same agency's report of the year before."""

from __future__ import annotations

from reports.checks.content import Content, Finding


def check_across_years(content: Content, last_year: Content | None, rule: str | None = None) -> list[Finding]:
    """Every contradiction with last year's report, of one rule or of all; nothing without one.

    A figure that either report leaves unknown contradicts nothing.
    """
    if content.form is None or last_year is None or last_year.form is None:
        return []
    if content.year is None or last_year.year != content.year - 1:
        return []
    findings = []
    for equation in content.form.year_equations:
        # Editions that share a key mean the same by it; where last year's had no such cell there is nothing to compare.
        if rule not in (None, equation.rule) or equation.before not in last_year.form.figures:
            continue
        if not content.has_table(equation.after) or not last_year.has_table(equation.before):
            continue
        before = last_year.known.get(equation.before)
        found = equation.evaluate(before, content.known, content.form.signed)
        if found.difference and not found.unknown:
            operands = {term.key: term.number for term in found.terms}
            findings.append(Finding(equation.rule, equation.where, equation.cells, operands, found.left, found.right))
    return findings


def carry_over(content: Content, last_year: Content | None) -> list[Finding]:
    """In each column, this year's carried_in is last year's carried_out."""
    return check_across_years(content, last_year, "carry_over")


def documents_roll_forward(content: Content, last_year: Content | None) -> list[Finding]:
    """What was in force last year, plus what was issued, minus what was repealed, is in force."""
    return check_across_years(content, last_year, "documents_roll_forward")
