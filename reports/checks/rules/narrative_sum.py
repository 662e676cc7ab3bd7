"""`narrative_sum`: the parts that a sentence lists do not add up to its own total."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.checks import invented
from reports.checks.content import Number
from reports.checks.narrative.sums import narrative_sum
from reports.checks.phrases import number_of, numbers_of, part_name, printed
from reports.checks.rule import FindingLike, Rule, Wording
from reports.standard.elements import Edition


def wording(finding: FindingLike, form: Edition) -> Wording:
    """The parts added up beside the total; the sentence itself is quoted beside it."""
    values = numbers_of({key: number_of(value) for key, value in finding.operands.items()})
    total = values["total"]
    parts = [value for key, value in values.items() if key.startswith("part_")]
    added: Number = sum(parts)
    words = {
        "part": part_name(form, finding.where),
        "parts": " + ".join(printed(value) for value in parts),
        "sum": printed(added),
        "total": printed(total),
        "difference": printed(max(added, total) - min(added, total)),
    }
    says = _("%(part)s中列举的各项 %(parts)s = %(sum)s，与总数 %(total)s 相差 %(difference)s。") % words
    return Wording(says, _("请核对各项和总数。"))


RULE = Rule(
    code="narrative_sum",
    severity="warning",
    label=gettext_lazy("文中分项与合计不符"),
    check=lambda content, _comparables: narrative_sum(content),
    wording=wording,
    help=gettext_lazy("一句话里列举的分项之和与它自己的总数不同。写明“等”“包括”，或者只举一小部分的，不作比较。"),
    todo=gettext_lazy("重新加一遍，改正分项或总数。同一信息在几个渠道发布而重复计数的，请说明。"),
    formula=gettext_lazy("分项 + 分项 + …… = 总数"),
    example=invented.with_text("全年公开信息327条，其中网站235条、公众号57条、公开栏30条。"),
    operand_names={"total": gettext_lazy("总数"), "part": gettext_lazy("第 %(number)s 项")},
    version=2,
)
