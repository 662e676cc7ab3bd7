"""What last year's report has to say while this year's is filled in: proposals, and every cell for comparison.

A proposal stands in no cell until somebody accepts it: what is carried in is what last year carried out, what is in
force is what was, plus what was issued, less what was repealed; address and telephone rarely change.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from reports.filing.forms import CONTACT, EntryForm, typed_as
from reports.findings.series import version_before
from reports.models import Version
from reports.standard.counterparts import in_terms_of
from reports.standard.elements import Edition
from reports.standard.equations import Number, YearEquation


@dataclass(frozen=True)
class LastYear:
    """`proposed` is what each empty input would hold, by its name; `shown` what stood in each place last year."""

    version: Version | None = None
    proposed: Mapping[str, str] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)


NOTHING = LastYear()


def last_year_of(version: Version) -> Version | None:
    """The report of the year before in the same series: what was published, else what is in work."""
    before = version_before(version)
    return Version.objects.with_figures().select_related("source").get(pk=before) if before else None


def compared(form: EntryForm, last: Version | None) -> LastYear:
    """What last year's report proposes for the inputs that are empty, and what it held."""
    if last is None:
        return NOTHING
    before = in_terms_of(form.edition, last.figures, last.edition)
    shown = {key: typed_as(number, last.marks.get(key, "")) for key, number in before.items()}
    shown = {key: text for key, text in shown.items() if text}
    shown |= {name: text for name in (*CONTACT, *last.narrative) if (text := getattr(last, name))}
    return LastYear(last, proposals(form, before, shown), shown)


def proposals(form: EntryForm, before: Mapping[str, Number | None], shown: Mapping[str, str]) -> dict[str, str]:
    """By input, what last year's figures and contact data would put there."""
    now = {key: form.figure(key) for key in form.edition.figures}
    found = {}
    for equation in form.edition.year_equations:
        number = continued(equation, before, now, form.edition.signed)
        if number is not None and not form.typed(equation.after).strip():
            found[equation.after] = typed_as(number)
    return found | {name: shown[name] for name in CONTACT if name in shown and not form.typed(name).strip()}


def continued(
    equation: YearEquation,
    before: Mapping[str, Number | None],
    now: Mapping[str, Number | None],
    signed: Collection[str],
) -> Number | None:
    """What an equation between two years makes of this year's figure; None while something of it is unknown."""
    number = equation.evaluate(before.get(equation.before), now, signed).solve(equation.after)
    return None if number is None or (number < 0 and equation.after not in signed) else number


def for_comparison(edition: Edition, last: Version | None) -> list[dict[str, object]]:
    """The equations between two years, with last year's side as it stands, for the script of the form."""
    before = in_terms_of(edition, last.figures, last.edition) if last else {}
    return [
        {"before": float(number), "after": equation.after, "terms": equation.terms}
        for equation in edition.year_equations
        if (number := before.get(equation.before)) is not None
    ]
