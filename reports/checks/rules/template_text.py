"""`template_text`: blanks and prompts of a template that nobody filled in."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.checks import invented
from reports.checks.narrative.templates import template_text
from reports.checks.phrases import part_name
from reports.checks.rule import FindingLike, Rule, Wording
from reports.standard.elements import Edition


def wording(finding: FindingLike, form: Edition) -> Wording:
    """The blank; the sentence itself is quoted beside it."""
    words = {"part": part_name(form, finding.where), "sign": finding.operands["sign"]}
    return Wording(_("%(part)s中留有没有填写的“%(sign)s”。") % words, _("请补全或删去。"))


RULE = Rule(
    code="template_text",
    severity="warning",
    label=gettext_lazy("模板文字未填"),
    check=lambda content, _comparables: template_text(content),
    wording=wording,
    help=gettext_lazy("文字中留有模板的空格或提示，例如“××镇”“X件”“____条”“（此处填写）”。"),
    todo=gettext_lazy("补全或删去。"),
    formula=gettext_lazy("没有填完的空格 = 0"),
    example=invented.with_text("××镇全年公开信息80条。"),
    operand_names={"sign": gettext_lazy("未填之处")},
    version=2,
)
