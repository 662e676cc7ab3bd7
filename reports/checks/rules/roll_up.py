"""`roll_up`: a report that covers its subtree is, cell by cell, the sum of its units' reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.checks import invented
from reports.checks.comparables import Comparables, Unit
from reports.checks.content import Content, Number, RuleFinding
from reports.checks.phrases import Group, number_of, numbers_of, printed
from reports.checks.rule import Example, FindingLike, Rule, Wording
from reports.standard.elements import Edition

BETWEEN_UNITS = "、"
MAX_NAMES = 12


def roll_up(content: Content, units: Sequence[Unit], certain: bool = True) -> list[RuleFinding]:
    """Each cell in which a whole differs from the sum of its units, as a warning.

    Where units lack a report, or it is unclear whom theirs covers, they are named, nothing is guessed for them, and
    nothing more than an `info` is said: of a cell only where the others already exceed the whole. The same severity where
    it is not `certain` who the units are. A cell that the whole or any unit leaves unknown is compared with nothing.
    """
    if content.form is None or not units:
        return []
    reporting = [unit for unit in units if unit.content is not None]
    lacking = [unit for unit in units if unit.content is None]
    missing = BETWEEN_UNITS.join(unit.name for unit in lacking if not unit.unclear)
    unclear = BETWEEN_UNITS.join(unit.name for unit in lacking if unit.unclear)
    told = {"missing": missing} | ({"unclear": unclear} if unclear else {})
    findings = []
    if lacking:
        operands: dict[str, Number | str | None] = {"units": len(units), **told}
        findings.append(RuleFinding("roll_up", "document", (), operands, severity="info"))
    for key in content.form.figures:
        parts = _parts(key, content, reporting)
        if parts is None:
            continue
        whole, total = content.known[key], sum(value for _unit, value in parts)
        signed = content.form.figures[key].column.signed
        if whole == total or (lacking and (signed or total < whole)):
            continue
        operands = {key: whole, "units": len(units), **told}
        operands |= {f"unit.{unit.code or unit.name}": value for unit, value in parts if value}
        severity = "info" if lacking or not certain else ""
        findings.append(RuleFinding("roll_up", key, (key,), operands, total, whole, severity=severity))
    return findings


def _parts(key: str, content: Content, units: Iterable[Unit]) -> list[tuple[Unit, Number]] | None:
    """What each unit has in a cell; None where the whole or one of them does not say."""
    if not _says(content, key):
        return None
    parts = []
    for unit in units:
        assert unit.content is not None
        if not _says(unit.content, key):
            return None
        parts.append((unit, unit.content.known[key]))
    return parts or None


def _says(content: Content, key: str) -> bool:
    return key in content.known and key not in content.doubted and content.has_table(key)


def wording(finding: FindingLike, form: Edition) -> Wording:
    """The cell with both sums, or who has not reported yet."""
    missing, unclear = (
        [name for name in str(finding.operands.get(which) or "").split(BETWEEN_UNITS) if name]
        for which in ("missing", "unclear")
    )
    words: dict[str, Any] = {"count": finding.operands["units"], "missing": len(missing), "unclear": len(unclear)}
    if not finding.cells:
        told, todo = [], []
        if missing:
            lack = _("所辖 %(count)s 个单位中有 %(missing)s 个还没有报告，汇总数不能全部核对：%(names)s%(more)s。")
            told.append(lack % (words | _some(missing)))
            todo.append(_("请督促补报。"))
        if unclear:
            lack = _("所辖 %(count)s 个单位中有 %(unclear)s 个的报告没有说明统计范围，没有相加：%(names)s%(more)s。")
            told.append(lack % (words | _some(unclear)))
            todo.append(_("请认定它们的统计范围。"))
        return Wording("".join(told), "".join(todo))
    (key,) = finding.cells
    group = Group(form, (key,))
    actual = number_of(finding.operands[key])
    parts = numbers_of({name: number_of(value) for name, value in finding.operands.items() if name.startswith("unit.")})
    total: Number = sum(parts.values())
    words |= {
        "place": group,
        "cell": group.name(key),
        "actual": printed(actual),
        "sum": printed(total),
        "difference": printed(max(actual, total) - min(actual, total)),
        "reported": words["count"] - len(missing) - len(unclear),
    }
    if missing or unclear:
        says = _(
            "%(place)s“%(cell)s”是 %(actual)s，已有报告的 %(reported)s 个单位之和就有 %(sum)s，至少少 %(difference)s。"
        )
    else:
        says = _("%(place)s“%(cell)s”是 %(actual)s，所辖 %(count)s 个单位之和是 %(sum)s，相差 %(difference)s。")
    return Wording(says % words, _("请逐个单位核对。"))


def _some(names: list[str]) -> dict[str, str]:
    return {"names": _("、").join(names[:MAX_NAMES]), "more": _("等") if len(names) > MAX_NAMES else ""}


def example() -> Example:
    """Three and five are said to be seven."""
    key = invented.a_count()
    parts = (("青山镇人民政府", 3), ("绿水镇人民政府", 5))
    units = tuple(Unit("", name, invented.report({key: value})) for name, value in parts)
    return Example(invented.report({key: 7}, agency="示例县人民政府", level=3), Comparables(units=units))


RULE = Rule(
    code="roll_up",
    version=2,
    severity="warning",
    label=gettext_lazy("汇总与所辖单位不符"),
    check=lambda content, comparables: roll_up(content, comparables.units, comparables.certain),
    wording=wording,
    help=gettext_lazy(
        "统计范围含所辖单位的报告，每一格应当等于所辖各单位报告的同一格之和。"
        "所辖单位以名录中应当编制报告的机构为准；名录中没有的，以报告写明的统计范围为准。"
        "有单位还没有报告的，只列出名称，不作推算。"
    ),
    todo=gettext_lazy("逐个单位核对这一格。本级另有未单独报告的数，请说明；缺报告的单位，请督促补报。"),
    formula=gettext_lazy("汇总报告的每一格 = 所辖各单位同一格之和"),
    example=example,
    operand_names={
        "units": gettext_lazy("所辖单位数"),
        "missing": gettext_lazy("还没有报告的"),
        "unclear": gettext_lazy("统计范围不明的"),
    },
)
