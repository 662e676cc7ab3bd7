"""What the 2019 and the 2021 edition print alike: who applies, how applications end, reconsideration and litigation.

Sources: 国办公开办函〔2019〕60号 and 国办公开办函〔2021〕30号, which print these rows and columns with the same wording.
"""

from __future__ import annotations

from reports.standard.elements import Block, Chapter, Column, Row, Table
from reports.standard.equations import Equation, YearEquation

_IN_ORGANISATIONS = (("法人或其他组织",), ("Legal persons and other organisations",))

APPLICANTS = (
    Column("natural_person", "自然人", "Natural persons"),
    Column("business", "商业企业", "Businesses", *_IN_ORGANISATIONS),
    Column("research", "科研机构", "Research institutions", *_IN_ORGANISATIONS),
    Column("public_welfare", "社会公益组织", "Public-welfare organisations", *_IN_ORGANISATIONS),
    Column("legal_service", "法律服务机构", "Legal-service institutions", *_IN_ORGANISATIONS),
    Column("other_organisation", "其他", "Other", *_IN_ORGANISATIONS),
    Column("total", "总计", "Total"),
)

RESULT, RESULT_EN = "三、本年度办理结果", "3. Outcomes this year"


def outcome_rows(
    group: str, group_en: str, rows: tuple[tuple[str, ...], ...], note: str = "", note_en: str = ""
) -> tuple[Row, ...]:
    """The rows of one group of outcomes: (key, label, English label) and perhaps a short name in both languages."""
    groups, groups_en = (RESULT, group), (RESULT_EN, group_en)
    return tuple(
        Row(
            key,
            label,
            label_en,
            groups,
            groups_en,
            note,
            note_en,
            short=short[0] if short else "",
            short_en=short[1] if short else "",
        )
        for key, label, label_en, *short in rows
    )


RECEIVED = Row(
    "received",
    "一、本年新收政府信息公开申请数量",
    "1. Applications received this year",
    note="本年1月1日至12月31日收到的申请，以收到日为准；补正、征求第三方意见不影响计数。",
    note_en="Applications that arrived from 1 January to 31 December, by date of receipt.",
    aliases=("本年新收政府信息公开申请数量", "一、本年新收政府信息公开申请数", "一、本年新收"),
    short="新收",
    short_en="received",
)
CARRIED_IN = Row(
    "carried_in",
    "二、上年结转政府信息公开申请数量",
    "2. Applications carried in from last year",
    note="应当等于上一年度报告中的“结转下年度继续办理”。",
    note_en="Should equal “carried out to next year” in last year's report.",
    aliases=("上年结转政府信息公开申请数量", "二、上年结转政府信息公开申请数", "二、上年结转"),
    short="上年结转",
    short_en="carried in",
)
GRANTED = Row("granted", "（一）予以公开", "(1) Granted", (RESULT,), (RESULT_EN,))
PARTLY_GRANTED = Row(
    "partly_granted",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "(2) Partly granted (where separable, counted here only)",
    (RESULT,),
    (RESULT_EN,),
    note="《条例》第三十七条规定的区分处理，只计入本行。",
    note_en="Separable treatment under article 37 of the Regulations is counted in this row only.",
    aliases=("（二）部分公开",),
    short="（二）部分公开",
    short_en="(2) Partly granted",
)
REFUSED = outcome_rows(
    "（三）不予公开",
    "(3) Refused",
    (
        ("refused_state_secret", "1.属于国家秘密", "1. State secret"),
        ("refused_by_law", "2.其他法律行政法规禁止公开", "2. Barred by another law or administrative regulation"),
        ("refused_security_stability", "3.危及“三安全一稳定”", "3. Endangers security or social stability"),
        ("refused_third_party", "4.保护第三方合法权益", "4. Protects a third party's lawful interests"),
        ("refused_internal_affairs", "5.属于三类内部事务信息", "5. Internal affairs (three kinds)"),
        ("refused_process", "6.属于四类过程性信息", "6. Records of a process (four kinds)"),
        ("refused_enforcement_file", "7.属于行政执法案卷", "7. Administrative enforcement file"),
        ("refused_admin_query", "8.属于行政查询事项", "8. Matter of an administrative query"),
    ),
    note="《条例》第十四条、第十五条、第十六条规定的情形。",
    note_en="Cases of articles 14, 15 and 16 of the Regulations.",
)
UNAVAILABLE = outcome_rows(
    "（四）无法提供",
    "(4) Cannot be provided",
    (
        ("unavailable_not_held", "1.本机关不掌握相关政府信息", "1. Not held by this body"),
        ("unavailable_to_be_created", "2.没有现成信息需要另行制作", "2. Would have to be created"),
        ("unavailable_unclear", "3.补正后申请内容仍不明确", "3. Still unclear after correction"),
    ),
    note="《条例》第三十六条、第三十八条规定的情形。",
    note_en="Cases of articles 36 and 38 of the Regulations.",
)
UNPROCESSED = outcome_rows(
    "（五）不予处理",
    "(5) Not processed",
    (
        ("unprocessed_petition", "1.信访举报投诉类申请", "1. Petition, report or complaint"),
        ("unprocessed_repeat", "2.重复申请", "2. Repeated application"),
        ("unprocessed_publication", "3.要求提供公开出版物", "3. Asks for a public publication"),
        ("unprocessed_excessive", "4.无正当理由大量反复申请", "4. Excessive without good reason"),
        (
            "unprocessed_reconfirm",
            "5.要求行政机关确认或重新出具已获取信息",
            "5. Asks to confirm or reissue what was already obtained",
        ),
    ),
    note="《条例》第三十五条、第三十六条、第三十九条规定的情形。",
    note_en="Cases of articles 35, 36 and 39 of the Regulations.",
)
CONCLUDED = Row(
    "concluded",
    "（七）总计",
    "(7) Total",
    (RESULT,),
    (RESULT_EN,),
    short="办理结果总计",
    short_en="outcomes in total",
)
CARRIED_OUT = Row(
    "carried_out",
    "四、结转下年度继续办理",
    "4. Carried out to next year",
    note="截至12月31日尚未答复的申请。",
    note_en="Applications not yet answered on 31 December.",
    aliases=("结转下年度继续办理",),
    short="结转下年",
    short_en="carried out",
)

_BALANCE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
_BALANCE_EN = "(In each column items 1 and 2 together equal items 3 and 4 together)"
APPLICATIONS_TITLE = "收到和处理政府信息公开申请情况"


def applications_table(other: tuple[Row, ...]) -> Table:
    """The table of applications; the editions differ only in the rows of （六）其他处理."""
    rows = (
        RECEIVED,
        CARRIED_IN,
        GRANTED,
        PARTLY_GRANTED,
        *REFUSED,
        *UNAVAILABLE,
        *UNPROCESSED,
        *other,
        CONCLUDED,
        CARRIED_OUT,
    )
    block = Block("", "", APPLICANTS, rows, _BALANCE, _BALANCE_EN, "申请人情况", "Applicants")
    return Table(
        "applications", "matrix", f"三、{APPLICATIONS_TITLE}", (block,), "3. Applications received and handled"
    )


def application_equations(table: Table) -> tuple[Equation, ...]:
    """Each row adds up to its 总计; in each column the outcomes add up to （七）总计, and what came in equals what went out."""
    (block,) = table.blocks
    applicants = [column.key for column in block.columns if column.key != "total"]
    outcomes = [row.key for row in block.rows if row.groups and row is not CONCLUDED]

    def cell(row: str, column: str) -> str:
        return f"{table.key}.{row}.{column}"

    row_totals = tuple(
        Equation(
            "row_total",
            f"{table.key}.{row.key}",
            tuple(cell(row.key, column) for column in applicants),
            (cell(row.key, "total"),),
        )
        for row in block.rows
    )
    results_totals = tuple(
        Equation(
            "results_total",
            cell("concluded", column.key),
            tuple(cell(row, column.key) for row in outcomes),
            (cell("concluded", column.key),),
        )
        for column in block.columns
    )
    flow_balances = tuple(
        Equation(
            "flow_balance",
            cell("received", column.key),
            (cell("received", column.key), cell("carried_in", column.key)),
            (cell("concluded", column.key), cell("carried_out", column.key)),
        )
        for column in block.columns
    )
    return row_totals + results_totals + flow_balances


def carry_overs(table: Table) -> tuple[YearEquation, ...]:
    """In each column, what was carried out of last year is carried into this one."""
    (block,) = table.blocks
    return tuple(
        YearEquation(
            "carry_over",
            f"{table.key}.{CARRIED_IN.key}.{column.key}",
            f"{table.key}.{CARRIED_OUT.key}.{column.key}",
            f"{table.key}.{CARRIED_IN.key}.{column.key}",
        )
        for column in block.columns
    )


RESULTS = (
    Column("upheld", "结果维持", "Upheld"),
    Column("corrected", "结果纠正", "Corrected"),
    Column("other", "其他结果", "Other result"),
    Column("pending", "尚未审结", "Pending"),
    Column("total", "总计", "Total"),
)


def proceedings_table(section: str) -> Table:
    """The table of reconsideration and litigation: three blocks of the same five columns in one line of figures."""
    litigation = (("行政诉讼",), ("Administrative litigation",))
    rows = (
        Row("reconsideration", "行政复议", "Administrative reconsideration"),
        Row("direct_litigation", "未经复议直接起诉", "Without prior reconsideration", *litigation),
        Row("post_reconsideration_litigation", "复议后起诉", "After reconsideration", *litigation),
    )
    blocks = tuple(Block("/".join(row.path), row.label_en, RESULTS, (row,)) for row in rows)
    return Table("proceedings", "side_by_side", section, blocks, "4. Reconsideration and litigation")


def proceedings_equations(table: Table) -> tuple[Equation, ...]:
    """In each block the four results add up to its 总计."""
    return tuple(
        Equation(
            "proceedings_total",
            f"{table.key}.{row.key}",
            tuple(f"{table.key}.{row.key}.{column.key}" for column in RESULTS if column.key != "total"),
            (f"{table.key}.{row.key}.total",),
        )
        for block in table.blocks
        for row in block.rows
    )


OVERVIEW = Chapter(
    "overview",
    "一",
    "总体情况",
    "Overview",
    ("总体.{0,6}情况|概述|概况",),
    guidance=("主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障"),
    guidance_en=(
        "Disclosure on own initiative",
        "Disclosure on application",
        "Management of information",
        "Platforms",
        "Oversight",
    ),
)
PROBLEMS = Chapter(
    "problems",
    "五",
    "存在的主要问题及改进情况",
    "Problems and improvements",
    ("问题|不足|困难", "改进|措施|打算|下一步|计划|努力"),
    guidance=("存在的主要问题", "改进情况"),
    guidance_en=("Main problems", "What was done about them"),
)
OTHER = Chapter(
    "other",
    "六",
    "其他需要报告的事项",
    "Other matters",
    ("其他", "事项"),
    guidance=("收取信息处理费情况", "其他需要报告的事项"),
    guidance_en=("Information-processing fees charged", "Other matters to report"),
)
