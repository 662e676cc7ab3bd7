"""`results_total`: in each column of table 3 the outcomes （一） to （六） add up to （七）总计."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from config.language import pick_lazy
from reports.checks import equations
from reports.checks.arithmetic import check_arithmetic
from reports.checks.phrases import table_number
from reports.checks.rule import Rule
from reports.standard import CURRENT

CODE = "results_total"
OUTCOMES = CURRENT.figures[equations.declared(CODE).right[0]].row
TOTAL = pick_lazy(OUTCOMES.label, OUTCOMES.label_en)

RULE = Rule(
    code=CODE,
    severity="error",
    label=_("办理结果合计不平"),
    check=lambda content, _comparables: check_arithmetic(content, CODE),
    wording=equations.wording,
    help=format_lazy(
        _(
            "每件申请只有一种办理结果，所以表{table}的每一列里，办理结果各项之和等于“{total}”。"
            "区分处理的，只计入部分公开，不再计入其他项。"
        ),
        table=table_number(equations.declared(CODE).right[0]),
        total=TOTAL,
    ),
    todo=format_lazy(_("看是不是有一件计了两次，或者漏计了一件；再核对“{total}”。"), total=TOTAL),
    formula=equations.formula(CODE),
    example=equations.unbalanced(CODE),
)
