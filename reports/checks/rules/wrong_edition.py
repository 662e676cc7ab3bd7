"""`wrong_edition`: the tables are of another edition than the one in force for the report year."""

from __future__ import annotations

from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.language import pick
from reports.checks import invented
from reports.checks.comparables import NO_COMPARABLES, Comparables
from reports.checks.content import Content, RuleFinding
from reports.checks.rule import Example, FindingLike, Rule, Wording
from reports.standard import CURRENT, EDITIONS, edition_for
from reports.standard.elements import Edition


def wrong_edition(content: Content, _comparables: Comparables = NO_COMPARABLES) -> list[RuleFinding]:
    """The tables are of another edition than the one in force for the year."""
    if content.form is None or content.year is None or content.form.covers(content.year):
        return []
    return [RuleFinding("wrong_edition", "document", operands={"edition": content.edition, "year": content.year})]


def wording(finding: FindingLike, form: Edition) -> Wording:
    """The document that prescribes the tables found, and the one that applies."""
    year = int(finding.operands["year"])
    due = edition_for(year)
    words = {"year": year, "found": form.document, "due": due.document if due else ""}
    if due is None:
        return Wording(_("%(year)s年度还没有统一的格式，表格却是%(found)s规定的格式。") % words, _("请核对年度。"))
    says = _("%(year)s年度报告应当用%(due)s规定的表格，现在用的是%(found)s的表格。") % words
    return Wording(says, _("请换用本年度的表格。"))


def _past() -> str:
    """Which years were reported in which edition, up to the one in force."""
    return _("，").join(
        _("%(years)s年度用%(form)s")
        % {"years": pick(form.years, form.years_en), "form": pick(form.title, form.title_en)}
        for form in EDITIONS.values()
        if form is not CURRENT
    )


def example() -> Example:
    """Today's tables in the last report before them."""
    return Example(invented.report(year=CURRENT.first_year - 1))


RULE = Rule(
    code="wrong_edition",
    severity="warning",
    label=gettext_lazy("表格版本不符"),
    check=wrong_edition,
    wording=wording,
    help=format_lazy(
        gettext_lazy("{past}，{since}年度起用现行格式，各种格式的行列不同。"),
        past=lazy(_past, str)(),
        since=CURRENT.first_year,
    ),
    todo=gettext_lazy("按本年度的格式重新填写；确有原因的，请说明。"),
    formula=gettext_lazy("表格的格式 = 报告年度规定的格式"),
    example=example,
    operand_names={"edition": gettext_lazy("所用格式"), "year": gettext_lazy("报告年度")},
)
