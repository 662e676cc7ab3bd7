"""`missing_table`: a standard table is absent."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.language import pick
from reports.checks import invented
from reports.checks.comparables import NO_COMPARABLES, Comparables
from reports.checks.content import Content, RuleFinding
from reports.checks.rule import Example, FindingLike, Rule, Wording
from reports.standard import CURRENT
from reports.standard.elements import Edition


def missing_table(content: Content, _comparables: Comparables = NO_COMPARABLES) -> list[RuleFinding]:
    """Each standard table that the report lacks; all of them where it has none."""
    return [
        RuleFinding("missing_table", table.key)
        for table in content.form_expected.tables
        if table.key in content.missing_tables or content.form is None
    ]


def wording(finding: FindingLike, form: Edition) -> Wording:
    """The heading under which the table would stand."""
    chapter = form.chapter(finding.where)
    says = _("报告中没有“%(heading)s”的表格。") % {"heading": pick(chapter.heading, chapter.title_en)}
    return Wording(says, _("没有发生的也要列表填 0，请补上。"))


def example() -> Example:
    """A report without the last of the tables."""
    return Example(invented.report(missing_tables=frozenset({CURRENT.tables[-1].key})))


RULE = Rule(
    code="missing_table",
    severity="error",
    label=gettext_lazy("缺少表格"),
    check=missing_table,
    wording=wording,
    help=gettext_lazy("年度报告有三张统一的表格。没有发生的也要列表，填 0，不能用一句话代替。"),
    todo=gettext_lazy("补上缺的表格。"),
    formula=gettext_lazy("主动公开表 + 依申请公开表 + 复议诉讼表"),
    example=example,
)
