"""The rules about the tables of one report."""

from __future__ import annotations

from reports.checks import arithmetic, cells, competence
from reports.checks.rules.rule import Rule, alone
from reports.standard import CURRENT

_BALANCE = next(equation for equation in CURRENT.equations if equation.rule == "flow_balance")
_FLOW = [CURRENT.figures[key].row.name for key in _BALANCE.cells]
*_APPLICANTS, _ALL_APPLICANTS = (column.label for column in CURRENT.table("applications").blocks[0].columns)
_OUTCOMES = CURRENT.figures[next(each for each in CURRENT.equations if each.rule == "results_total").right[0]].row
*_RESULTS, _TOTAL = (column.label for column in CURRENT.table("proceedings").blocks[0].columns)

RULES = (
    Rule(
        "row_total",
        "error",
        "行合计不平",
        "Row does not add up",
        alone(arithmetic.row_total),
        f"表三的每一行按申请人分列：{'、'.join(_APPLICANTS)}，加起来就是这一行的“{_ALL_APPLICANTS}”。加不起来，说明其中一格多了或少了。",
        "Every row of table 3 is split by applicant: natural persons and five kinds of organisations, which together are the "
        "row's total. Where they are not, one of the cells is too high or too low.",
        "对照登记台账，逐列核对这一行；如果标出了“请核对”的那一格，先看那一格。",
        "Compare the row with your register, column by column; where one cell is pointed out, look there first.",
    ),
    Rule(
        "results_total",
        "error",
        "办理结果合计不平",
        "Outcomes do not add up",
        alone(arithmetic.results_total),
        f"每件申请只有一种办理结果，所以表三的每一列里，办理结果各项之和等于“{_OUTCOMES.label}”。区分处理的，只计入部分公开，不再计入其他项。",
        "Each application has one outcome, so in every column of table 3 the outcomes (1) to (6) add up to (7). What was granted "
        "in part counts as partly granted and nowhere else.",
        f"看是不是有一件计了两次，或者漏计了一件；再核对“{_OUTCOMES.label}”。",
        "See whether one application was counted twice or left out; then check the total (7).",
    ),
    Rule(
        "flow_balance",
        "error",
        "收办不平",
        "In and out do not balance",
        alone(arithmetic.flow_balance),
        f"收进来的申请，不是今年办结了，就是结转到了明年。所以表三的每一列里，{_FLOW[0]}加{_FLOW[1]}，等于{_FLOW[2]}加{_FLOW[3]}。",
        "An application that came in was either concluded or is carried out to next year. So in every column of table 3, received "
        "plus carried in equals concluded plus carried out.",
        f"年底没有办完的，填在“{_FLOW[3]}”；去年没有办完、今年接着办的，填在“{_FLOW[1]}”。",
        "What was still open at the end of the year is carried out; what was still open a year earlier is carried in.",
    ),
    Rule(
        "proceedings_total",
        "error",
        "复议诉讼合计不平",
        "Proceedings do not add up",
        alone(arithmetic.proceedings_total),
        f"表四的每一栏里，{'、'.join(_RESULTS)}之和等于“{_TOTAL}”。",
        "In every block of table 4, upheld, corrected, other and pending add up to the total.",
        f"逐案核对结果；年底还没有结果的填“{_RESULTS[-1]}”。",
        "Go through the cases one by one; those without a result at the end of the year are pending.",
    ),
    Rule(
        "undecided",
        "error",
        "数据未填",
        "Figures missing",
        alone(cells.undecided),
        "表格中有空白，或者只填了“/”“—”“无”。空白不等于 0：别人看不出是没有发生，还是忘了填，合计也无从核对。导入的文件里没有读出的"
        "数，也列在这里。",
        "Cells are blank or hold a mark such as “/”. A blank is not a zero: nobody can tell whether nothing happened or somebody "
        "forgot, and no total can be checked. What an import could not read is listed here too.",
        "没有发生的填 0；没有读出的，对照原件补上。",
        "Enter 0 where nothing happened; fill in from the original what was not read.",
        "每一格 = 一个数",
        "every cell = a number",
    ),
    Rule(
        "not_a_count",
        "error",
        "不是件数",
        "Not a count",
        alone(cells.not_a_count),
        "件数只能是 0 或正整数；只有注明“增/减”的格可以为负；金额以万元为单位，可以有小数。“若干”“-1”“1.5”都不是件数。",
        "A count is 0 or a positive whole number; only cells that state an increase or decrease may be negative; amounts of money "
        "may have decimals. “Some”, −1 and 1.5 are no counts.",
        "改为实际的数量；金额看看是不是填到了件数格里，或者几个数连在了一起。",
        "Enter the actual number; see whether an amount of money stands in a cell for counts, or several numbers ran together.",
        "件数 = 0、1、2、3……",
        "count = 0, 1, 2, 3 …",
    ),
    Rule(
        "missing_table",
        "error",
        "缺少表格",
        "Table missing",
        alone(cells.missing_table),
        "年度报告有三张统一的表格。没有发生的也要列表，填 0，不能用一句话代替。",
        "An annual report has three standard tables. They are printed, with zeros, even where nothing happened; a sentence does "
        "not stand in for them.",
        "补上缺的表格。",
        "Add the table.",
        "主动公开表 + 依申请公开表 + 复议诉讼表",
        "disclosure + applications + proceedings",
    ),
    Rule(
        "wrong_edition",
        "warning",
        "表格版本不符",
        "Tables of another edition",
        alone(cells.wrong_edition),
        "2019、2020年度报告用2019年试行格式的表格，2021年度起用现行格式的表格，两种格式的行列不同。",
        "Reports of 2019 and 2020 use the trial edition, those from 2021 on the edition in force. Their rows and columns differ.",
        "按本年度的格式重新填写；确有原因的，请说明。",
        "Fill in the tables of the report year, or give the reason.",
        "表格的格式 = 报告年度规定的格式",
        "edition of the tables = edition of the report year",
    ),
    Rule(
        "regulations_beyond_power",
        "warning",
        "规章权限",
        "Regulations beyond its power",
        alone(competence.regulations_beyond_power),
        "只有国务院部门、省级和设区的市级人民政府有权制定规章。县、乡级机关在“规章”一行填了数，多半是把规范性文件填错了行。",
        "Only departments of the State Council, provinces and districted cities may issue regulations. A figure of a county or "
        "township in that row is most often a normative document in the wrong row.",
        "“规章”一行改为 0，规范性文件填在下一行。",
        "Enter 0 for regulations; normative documents belong in the next row.",
        "县、乡级机关的规章 = 0",
        "regulations of a county or township = 0",
    ),
)
