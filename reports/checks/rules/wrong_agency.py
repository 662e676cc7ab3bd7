"""`wrong_agency`: another place's name, or the wrong word for oneself, where the agency speaks of itself."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.checks import invented
from reports.checks.narrative.places import wrong_agency
from reports.checks.phrases import part_name
from reports.checks.rule import FindingLike, Rule, Wording
from reports.standard.elements import Edition


def wording(finding: FindingLike, form: Edition) -> Wording:
    """The name that the text prints; the sentence itself is quoted beside it."""
    words = {"part": part_name(form, finding.where), "named": finding.operands["named"]}
    says = _("%(part)s中出现了“%(named)s”，不是本报告的单位。") % words
    return Wording(says, _("请核对是否沿用了别处的文字。"))


RULE = Rule(
    code="wrong_agency",
    severity="warning",
    label=gettext_lazy("单位名称有误"),
    check=lambda content, _comparables: wrong_agency(content),
    wording=wording,
    help=gettext_lazy(
        "在说本单位的地方出现了其他乡镇、街道或地方的名称，或者镇的报告自称“我街道”，可能沿用了别处的文字。"
        "邀请、联合、学习等提到的单位不受影响。"
    ),
    todo=gettext_lazy("改为本单位的名称；是曾用名的，请说明。"),
    formula=gettext_lazy("文中自称 = 本单位的名称"),
    example=invented.with_text(f"{invented.YEAR}年，绿水镇人民政府未收取信息处理费。"),
    operand_names={"named": gettext_lazy("文中所写")},
    version=2,
)
