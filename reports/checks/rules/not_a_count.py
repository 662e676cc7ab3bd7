"""`not_a_count`: a cell that holds something else than a number of its kind."""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.checks import invented
from reports.checks.comparables import NO_COMPARABLES, Comparables
from reports.checks.content import Content, RuleFinding, plain
from reports.checks.phrases import Group, printed
from reports.checks.rule import Example, FindingLike, Rule, Wording
from reports.standard.elements import Edition, Figure
from reports.standard.marks import means_blank

_NUMERAL = re.compile(r"-?\d+(\.\d+)?")


def not_a_count(content: Content, _comparables: Comparables = NO_COMPARABLES) -> list[RuleFinding]:
    """Each cell that holds something else than a number of its kind: negative, fractional, beyond measure, or words."""
    if content.form and content.form.figures.keys() == content.known.keys() and min(content.known.values()) >= 0:
        return []
    return [
        RuleFinding("not_a_count", figure.key, (figure.key,), {figure.key: content.entry(figure.key)})
        for figure in content.cells
        if figure.key not in content.doubted and not _is_proper(content, figure)
    ]


def _is_proper(content: Content, figure: Figure) -> bool:
    value = content.figures.get(figure.key)
    if value is None:
        return means_blank(content.marks.get(figure.key, ""))
    return figure.key in content.known and (value >= 0 or figure.column.signed)


def wording(finding: FindingLike, form: Edition) -> Wording:
    """What stands in the cell, and why it is no number of its kind."""
    column = form.figures[finding.where].column
    group = Group(form, (finding.where,))
    entry = plain(finding.operands[finding.where]) or ""
    words = {"place": group, "cell": group.name(finding.where), "entry": entry}
    if not _NUMERAL.fullmatch(entry):
        says = _("%(place)s“%(cell)s”填的是“%(entry)s”，不是数字。") % words
        return Wording(says, _("请填实际的数，没有的填 0。"))
    value = Decimal(entry)
    words["entry"] = printed(value)
    if value < 0 and not column.signed:
        return Wording(_("%(place)s“%(cell)s”是 %(entry)s，不能小于 0。") % words, _("请核对。"))
    if value != int(value) and not column.decimal:
        return Wording(_("%(place)s“%(cell)s”是 %(entry)s，不是整数。") % words, _("请核对。"))
    says = _("%(place)s“%(cell)s”是 %(entry)s，位数过多。") % words
    return Wording(says, _("请核对是否把几个数连在了一起。"))


def example() -> Example:
    """A word for a count."""
    key = invented.a_count()
    return Example(invented.report({key: None}, marks={key: "若干"}))


RULE = Rule(
    code="not_a_count",
    severity="error",
    label=gettext_lazy("不是件数"),
    check=not_a_count,
    wording=wording,
    help=gettext_lazy(
        "件数只能是 0 或正整数；只有注明“增/减”的格可以为负；金额以万元为单位，可以有小数。“若干”“-1”“1.5”都不是件数。"
    ),
    todo=gettext_lazy("改为实际的数量；金额看看是不是填到了件数格里，或者几个数连在了一起。"),
    formula=gettext_lazy("件数 = 0、1、2、3……"),
    example=example,
)
