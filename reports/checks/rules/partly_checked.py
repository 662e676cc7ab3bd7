"""`partly_checked`: a text so long that only its beginning was checked. It says where the checks ended, and accuses nobody."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.checks import invented
from reports.checks.content import Content, RuleFinding
from reports.checks.narrative.sentences import MAX_SENTENCES, unread
from reports.checks.phrases import part_name
from reports.checks.reuse.shingles import LONGEST, first_beyond
from reports.checks.rule import FindingLike, Rule, Wording
from reports.standard.elements import Edition


def partly_checked(content: Content) -> Iterator[RuleFinding]:
    """One finding for each part that was not read whole, one for the chapter after which nothing is compared with others."""
    for part, left in unread(content).items():
        yield RuleFinding("partly_checked", part, operands={"sentences": MAX_SENTENCES, "left": left})
    if part := first_beyond(content.narrative):
        yield RuleFinding("partly_checked", part, operands={"characters": LONGEST})


def wording(finding: FindingLike, form: Edition) -> Wording:
    """Up to where it was checked."""
    words = {"part": part_name(form, finding.where), **finding.operands}
    if "characters" in finding.operands:
        says = _("全文太长，与其他报告对照时只用了前 %(characters)s 字，到%(part)s为止；后面的没有对照。")
    else:
        says = _("%(part)s太长，只核对了前 %(sentences)s 句；后面的 %(left)s 字没有核对。")
    return Wording(says % words, _("没有核对的部分请自行查看；不是报告正文的，请删去。"))


RULE = Rule(
    code="partly_checked",
    severity="info",
    label=gettext_lazy("文字未核对完"),
    check=lambda content, _comparables: list(partly_checked(content)),
    wording=wording,
    help=gettext_lazy("文字过长时，只核对前面的部分。这只是提示，说明核对到哪里为止，不表示后面的文字有误。"),
    todo=gettext_lazy("没有核对的部分请自行查看；不是报告正文的，请删去。"),
    formula=gettext_lazy("已核对的句数 ≤ 4000，已对照的字数 ≤ 100000"),
    example=invented.with_text("各项工作平稳有序。" * (MAX_SENTENCES + 1)),
    operand_names={
        "sentences": gettext_lazy("已核对的句数"),
        "left": gettext_lazy("未核对的字数"),
        "characters": gettext_lazy("已对照的字数"),
    },
)
