"""`flow_balance`: what was received and carried in was concluded or carried out."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from config.language import pick_lazy
from reports.checks import equations
from reports.checks.arithmetic import check_arithmetic
from reports.checks.phrases import table_number
from reports.checks.rule import Rule
from reports.standard import CURRENT

CODE = "flow_balance"
ROWS = [CURRENT.figures[key].row for key in equations.declared(CODE).cells]
RECEIVED, CARRIED_IN, CONCLUDED, CARRIED_OUT = (pick_lazy(row.name, row.name_en) for row in ROWS)

RULE = Rule(
    code=CODE,
    severity="error",
    label=_("收办不平"),
    check=lambda content, _comparables: check_arithmetic(content, CODE),
    wording=equations.wording,
    help=format_lazy(
        _(
            "收进来的申请，不是今年办结了，就是结转到了明年。"
            "所以表{table}的每一列里，{received}加{carried_in}，等于{concluded}加{carried_out}。"
        ),
        table=table_number(equations.declared(CODE).cells[0]),
        received=RECEIVED,
        carried_in=CARRIED_IN,
        concluded=CONCLUDED,
        carried_out=CARRIED_OUT,
    ),
    todo=format_lazy(
        _("年底没有办完的，填在“{carried_out}”；去年没有办完、今年接着办的，填在“{carried_in}”。"),
        carried_in=CARRIED_IN,
        carried_out=CARRIED_OUT,
    ),
    formula=equations.formula(CODE),
    example=equations.unbalanced(CODE),
)
