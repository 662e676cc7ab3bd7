"""`unlikely_figure`: a figure far from the agency's own history or from its peers."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.checks import invented
from reports.checks.comparables import Comparables
from reports.checks.phrases import Group, number_of, printed
from reports.checks.rule import Example, FindingLike, Rule, Wording
from reports.checks.unlikely import unlikely_figure
from reports.standard.elements import Edition


def wording(finding: FindingLike, form: Edition) -> Wording:
    """The figure, the range it lies outside of, and what is usual."""
    (key,) = finding.cells
    group = Group(form, (key,))
    values = {name: number_of(finding.operands[name]) for name in (key, "middle", "lowest", "highest")}
    words = {"place": group, "cell": group.name(key), "value": printed(values.pop(key))}
    words |= {name: printed(value) for name, value in values.items()} | {"count": finding.operands["count"]}
    if finding.operands["beside"] == "own":
        says = _(
            "%(place)s“%(cell)s”是 %(value)s，本单位此前 %(count)s 年在 %(lowest)s 至 %(highest)s 之间，通常 %(middle)s。"
        )
    else:
        says = _(
            "%(place)s“%(cell)s”是 %(value)s，当地 %(count)s 个同类单位在 %(lowest)s 至 %(highest)s 之间，通常 %(middle)s。"
        )
    return Wording(says % words, _("请再看一眼，属实的无需修改。"))


def example() -> Example:
    """A hundred times what was usual for four years."""
    key = invented.a_count()
    earlier = tuple({key: value} for value in (44, 52, 40, 47))
    return Example(invented.report({key: 4700}), Comparables(earlier=earlier))


RULE = Rule(
    code="unlikely_figure",
    severity="info",
    label=gettext_lazy("数值少见"),
    check=lambda content, comparables: unlikely_figure(content, comparables.earlier, comparables.peers),
    wording=wording,
    help=gettext_lazy(
        "这个数超出了本单位往年的范围，并且与通常的数相差五倍以上；往年不足三年的，与同县（不足八个的，与同市）同类单位比较。"
        "这只是提示：少见的数可能完全正确。"
    ),
    todo=gettext_lazy("看一眼是不是错了单位（元填成万元）、多写了一位，或者两个数连在了一起。如实填报的无需修改。"),
    formula=gettext_lazy("本数 > 往年中位数 × 5，或本数 < 往年中位数 ÷ 5，且相差不少于 20"),
    example=example,
    operand_names={
        "count": gettext_lazy("比较的个数"),
        "middle": gettext_lazy("通常"),
        "lowest": gettext_lazy("最低"),
        "highest": gettext_lazy("最高"),
    },
)
