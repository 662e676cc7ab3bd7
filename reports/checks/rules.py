"""The registry of rules. Their codes are public names; wording and decisions hang on them, so they never change.

A rule that is here without a check is known to readers of the data but looks at nothing yet.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from reports.checks import across_years, arithmetic, cells, powers
from reports.checks.content import Content, Finding
from reports.checks.narrative import changes, places, sums, templates, years
from reports.checks.narrative.against_tables import narrative_figure

Severity = Literal["error", "warning", "info"]
Check = Callable[[Content, Content | None], list[Finding]]


@dataclass(frozen=True)
class Rule:
    """`severity`: an `error` blocks submission, a `warning` needs a reason, an `info` accuses nobody. `version` rises
    whenever the rule begins to judge differently. `check` takes a report and, if there is one, last year's."""

    code: str
    severity: Severity
    label: str
    label_en: str
    help: str
    help_en: str
    check: Check | None = None
    version: int = 1


def _alone(check: Callable[[Content], list[Finding]]) -> Check:
    """A rule that looks at one report alone."""
    return lambda content, _last_year: check(content)


_RULES = (
    Rule(
        "row_total",
        "error",
        "行合计不平",
        "Row does not add up",
        "表三的每一行：自然人与五类组织之和等于“总计”。例如自然人 2、商业企业 1、其余为 0，总计应为 3。请对照登记台"
        "账，核对这一行的各列和总计。",
        "In every row of table 3, natural persons and the five kinds of organisations add up to the total: with 2 "
        "natural persons and 1 business the total is 3. Compare the row with your register.",
        _alone(arithmetic.row_total),
    ),
    Rule(
        "results_total",
        "error",
        "办理结果合计不平",
        "Outcomes do not add up",
        "表三的每一列：办理结果（一）至（六）各项之和等于“（七）总计”。每件申请只计一种结果；区分处理的，只计入“部"
        "分公开”。例如予以公开 1、无法提供 1，总计应为 2。",
        "In every column of table 3 the outcomes (1) to (6) add up to (7). Each application has one outcome only; "
        "what was granted in part counts as partly granted. With 1 granted and 1 that cannot be provided the total "
        "is 2.",
        _alone(arithmetic.results_total),
    ),
    Rule(
        "flow_balance",
        "error",
        "收办不平",
        "In and out do not balance",
        "表三的每一列：本年新收加上年结转，等于办理结果总计加结转下年。例如新收 3、上年结转 0，已办结 2，则结转下年"
        "应为 1。",
        "In every column of table 3, received plus carried in equals outcomes in total plus carried out: of 3 "
        "received and none carried in, with 2 concluded, 1 is carried out to next year.",
        _alone(arithmetic.flow_balance),
    ),
    Rule(
        "proceedings_total",
        "error",
        "复议诉讼合计不平",
        "Proceedings do not add up",
        "表四的每一栏：结果维持、结果纠正、其他结果、尚未审结之和等于“总计”。例如维持 1、尚未审结 1，总计应为 2。",
        "In every block of table 4, upheld, corrected, other and pending add up to the total: with 1 upheld and 1 "
        "pending it is 2.",
        _alone(arithmetic.proceedings_total),
    ),
    Rule(
        "undecided",
        "error",
        "数据未填",
        "Figures missing",
        "表格中有空白或只填了“/”“—”“无”的格。空白不等于 0：没有发生的请填 0。导入的文件中没有读出的数，请对照原件补"
        "上。",
        "Cells are blank or hold a mark such as “/”. A blank is not a zero: enter 0 where nothing happened. Where "
        "an import could not read a figure, fill it in from the original.",
        _alone(cells.undecided),
    ),
    Rule(
        "not_a_count",
        "error",
        "不是件数",
        "Not a count",
        "件数只能是 0 或正整数；只有注明“增/减”的格可以为负；金额以万元为单位，可以有小数。例如“若干”“-1”“1.5”不是"
        "件数，请改为实际数量。",
        "A count is 0 or a positive whole number; only cells that state an increase or decrease may be negative; "
        "amounts of money may have decimals. “Some”, -1 and 1.5 are no counts.",
        _alone(cells.not_a_count),
    ),
    Rule(
        "missing_table",
        "error",
        "缺少表格",
        "Table missing",
        "年度报告有三张统一的表格：主动公开政府信息情况、收到和处理政府信息公开申请情况、行政复议和行政诉讼情况。没"
        "有发生的也要列表，填 0。",
        "An annual report has three standard tables. They are printed, with zeros, even where nothing happened.",
        _alone(cells.missing_table),
    ),
    Rule(
        "wrong_edition",
        "warning",
        "表格版本不符",
        "Tables of another edition",
        "2019、2020年度报告用2019年试行格式的表格，2021年度起用现行格式的表格。请按本年度的格式重新填写。",
        "Reports of 2019 and 2020 use the trial edition, those from 2021 on the edition in force. Please use the "
        "tables of the report year.",
        _alone(cells.wrong_edition),
    ),
    Rule(
        "carry_over",
        "warning",
        "与上年结转不接",
        "Does not continue last year",
        "表三的每一列：本年的“上年结转”等于上一年度报告的“结转下年度继续办理”。例如上年结转下年 2，本年上年结转应为"
        " 2。如上年数据已更正或机构有合并，请说明。",
        "In every column of table 3, what this year carries in is what last year's report carried out. Give the "
        "reason if last year's figures were corrected or agencies were merged.",
        across_years.carry_over,
    ),
    Rule(
        "documents_roll_forward",
        "warning",
        "文件存量与上年不接",
        "Documents do not continue last year",
        "表二的规章和行政规范性文件：上年现行有效，加本年制发，减本年废止，等于本年现行有效。例如上年有效 10、制发 "
        "2、废止 1，本年应为 11。文件到期失效等情形请说明。",
        "Last year's documents in force, plus those issued, minus those repealed, are in force this year: 10 + 2 - "
        "1 = 11. Give the reason where documents expired.",
        across_years.documents_roll_forward,
    ),
    Rule(
        "roll_up",
        "warning",
        "汇总与所属单位不符",
        "Does not sum up its units",
        "统计范围含所辖单位的报告，各数等于所辖各单位报告之和。缺报告的单位会逐一列出，不作推算。",
        "A report that covers its subtree equals the sum of its units' reports, cell by cell. Units without a "
        "report are named, not guessed.",
    ),
    Rule(
        "narrative_figure",
        "warning",
        "文表不一致",
        "Text contradicts tables",
        "文字中的数与表格中的数不同，例如文中写“收到申请1件”而表三新收为 0，或者文中写“未发生行政复议”而表四有数。“收到”是否"
        "含上年结转都可以；写“余”“多”“约”的数和往年、部分渠道的数不作比较。请核对文字和表格，改正有误的一处。",
        "A number in the text differs from the table, such as “1 application received” beside a 0 in table 3. What is "
        "received may or may not include what was carried in; rounded numbers and those of other years are left alone.",
        _alone(narrative_figure),
    ),
    Rule(
        "narrative_sum",
        "warning",
        "文中分项与合计不符",
        "Sum in the text does not add up",
        "文字中列举的分项之和与总数不同，例如“共327条，其中235条、57条、30条”：235 + 57 + 30 = 322。写明“等”“包括”或只举一"
        "小部分的不作比较；同一信息在多个渠道发布而重复计数的，请说明。请核对各分项和总数。",
        "The parts listed in a sentence do not add up to its total, such as 327, of which 235, 57 and 30. Lists that are "
        "open (“such as”, “including”) are left alone.",
        _alone(sums.narrative_sum),
    ),
    Rule(
        "narrative_change",
        "warning",
        "文中增减与数据不符",
        "Change stated in the text is wrong",
        "文字中的“同比增长”“比上年增加”与文中的数或上年报告的数不符，例如今年 25 件、上年 20 件，却写“同比增长20%”：应为 "
        "25%。允许的误差是所写数字末位的一半。请重新计算；上年数据已更正的请说明。",
        "A change against last year stated in the text disagrees with the figures of the text or of last year's "
        "report: from 20 to 25 is 25 %, not 20 %. Half of the last printed digit is allowed.",
        changes.narrative_change,
    ),
    Rule(
        "wrong_year",
        "warning",
        "年度有误",
        "Another year's period",
        "文字中的统计期限、标题或“××年，我单位…”写的不是本报告的年度，可能沿用了往年的文字。例如2023年度报告中写“统计期限自"
        "2022年1月1日起”。回顾往年、安排来年的文字不受影响。请改为本报告的年度。",
        "The period, the title or the opening of a sentence names another year than the report's; it may have been "
        "carried over from an earlier report. Looking back or ahead is not affected.",
        _alone(years.wrong_year),
    ),
    Rule(
        "wrong_agency",
        "warning",
        "单位名称有误",
        "Another place's name",
        "在说本单位的地方出现了其他乡镇、街道或地方的名称，或者镇的报告自称“我街道”，可能沿用了别处的文字。邀请、联合、学习"
        "等提到的单位不受影响。请改为本单位的名称；曾用名请说明。",
        "Where the agency speaks of itself the text names another township or place; it may have been carried over from "
        "there. Bodies that one works with may of course be named.",
        _alone(places.wrong_agency),
    ),
    Rule(
        "template_text",
        "warning",
        "模板文字未填",
        "Unfilled template",
        "文字中留有模板的空格或提示，例如“××镇”“X件”“____条”“（此处填写）”“年  月  日”。请补全或删去。",
        "Blanks or prompts of a template are left in the text, such as “XX township” or “(fill in here)”.",
        _alone(templates.template_text),
    ),
    Rule(
        "reused_text",
        "warning",
        "文字雷同",
        "Reused text",
        "除名称、年份和数字外，全文与上年或其他单位的报告几乎相同。请按本年实际情况编写。",
        "But for names, years and numbers the text is nearly that of last year's or another agency's report.",
    ),
    Rule(
        "regulations_beyond_power",
        "warning",
        "规章权限",
        "Regulations beyond power",
        "只有国务院部门、省级和设区的市级人民政府有权制定规章。县、乡级机关“规章”一行各格应为 0；规范性文件请填在下一行。",
        "Bodies below the districted city may not issue regulations; normative documents belong in the next row.",
        _alone(powers.regulations_beyond_power),
    ),
    Rule(
        "unlikely_figure",
        "info",
        "数值少见",
        "Unusual figure",
        "这个数与本单位往年或同类单位相差很大，请再看一眼；如实填报的无需修改。",
        "The figure is far from the agency's own history or its peers. Nothing needs to be changed if it is right.",
    ),
)

RULES: dict[str, Rule] = {rule.code: rule for rule in _RULES}
"""Every rule by its code, in the order in which findings are listed."""


def rule_set() -> str:
    """A name for the rules as they are now: another one as soon as a rule is added, dropped, or judges differently."""
    versions = ",".join(f"{rule.code}={rule.version}" for rule in RULES.values() if rule.check)
    return hashlib.sha256(versions.encode()).hexdigest()[:12]
