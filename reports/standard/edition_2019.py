"""The trial edition, for the report years 2019 and 2020: 国办公开办函〔2019〕60号."""

from __future__ import annotations

from reports.standard.both_editions import (
    APPLICATIONS_TITLE,
    OTHER,
    OVERVIEW,
    PROBLEMS,
    RESULT,
    RESULT_EN,
    application_equations,
    applications_table,
    carry_overs,
    proceedings_equations,
    proceedings_table,
)
from reports.standard.elements import AS_PRINTED, Block, Chapter, Column, Edition, Row, Table

_CORNER = ("信息内容", "Kind of information")
_DOCUMENT_COLUMNS = (
    Column("made", "本年新制作数量", "Made this year", aliases=("本年新制作数", "本年制作数量")),
    Column("published", "本年新公开数量", "Published this year", aliases=("本年新公开数", "本年公开数量")),
    Column("total_published", "对外公开总数量", "Published in all", aliases=("对外公开总数",)),
)
_PRIOR = Column("prior_items", "上一年项目数量", "Items last year", unit="项", aliases=("上年项目数量", "上一年项目数"))
_CHANGE = Column(
    "change",
    "本年增/减",
    "Change this year",
    unit="项",
    signed=True,
    aliases=("本年增减", "本年增／减", "本年增（减）"),
)
_ITEM_COLUMNS = (
    _PRIOR,
    _CHANGE,
    Column("decisions", "处理决定数量", "Decisions", aliases=("本年处理决定数量", "处理决定数")),
)

_DISCLOSURE = Table(
    "disclosure",
    "stacked",
    "二、主动公开政府信息情况",
    (
        Block(
            "第二十条第（一）项",
            "Article 20, item 1",
            _DOCUMENT_COLUMNS,
            (
                Row("regulations", "规章", "Regulations", aliases=("政府规章", "行政规章")),
                Row("normative_documents", "规范性文件", "Normative documents", aliases=("行政规范性文件",)),
            ),
            *_CORNER,
        ),
        Block(
            "第二十条第（五）项",
            "Article 20, item 5",
            _ITEM_COLUMNS,
            (
                Row("licensing", "行政许可", "Administrative licences"),
                Row(
                    "other_services",
                    "其他对外管理服务事项",
                    "Other external management and services",
                    aliases=("其他对外管理服务",),
                ),
            ),
            *_CORNER,
        ),
        Block(
            "第二十条第（六）项",
            "Article 20, item 6",
            _ITEM_COLUMNS,
            (
                Row("penalty", "行政处罚", "Administrative penalties"),
                Row("coercion", "行政强制", "Administrative coercion"),
            ),
            *_CORNER,
        ),
        Block(
            "第二十条第（八）项",
            "Article 20, item 8",
            (_PRIOR, _CHANGE),
            (Row("fees", "行政事业性收费", "Administrative and institutional fees", aliases=("行政事业收费",)),),
            *_CORNER,
        ),
        Block(
            "第二十条第（九）项",
            "Article 20, item 9",
            (
                Column("items", "采购项目数量", "Procurement items", unit="项", aliases=("采购项目数",)),
                Column(
                    "amount",
                    "采购总金额",
                    "Total amount",
                    unit=AS_PRINTED,
                    decimal=True,
                    aliases=("采购总金额（万元）", "采购总金额（元）", "采购总金额（单位：万元）"),
                ),
            ),
            (
                Row(
                    "procurement",
                    "政府集中采购",
                    "Centralised government procurement",
                    note="格式未规定金额单位，按原文登记。",
                    note_en="The form names no unit of money; the amount is recorded as printed.",
                ),
            ),
            *_CORNER,
        ),
    ),
    "2. Disclosure on own initiative",
)

_APPLICATIONS = applications_table((Row("other", "（六）其他处理", "(6) Otherwise closed", (RESULT,), (RESULT_EN,)),))
_PROCEEDINGS = proceedings_table("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况")


EDITION = Edition(
    name="2019",
    title="2019年试行格式",
    title_en="the trial edition",
    document="国办公开办函〔2019〕60号",
    first_year=2019,
    chapters=(
        OVERVIEW,
        Chapter(
            "disclosure",
            "二",
            "主动公开政府信息情况",
            "Disclosure on own initiative",
            ("主动公开", "情况"),
            has_table=True,
        ),
        Chapter(
            "applications",
            "三",
            APPLICATIONS_TITLE,
            "Applications received and handled",
            ("收到|处理|办理|依申请", "申请"),
            has_table=True,
        ),
        Chapter(
            "proceedings",
            "四",
            "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
            "Reconsideration and litigation",
            ("复议", "诉讼"),
            has_table=True,
        ),
        PROBLEMS,
        OTHER,
    ),
    tables=(_DISCLOSURE, _APPLICATIONS, _PROCEEDINGS),
    equations=application_equations(_APPLICATIONS) + proceedings_equations(_PROCEEDINGS),
    year_equations=carry_overs(_APPLICATIONS),
)
