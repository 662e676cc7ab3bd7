"""`proceedings_total`: in each block of table 4 the four results add up to 总计."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from config.language import pick_lazy
from reports.checks import equations
from reports.checks.arithmetic import check_arithmetic
from reports.checks.phrases import labels, table_number
from reports.checks.rule import Rule
from reports.standard import CURRENT

CODE = "proceedings_total"
*RESULTS, TOTAL = (CURRENT.figures[key].column for key in equations.declared(CODE).cells)
PENDING = RESULTS[-1]

RULE = Rule(
    code=CODE,
    severity="error",
    label=_("复议诉讼合计不平"),
    check=lambda content, _comparables: check_arithmetic(content, CODE),
    wording=equations.wording,
    help=format_lazy(
        _("表{table}的每一栏里，{results}之和等于“{total}”。"),
        table=table_number(equations.declared(CODE).cells[0]),
        results=labels(RESULTS),
        total=pick_lazy(TOTAL.label, TOTAL.label_en),
    ),
    todo=format_lazy(
        _("逐案核对结果；年底还没有结果的填“{pending}”。"), pending=pick_lazy(PENDING.label, PENDING.label_en)
    ),
    formula=equations.formula(CODE),
    example=equations.unbalanced(CODE),
)
