"""`wrong_year`: the text speaks of another year where the report's own is meant."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.checks import invented
from reports.checks.narrative.years import wrong_year
from reports.checks.phrases import part_name
from reports.checks.rule import FindingLike, Rule, Wording
from reports.standard.elements import Edition

LAST_YEAR = invented.YEAR - 1


def wording(finding: FindingLike, form: Edition) -> Wording:
    """The year that the text names; the sentence itself is quoted beside it."""
    words = {
        "part": part_name(form, finding.where),
        "named": finding.operands["named"],
        "year": finding.operands["year"],
    }
    says = _("%(part)s中写的是%(named)s年，本报告是%(year)s年度的。") % words
    return Wording(says, _("请核对是否沿用了往年的文字。"))


RULE = Rule(
    code="wrong_year",
    severity="warning",
    label=gettext_lazy("年度有误"),
    check=lambda content, _comparables: wrong_year(content),
    wording=wording,
    help=gettext_lazy(
        "文字中的统计期限、标题，或者“××年，我单位……”，写的不是本报告的年度，可能沿用了往年的文字。"
        "回顾往年、安排来年的文字不受影响。"
    ),
    todo=gettext_lazy("改为本报告的年度。"),
    formula=gettext_lazy("文中的年度 = 报告年度"),
    example=invented.with_text(f"统计期限自{LAST_YEAR}年1月1日起至{LAST_YEAR}年12月31日止。", "preamble"),
    operand_names={"year": gettext_lazy("报告年度"), "named": gettext_lazy("文中所写")},
)
