"""The rules that hold a report against other reports: last year's, its units', its peers'."""

from __future__ import annotations

from reports.checks import across_agencies, across_years, unlikely
from reports.checks.reuse.reused import reused_text
from reports.checks.rules.rule import Rule, after
from reports.standard import CURRENT

_CARRIED, _DOCUMENTS = (
    [equation for equation in CURRENT.year_equations if equation.rule == rule]
    for rule in ("carry_over", "documents_roll_forward")
)
_IN, _OUT = (CURRENT.figures[key].row for key in (_CARRIED[0].after, _CARRIED[0].before))
_KINDS = "和".join(CURRENT.figures[equation.after].row.name for equation in _DOCUMENTS)

RULES = (
    Rule(
        "carry_over",
        "warning",
        "与上年结转不接",
        "Does not follow from last year",
        after(across_years.carry_over),
        f"去年结转到今年的申请，今年就应当出现在“{_IN.name}”里。所以表三的每一列里，本年的“{_IN.name}”等于上一年度报告的“{_OUT.name}”。"
        "机构由另一个机构改名、改码而来的，与原机构的报告比较；由几个机构合并而来的，不作比较。",
        "What last year's report carried out comes in this year. So in every column of table 3, what is carried in equals what "
        "last year carried out. A body that continues one other is compared with that body's report; one made of several is "
        "compared with none.",
        "核对两年的报告。上年数据已经更正，或者有移送、撤回的，请说明。",
        "Compare the two reports. Give the reason where last year's was corrected, or applications were transferred or withdrawn.",
    ),
    Rule(
        "documents_roll_forward",
        "warning",
        "文件存量与上年不接",
        "Documents do not follow from last year",
        after(across_years.documents_roll_forward),
        f"表二的{_KINDS}：去年年底有效的，加上今年制发的，减去今年废止的，就是今年年底有效的。",
        "Last year's documents in force, plus those issued, minus those repealed, are in force at the end of this year.",
        "对照文件目录核对三个数。文件到期自动失效、清理后更正的，请说明。",
        "Compare the three numbers with your list of documents. Give the reason where documents expired or the list was corrected.",
    ),
    Rule(
        "roll_up",
        "warning",
        "汇总与所辖单位不符",
        "Differs from the sum of its units",
        lambda content, beside: across_agencies.roll_up(content, beside.units, beside.certain),
        "统计范围含所辖单位的报告，每一格应当等于所辖各单位报告的同一格之和。所辖单位以名录中应当编制报告的机构为准；名录中没有的，以报"
        "告写明的统计范围为准。有单位还没有报告的，只列出名称，不作推算。",
        "In a report that includes subordinate units every cell is the sum of that cell in its units' reports. The units are those "
        "of the register that owe a report; failing that, those that the report lists. Units without a report are named, nothing "
        "is guessed for them.",
        "逐个单位核对这一格。本级另有未单独报告的数，请说明；缺报告的单位，请督促补报。",
        "Check the cell unit by unit. Give the reason where the body itself adds figures of its own; ask for the reports that are "
        "missing.",
        "汇总报告的每一格 = 所辖各单位同一格之和",
        "each cell of the whole = the sum of that cell over its units",
    ),
    Rule(
        "reused_text",
        "warning",
        "文字雷同",
        "Reused text",
        lambda content, beside: reused_text(content, beside.last_year, beside.texts),
        "把名称、年份和数字遮去，再去掉格式规定的语句，剩下的文字与本单位上年的报告，或者与另一单位本年、上年的报告几乎相同。系统只比较"
        "文字，不判断谁先谁后。文字很短的报告不比较。",
        "With names, years and numbers masked and the prescribed phrases removed, the text is nearly that of the agency's report "
        "of last year, or of another agency's of this year or the last. Who wrote it first is not judged. Short texts are not "
        "compared.",
        "打开两份文字的对照，把与本年、本单位实际不符的部分改写。",
        "Open the two texts side by side and rewrite what is not about this year and this agency.",
        "两份文字共有的两字片段 ÷ 两份文字全部的两字片段 ≥ 80%",
        "two-character pieces in both texts ÷ pieces in either ≥ 80 %",
    ),
    Rule(
        "unlikely_figure",
        "info",
        "数值少见",
        "Unusual figure",
        lambda content, beside: unlikely.unlikely_figure(content, beside.earlier, beside.peers),
        "这个数超出了本单位往年的范围，并且与通常的数相差五倍以上；往年不足三年的，与同县（不足八个的，与同市）同类单位比较。这只是提"
        "示：少见的数可能完全正确。",
        "The figure lies outside what the agency had in earlier years, and is more than five times above or below the usual. With "
        "fewer than three years it is compared with agencies of the same kind in the county, or, if these are fewer than eight, in "
        "the city. This is a hint: an unusual figure may be perfectly right.",
        "看一眼是不是错了单位（元填成万元）、多写了一位，或者两个数连在了一起。如实填报的无需修改。",
        "See whether the unit is wrong, a digit too many, or two numbers ran together. Nothing needs to be changed if it is right.",
        "本数 > 往年中位数 × 5，或本数 < 往年中位数 ÷ 5，且相差不少于 20",
        "figure > 5 × the median, or < the median ÷ 5, and at least 20 away",
    ),
)
