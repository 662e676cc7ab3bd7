"""`documents_roll_forward`: what was in force last year, plus what was issued, minus what was repealed, is in force."""

from __future__ import annotations

from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.language import pick
from reports.checks import across_years, invented
from reports.checks.comparables import Comparables
from reports.checks.phrases import table_number
from reports.checks.rule import Example, Rule
from reports.standard import CURRENT

CODE = "documents_roll_forward"
EQUATION = across_years.declared(CODE)[-1]


def _kinds() -> str:
    rows = [CURRENT.figures[equation.after].row for equation in across_years.declared(CODE)]
    return _("和").join(pick(row.name, row.name_en) for row in rows)


def example() -> Example:
    """Ten and two less one are said to be ten."""
    figures = {EQUATION.plus[0]: 2, EQUATION.minus[0]: 1, EQUATION.after: 10}
    return Example(invented.report(figures), Comparables(last_year=invented.last_year({EQUATION.before: 10})))


RULE = Rule(
    code=CODE,
    severity="warning",
    label=gettext_lazy("文件存量与上年不接"),
    check=lambda content, comparables: across_years.check_across_years(content, comparables.last_year, CODE),
    wording=across_years.wording,
    help=format_lazy(
        gettext_lazy("表{table}的{kinds}：去年年底有效的，加上今年制发的，减去今年废止的，就是今年年底有效的。"),
        table=table_number(EQUATION.after),
        kinds=lazy(_kinds, str)(),
    ),
    todo=gettext_lazy("对照文件目录核对三个数。文件到期自动失效、清理后更正的，请说明。"),
    formula=across_years.formula(CODE),
    example=example,
)
