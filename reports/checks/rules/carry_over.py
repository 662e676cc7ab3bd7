"""`carry_over`: in each column, this year's carried_in is last year's carried_out."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from config.language import pick_lazy
from reports.checks import across_years, invented
from reports.checks.comparables import Comparables
from reports.checks.phrases import table_number
from reports.checks.rule import Example, Rule
from reports.standard import CURRENT

CODE = "carry_over"
EQUATION = across_years.declared(CODE)[-1]
CARRIED_IN, CARRIED_OUT = (CURRENT.figures[key].row for key in (EQUATION.after, EQUATION.before))


def example() -> Example:
    """Two were carried out, none comes in."""
    return Example(invented.report(), Comparables(last_year=invented.last_year({EQUATION.before: 2})))


RULE = Rule(
    code=CODE,
    severity="warning",
    label=_("与上年结转不接"),
    check=lambda content, comparables: across_years.check_across_years(content, comparables.last_year, CODE),
    wording=across_years.wording,
    help=format_lazy(
        _(
            "去年结转到今年的申请，今年就应当出现在“{carried_in}”里。"
            "所以表{table}的每一列里，本年的“{carried_in}”等于上一年度报告的“{carried_out}”。"
            "机构由另一个机构改名、改码而来的，与原机构的报告比较；由几个机构合并而来的，不作比较。"
        ),
        table=table_number(EQUATION.after),
        carried_in=pick_lazy(CARRIED_IN.name, CARRIED_IN.name_en),
        carried_out=pick_lazy(CARRIED_OUT.name, CARRIED_OUT.name_en),
    ),
    todo=_("核对两年的报告。上年数据已经更正，或者有移送、撤回的，请说明。"),
    formula=across_years.formula(CODE),
    example=example,
)
