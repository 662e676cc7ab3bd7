"""`row_total`: in table 3 the columns of the applicants add up to 总计."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from config.language import pick_lazy
from reports.checks import equations
from reports.checks.arithmetic import check_arithmetic
from reports.checks.phrases import labels, table_number
from reports.checks.rule import Rule
from reports.standard import CURRENT

CODE = "row_total"
*APPLICANTS, ALL_APPLICANTS = (CURRENT.figures[key].column for key in equations.declared(CODE).cells)

RULE = Rule(
    code=CODE,
    severity="error",
    label=_("行合计不平"),
    check=lambda content, _comparables: check_arithmetic(content, CODE),
    wording=equations.wording,
    help=format_lazy(
        _("表{table}的每一行按申请人分列：{columns}，加起来就是这一行的“{total}”。加不起来，说明其中一格多了或少了。"),
        table=table_number(equations.declared(CODE).cells[0]),
        columns=labels(APPLICANTS),
        total=pick_lazy(ALL_APPLICANTS.label, ALL_APPLICANTS.label_en),
    ),
    todo=_("对照登记台账，逐列核对这一行；如果标出了“请核对”的那一格，先看那一格。"),
    formula=equations.formula(CODE),
    example=equations.unbalanced(CODE),
)
