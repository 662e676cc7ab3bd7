"""`reused_text`: a narrative that is nearly last year's own or another agency's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.checks import invented
from reports.checks.comparables import Comparables, OtherText
from reports.checks.content import Content, Operand, RuleFinding
from reports.checks.reuse.shingles import likeness, shingles
from reports.checks.rule import Example, FindingLike, Rule, Wording
from reports.standard.elements import Edition

ALIKE = 0.8
"""Copies have at least this in common; unrelated reports stay below 0.6."""


def reused_text(content: Content, last_year: Content | None, others: Iterable[OtherText]) -> list[RuleFinding]:
    """At most two findings: the agency's own text of last year, and the most alike of other agencies.

    Who took from whom is not for a rule to say. A short text is like nobody's.
    """
    others = list(others)
    if last_year is None and not others:
        return []
    own = shingles(content.narrative, content.agency)
    if not own or content.year is None:
        return []
    findings = []
    if last_year is not None and last_year.year == content.year - 1:
        alike = likeness(own, shingles(last_year.narrative, last_year.agency))
        if alike >= ALIKE:
            findings.append(_finding({"whose": "own", "year": last_year.year}, alike))
    measured = [(likeness(own, shingles(other.narrative, other.agency)), other) for other in others]
    alike, most = max(measured, key=lambda each: each[0], default=(0.0, None))
    if most is not None and alike >= ALIKE:
        named: dict[str, Operand] = {"whose": "another", "agency": most.agency, "code": most.code, "year": most.year}
        findings.append(_finding(named, alike))
    return findings


def _finding(other: Mapping[str, Operand], alike: float) -> RuleFinding:
    # Rounded down: 99 % is not the same text.
    return RuleFinding("reused_text", "narrative", (), {**other, "percent": int(alike * 100)})


def wording(finding: FindingLike, form: Edition) -> Wording:
    """Whose text it is like, and how much."""
    words = {name: finding.operands.get(name) for name in ("agency", "year", "percent")}
    if finding.operands["whose"] == "own":
        says = _("文字与本单位%(year)s年度报告几乎相同：遮去名称、年份和数字后，%(percent)s%% 一致。") % words
    else:
        says = _("文字与%(agency)s%(year)s年度报告几乎相同：遮去名称、年份和数字后，%(percent)s%% 一致。") % words
    return Wording(says, _("请对照两份文字，按本年实际情况改写。"))


_TEXT = (
    "全镇十一个村的低保、临时救助名单改为每季度公布一次，张贴在村口公开栏和便民服务大厅，外出务工的家庭由村会计把照片发到家庭群里。"
    "集镇排水管网改造从招标到验收分六次公布，施工期间的绕行路线提前三天广播。小学操场翻新、渡口候船亭维修、河堤护坡加固等民生工程，"
    "逐项写明预算、承包人和完工时间，完工以后再公布决算。镇政府把公开指南放到每个村的办事窗口，安排专人帮助老人填写申请表。"
    "年末请八位村民代表当场评议，记下二十三条意见，能改的当天改，需要时间的写明期限。窗口人员不熟悉公开属性的认定，个别文件公布偏晚，"
    "明年将由司法所逐件把关，并把公布时间写进各办公室的工作台账，按月检查，检查结果在镇务会上通报。"
)


def example() -> Example:
    """A neighbour's text with two words changed."""
    copied = _TEXT.replace("十一个村", "九个村").replace("小学操场翻新", "敬老院翻新")
    other = OtherText("示例县绿水镇人民政府", "", invented.YEAR, {"overview": copied})
    return Example(invented.report(narrative={"overview": _TEXT}), Comparables(texts=(other,)))


RULE = Rule(
    code="reused_text",
    severity="warning",
    label=gettext_lazy("文字雷同"),
    check=lambda content, comparables: reused_text(content, comparables.last_year, comparables.texts),
    wording=wording,
    help=gettext_lazy(
        "把名称、年份和数字遮去，再去掉格式规定的语句，剩下的文字与本单位上年的报告，或者与另一单位本年、上年的报告几乎相同。"
        "系统只比较文字，不判断谁先谁后。文字很短的报告不比较。"
    ),
    todo=gettext_lazy("打开两份文字的对照，把与本年、本单位实际不符的部分改写。"),
    formula=gettext_lazy("两份文字共有的两字片段 ÷ 两份文字全部的两字片段 ≥ 80%"),
    example=example,
    operand_names={
        "agency": gettext_lazy("另一单位"),
        "year": gettext_lazy("报告年度"),
        "percent": gettext_lazy("一致程度（%）"),
    },
)
