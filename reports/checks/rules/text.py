"""The rules about the text of a report."""

from __future__ import annotations

from reports.checks.narrative import changes, places, sums, templates, years
from reports.checks.narrative.against_tables import narrative_figure
from reports.checks.rules.rule import Rule, after, alone

RULES = (
    Rule(
        "narrative_figure",
        "warning",
        "文表不一致",
        "Text contradicts tables",
        alone(narrative_figure),
        "文字中的数与表格中的数不同，或者文中写“未发生”而表中有数。“收到”是否含上年结转都可以；写“余”“多”“约”的数和往年的数，不作比较；"
        "部分渠道、部分事由的数，只看是否超过全部。",
        "A number in the text differs from the table, or the text says that nothing happened where the table counts something. "
        "What is received may or may not include what was carried in; rounded numbers and those of other years are left "
        "alone; a part, such as one channel's, may only not exceed the whole.",
        "核对引出的那句话和表中的格，改正有误的一处。",
        "Compare the quoted sentence with the cell and correct the one that is wrong.",
        "文字中的数 = 表格中的数",
        "number in the text = number in the table",
        version=3,
    ),
    Rule(
        "narrative_sum",
        "warning",
        "文中分项与合计不符",
        "Sum in the text does not add up",
        alone(sums.narrative_sum),
        "一句话里列举的分项之和与它自己的总数不同。写明“等”“包括”，或者只举一小部分的，不作比较。",
        "The parts listed in a sentence do not add up to its own total. Open lists (“such as”, “including”) are left alone.",
        "重新加一遍，改正分项或总数。同一信息在几个渠道发布而重复计数的，请说明。",
        "Add them up again and correct a part or the total. Give the reason where one item was counted once per channel.",
        "分项 + 分项 + …… = 总数",
        "part + part + … = total",
        version=2,
    ),
    Rule(
        "narrative_change",
        "warning",
        "文中增减与数据不符",
        "Change stated in the text is wrong",
        after(changes.narrative_change),
        "文字中的“同比增长”“比上年增加”，与文中的数或者上年报告的数算出来的不同。允许的误差是所写数字末位的一半。",
        "A change against last year stated in the text is not what the figures of the text, or of last year's report, make it. "
        "Half of the last printed digit is allowed.",
        "按两年的数重新计算。上年数据已经更正的，请说明。",
        "Calculate it anew from the two figures. Give the reason where last year's was corrected.",
        "（本年 − 上年）÷ 上年 = 所写的增减",
        "(this year − last year) ÷ last year = the change as stated",
        version=3,
    ),
    Rule(
        "wrong_year",
        "warning",
        "年度有误",
        "Another year's period",
        alone(years.wrong_year),
        "文字中的统计期限、标题，或者“××年，我单位……”，写的不是本报告的年度，可能沿用了往年的文字。回顾往年、安排来年的文字不受影响。",
        "The period, the title or the opening of a sentence names another year than the report's; it may have been carried over "
        "from an earlier report. Looking back or ahead is not affected.",
        "改为本报告的年度。",
        "Put in the report year.",
        "文中的年度 = 报告年度",
        "year named in the text = report year",
    ),
    Rule(
        "wrong_agency",
        "warning",
        "单位名称有误",
        "Another place's name",
        alone(places.wrong_agency),
        "在说本单位的地方出现了其他乡镇、街道或地方的名称，或者镇的报告自称“我街道”，可能沿用了别处的文字。邀请、联合、学习等提到的单位"
        "不受影响。",
        "Where the agency speaks of itself the text names another township or place; it may have been carried over from there. "
        "Bodies that one works with may of course be named.",
        "改为本单位的名称；是曾用名的，请说明。",
        "Put in the agency's own name; give the reason where it is a former one.",
        "文中自称 = 本单位的名称",
        "name by which the text calls itself = name of the agency",
        version=2,
    ),
    Rule(
        "template_text",
        "warning",
        "模板文字未填",
        "Unfilled template",
        alone(templates.template_text),
        "文字中留有模板的空格或提示，例如“××镇”“X件”“____条”“（此处填写）”。",
        "Blanks or prompts of a template are left in the text, such as “XX township” or “(fill in here)”.",
        "补全或删去。",
        "Fill them in or take them out.",
        "没有填完的空格 = 0",
        "blanks left = 0",
        version=2,
    ),
)
