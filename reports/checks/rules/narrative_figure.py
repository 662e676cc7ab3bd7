"""`narrative_figure`: a number in the text contradicts a cell."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.checks import invented
from reports.checks.narrative.against_tables import narrative_figure
from reports.checks.phrases import Group, listed, part_name, printed, quoted
from reports.checks.rule import FindingLike, Rule, Wording
from reports.standard.elements import Edition


def wording(finding: FindingLike, form: Edition) -> Wording:
    """The number of the text and that of the cells; the sentence itself is quoted beside it."""
    told, actual = (Decimal(str(finding.operands[name])) for name in ("text", "sum"))
    words = {
        "part": part_name(form, finding.where),
        "told": printed(told),
        "cells": _cells(form, tuple(key for key in finding.cells if key in form.figures)),
        "actual": printed(actual),
        "difference": printed(max(told, actual) - min(told, actual)),
    }
    if told == 0:
        return Wording(_("%(part)s中说没有，%(cells)s却是 %(actual)s。") % words, _("请核对文字和表格。"))
    says = _("%(part)s中写的是 %(told)s，%(cells)s是 %(actual)s，相差 %(difference)s。") % words
    return Wording(says, _("请核对文字和表格。"))


def _cells(form: Edition, keys: tuple[str, ...]) -> str:
    group = Group(form, keys)
    names = [quoted(group.name(key)) for key in keys]
    if len(keys) == 1:
        return _("%(place)s%(cell)s") % {"place": group, "cell": names[0]}
    return _("%(place)s%(cells)s之和") % {"place": group, "cells": listed(names)}


RULE = Rule(
    code="narrative_figure",
    severity="warning",
    label=gettext_lazy("文表不一致"),
    check=lambda content, _comparables: narrative_figure(content),
    wording=wording,
    help=gettext_lazy(
        "文字中的数与表格中的数不同，或者文中写“未发生”而表中有数。"
        "“收到”是否含上年结转都可以；写“余”“多”“约”的数和往年的数，不作比较；部分渠道、部分事由的数，只看是否超过全部。"
    ),
    todo=gettext_lazy("核对引出的那句话和表中的格，改正有误的一处。"),
    formula=gettext_lazy("文字中的数 = 表格中的数"),
    example=invented.with_text("全年收到村民关于土地征收的政府信息公开申请1件，已按期答复。"),
    operand_names={"text": gettext_lazy("文字中"), "sum": gettext_lazy("表中")},
    version=3,
)
