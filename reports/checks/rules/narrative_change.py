"""`narrative_change`: an increase or decrease stated in the text disagrees with its own figures or with last year's report."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.checks import invented
from reports.checks.narrative.changes import narrative_change
from reports.checks.phrases import part_name, printed
from reports.checks.rule import FindingLike, Rule, Wording
from reports.standard.elements import Edition


def wording(finding: FindingLike, form: Edition) -> Wording:
    """The change as stated and as it should be; the sentence itself is quoted beside it."""
    now, before, stated = (Decimal(str(finding.operands[name])) for name in ("now", "before", "stated"))
    percent = bool(finding.operands["unit"])
    due = round((now - before) * 100 / before, 1) if percent and before else now - before
    words = {
        "part": part_name(form, finding.where),
        "stated": _change(stated, percent),
        "now": printed(now),
        "before": printed(before),
        "due": _change(due, percent),
    }
    says = _("%(part)s中说%(stated)s，而本年 %(now)s、上年 %(before)s，应为%(due)s。") % words
    return Wording(says, _("请重新计算。"))


def _change(value: Decimal, percent: bool) -> str:
    if value == 0:
        return _("持平")
    words = {"number": printed(abs(value))}
    if percent:
        return (_("增长 %(number)s%%") if value > 0 else _("下降 %(number)s%%")) % words
    return (_("增加 %(number)s") if value > 0 else _("减少 %(number)s")) % words


RULE = Rule(
    code="narrative_change",
    severity="warning",
    label=gettext_lazy("文中增减与数据不符"),
    check=lambda content, comparables: narrative_change(content, comparables.last_year),
    wording=wording,
    help=gettext_lazy(
        "文字中的“同比增长”“比上年增加”，与文中的数或者上年报告的数算出来的不同。允许的误差是所写数字末位的一半。"
    ),
    todo=gettext_lazy("按两年的数重新计算。上年数据已经更正的，请说明。"),
    formula=gettext_lazy("（本年 − 上年）÷ 上年 = 所写的增减"),
    example=invented.with_text("全年公开信息25条，上年20条，同比增长20%。"),
    operand_names={
        "now": gettext_lazy("本年"),
        "before": gettext_lazy("上年"),
        "stated": gettext_lazy("文中所写增减"),
    },
    version=3,
)
