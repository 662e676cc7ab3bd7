"""One small invented report for every rule in which the rule finds something: what its help page shows.

The cells are taken from the declared form, so that an example names what stands there; the place does not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from reports.checks.comparables import NO_COMPARABLES, Comparables, OtherText, Unit
from reports.checks.content import Content, Finding
from reports.checks.rules import Rule
from reports.checks.unlikely import measured
from reports.standard import CURRENT
from reports.standard.equations import Equation, YearEquation
from reports.standard.in_prose import REGULATIONS, sums_meant

AGENCY = "示例县青山镇人民政府"
YEAR = 2024

_TEXT = (
    "全镇十一个村的低保、临时救助名单改为每季度公布一次，张贴在村口公开栏和便民服务大厅，外出务工的家庭由村会计把照片发到家庭群里。"
    "集镇排水管网改造从招标到验收分六次公布，施工期间的绕行路线提前三天广播。小学操场翻新、渡口候船亭维修、河堤护坡加固等民生工程，"
    "逐项写明预算、承包人和完工时间，完工以后再公布决算。镇政府把公开指南放到每个村的办事窗口，安排专人帮助老人填写申请表。"
    "年末请八位村民代表当场评议，记下二十三条意见，能改的当天改，需要时间的写明期限。窗口人员不熟悉公开属性的认定，个别文件公布偏晚，"
    "明年将由司法所逐件把关，并把公布时间写进各办公室的工作台账，按月检查，检查结果在镇务会上通报。"
)


@dataclass(frozen=True)
class Example:
    content: Content
    finding: Finding


def example(rule: Rule) -> Example:
    """The example of a rule with what the rule finds in it."""
    content, beside = _EXAMPLES[rule.code]()
    return Example(content, rule.check(content, beside)[0])


Case = tuple[Content, Comparables]


def _report(figures: Mapping[str, Any] | None = None, **more: Any) -> Content:
    zeros: dict[str, Any] = dict.fromkeys(CURRENT.figures, 0)
    fields: dict[str, Any] = {"year": YEAR, "agency": AGENCY, "level": 4, **more}
    return Content(CURRENT.name, figures=zeros | dict(figures or {}), **fields)


def _equation(code: str) -> Equation:
    return next(equation for equation in CURRENT.equations if equation.rule == code)


def _year_equation(code: str) -> YearEquation:
    return next(equation for equation in reversed(CURRENT.year_equations) if equation.rule == code)


def _first(*, decimal: bool = False) -> str:
    """A cell that stands for itself and every office fills in: a count, or an amount."""
    alone = (key for key in measured(CURRENT.name) if not key.startswith(REGULATIONS))
    counts = [key for key in alone if CURRENT.figures[key].column.decimal == decimal]
    return counts[-1] if decimal else next(key for key in counts if len(_row_of(key)) == 1)


def _row_of(key: str) -> list[str]:
    return [other for other, figure in CURRENT.figures.items() if figure.row_key == CURRENT.figures[key].row_key]


def _unbalanced(code: str) -> Callable[[], Case]:
    """Two and one are said to be four."""

    def case() -> Case:
        equation = _equation(code)
        one, other = equation.left[:2]
        return _report({one: 2, other: 1, equation.right[0]: 4}), NO_COMPARABLES

    return case


def _without(mark: str) -> Callable[[], Case]:
    def case() -> Case:
        key = _first(decimal=mark == "/")
        return _report({key: None}, marks={key: mark}), NO_COMPARABLES

    return case


def _missing_table() -> Case:
    return _report(missing_tables=frozenset({CURRENT.tables[-1].key})), NO_COMPARABLES


def _wrong_edition() -> Case:
    return _report(year=CURRENT.first_year - 1), NO_COMPARABLES


def _beyond_power() -> Case:
    key = next(key for key in CURRENT.figures if key.startswith(REGULATIONS))
    return _report({key: 1}), NO_COMPARABLES


def _carry_over() -> Case:
    equation = _year_equation("carry_over")
    return _report(), Comparables(last_year=_report({equation.before: 2}, year=YEAR - 1))


def _roll_forward() -> Case:
    equation = _year_equation("documents_roll_forward")
    figures = {equation.plus[0]: 2, equation.minus[0]: 1, equation.after: 10}
    return _report(figures), Comparables(last_year=_report({equation.before: 10}, year=YEAR - 1))


def _roll_up() -> Case:
    key = _first()
    parts = (("青山镇人民政府", 3), ("绿水镇人民政府", 5))
    units = tuple(Unit("", name, _report({key: value})) for name, value in parts)
    return _report({key: 7}, agency="示例县人民政府", level=3), Comparables(units=units)


def _unlikely() -> Case:
    key = _first()
    return _report({key: 4700}), Comparables(earlier=tuple({key: value} for value in (44, 52, 40, 47)))


def _reused() -> Case:
    before = _report(narrative={"overview": _TEXT}, year=YEAR - 1)
    other = OtherText(
        "示例县绿水镇人民政府",
        "",
        YEAR,
        {"overview": _TEXT.replace("十一个村", "九个村").replace("小学操场翻新", "敬老院翻新")},
    )
    return replace(before, year=YEAR), Comparables(texts=(other,))


def _told(text: str, part: str = "overview", received: int = 0) -> Callable[[], Case]:
    def case() -> Case:
        (total,) = sums_meant(CURRENT.name, "received")[0]
        return _report({total: received}, narrative={part: text}), NO_COMPARABLES

    return case


_EXAMPLES: dict[str, Callable[[], Case]] = {
    **{code: _unbalanced(code) for code in ("row_total", "results_total", "flow_balance", "proceedings_total")},
    "undecided": _without("/"),
    "not_a_count": _without("若干"),
    "missing_table": _missing_table,
    "wrong_edition": _wrong_edition,
    "regulations_beyond_power": _beyond_power,
    "carry_over": _carry_over,
    "documents_roll_forward": _roll_forward,
    "roll_up": _roll_up,
    "reused_text": _reused,
    "unlikely_figure": _unlikely,
    "narrative_figure": _told("全年收到村民关于土地征收的政府信息公开申请1件，已按期答复。"),
    "narrative_sum": _told("全年公开信息327条，其中网站235条、公众号57条、公开栏30条。"),
    "narrative_change": _told("全年公开信息25条，上年20条，同比增长20%。"),
    "wrong_year": _told(f"统计期限自{YEAR - 1}年1月1日起至{YEAR - 1}年12月31日止。", "preamble"),
    "wrong_agency": _told(f"{YEAR}年，绿水镇人民政府未收取信息处理费。"),
    "template_text": _told("××镇全年公开信息80条。"),
}
