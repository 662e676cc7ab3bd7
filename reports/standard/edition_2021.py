"""The edition of 2021, for the report years from 2021: 国办公开办函〔2021〕30号."""

from __future__ import annotations

from reports.standard.both_editions import (
    APPLICATIONS_TITLE,
    OTHER,
    OVERVIEW,
    PROBLEMS,
    application_equations,
    applications_table,
    carry_overs,
    outcome_rows,
    proceedings_equations,
    proceedings_table,
)
from reports.standard.elements import Block, Chapter, Column, Correspondence, Edition, Row, Table
from reports.standard.equations import YearEquation

_CORNER = ("信息内容", "Kind of information")
_DOCUMENT_COLUMNS = (
    Column("issued", "本年制发件数", "Issued this year", aliases=("本年制发数", "本年制发数量", "制发件数")),
    Column("repealed", "本年废止件数", "Repealed this year", aliases=("本年废止数", "本年废止数量", "废止件数")),
    Column("in_force", "现行有效件数", "In force", aliases=("现有效件数", "现行有效件", "现行有效数", "现行有效数量")),
)
_DECISIONS = (
    Column("decisions", "本年处理决定数量", "Decisions this year", aliases=("处理决定数量", "本年处理决定数")),
)
_FEES = (
    Column(
        "amount",
        "本年收费金额（单位：万元）",
        "Fees charged this year (10 000 yuan)",
        unit="万元",
        decimal=True,
        aliases=("本年收费金额", "本年收费金额（万元）", "收费金额（单位：万元）"),
    ),
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
                Row(
                    "regulations",
                    "规章",
                    "Regulations",
                    note="只有国务院部门、省级和设区的市级以上人民政府有权制定规章；县、乡级填0。",
                    note_en="Only ministries and governments from the districted city upwards may issue regulations.",
                    aliases=("政府规章", "行政规章"),
                ),
                Row(
                    "normative_documents",
                    "行政规范性文件",
                    "Administrative normative documents",
                    note="现行有效件数为截至12月31日的数量。",
                    note_en="“In force” is counted on 31 December.",
                    aliases=("规范性文件",),
                ),
            ),
            *_CORNER,
        ),
        Block(
            "第二十条第（五）项",
            "Article 20, item 5",
            _DECISIONS,
            (Row("licensing", "行政许可", "Administrative licences"),),
            *_CORNER,
        ),
        Block(
            "第二十条第（六）项",
            "Article 20, item 6",
            _DECISIONS,
            (
                Row("penalty", "行政处罚", "Administrative penalties"),
                Row("coercion", "行政强制", "Administrative coercion"),
            ),
            *_CORNER,
        ),
        Block(
            "第二十条第（八）项",
            "Article 20, item 8",
            _FEES,
            (
                Row(
                    "fees",
                    "行政事业性收费",
                    "Administrative and institutional fees",
                    note="以万元为单位，可以有小数。",
                    note_en="In units of 10 000 yuan, decimals allowed.",
                    aliases=("行政事业收费",),
                ),
            ),
            *_CORNER,
        ),
    ),
    "2. Disclosure on own initiative",
)

_OTHERWISE = "（六）其他处理"
_APPLICATIONS = applications_table(
    outcome_rows(
        _OTHERWISE,
        "(6) Otherwise closed",
        (
            (
                "other_overdue_correction",
                "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
                "1. Not corrected in time without good reason",
                "（六）1.逾期不补正",
                "(6) 1. Not corrected in time",
            ),
            (
                "other_overdue_fee",
                "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
                "2. Fee not paid in time",
                "（六）2.逾期未缴费",
                "(6) 2. Fee not paid in time",
            ),
            ("other_other", "3.其他", "3. Other", "（六）3.其他", "(6) 3. Other"),
        ),
    )
)
_PROCEEDINGS = proceedings_table("四、政府信息公开行政复议、行政诉讼情况")


def _roll_forwards() -> tuple[YearEquation, ...]:
    """What was in force, plus what was issued, minus what was repealed, is what is in force."""
    block = _DISCLOSURE.blocks[0]
    return tuple(
        YearEquation(
            "documents_roll_forward",
            where := f"{_DISCLOSURE.key}.{row.key}",
            f"{where}.in_force",
            f"{where}.in_force",
            (f"{where}.issued",),
            (f"{where}.repealed",),
        )
        for row in block.rows
    )


def _correspondences() -> tuple[Correspondence, ...]:
    """What compares with the trial edition under another key.

    The tables of applications and proceedings kept their meaning; 其他处理 was one row and became three. Of the first table
    only the decisions taken within the year did: 本年新制作 counts drafts as well as documents issued, 对外公开总数量 counts
    what is published and not what is in force, and the item counts and procurement were dropped.
    """
    (block,) = _APPLICATIONS.blocks
    others = [row.key for row in block.rows if row.groups[1:] == (_OTHERWISE,)]
    return tuple(
        Correspondence(
            tuple(f"{_APPLICATIONS.key}.{row}.{column.key}" for row in others),
            (f"{_APPLICATIONS.key}.other.{column.key}",),
        )
        for column in block.columns
    )


EDITION = Edition(
    name="2021",
    title="2021年格式",
    title_en="the 2021 edition",
    document="国办公开办函〔2021〕30号",
    first_year=2021,
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
            "政府信息公开行政复议、行政诉讼情况",
            "Reconsideration and litigation",
            ("复议", "诉讼"),
            has_table=True,
        ),
        PROBLEMS,
        OTHER,
    ),
    tables=(_DISCLOSURE, _APPLICATIONS, _PROCEEDINGS),
    equations=application_equations(_APPLICATIONS) + proceedings_equations(_PROCEEDINGS),
    year_equations=carry_overs(_APPLICATIONS) + _roll_forwards(),
    succeeds="2019",
    correspondences=_correspondences(),
)
