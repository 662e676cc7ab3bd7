"""An invented edition for the report years from 2027: one more column, one more row, a renamed row and a seventh chapter."""

from __future__ import annotations

from dataclasses import replace

from reports.standard.both_editions import application_equations, carry_overs, proceedings_equations
from reports.standard.edition_2021 import EDITION as BEFORE
from reports.standard.elements import Chapter, Column, Correspondence, Edition, Row, Table

CONSULTED = Column("consulted", "公开征求意见件数", "Opened for consultation")
WITHDRAWN = Row("other_withdrawn", "4.申请人撤回申请", "4. Withdrawn by the applicant")
PERMITS = Row("permits", "行政许可事项", "Administrative permits")
OUTLOOK = Chapter(
    "outlook",
    "七",
    "下一年度工作安排",
    "Plans for next year",
    ("下一?年度?", "安排|计划|打算"),
    guidance=("重点工作",),
    guidance_en=("Priorities",),
)


def _disclosure() -> Table:
    table = BEFORE.table("disclosure")
    documents, licensing, *others = table.blocks
    documents = replace(documents, columns=(*documents.columns, CONSULTED))
    return replace(table, blocks=(documents, replace(licensing, rows=(PERMITS,)), *others))


def _applications() -> Table:
    table = BEFORE.table("applications")
    (block,) = table.blocks
    last = next(number for number, row in enumerate(block.rows) if row.key == "other_other")
    withdrawn = replace(WITHDRAWN, groups=block.rows[last].groups, groups_en=block.rows[last].groups_en)
    rows = (*block.rows[: last + 1], withdrawn, *block.rows[last + 1 :])
    return replace(table, blocks=(replace(block, rows=rows),))


_DISCLOSURE, _APPLICATIONS, _PROCEEDINGS = _disclosure(), _applications(), BEFORE.table("proceedings")

EDITION = Edition(
    name="2027",
    title="2027年格式",
    title_en="the 2027 edition",
    document="国办公开办函〔2027〕1号",
    first_year=2027,
    chapters=(*BEFORE.chapters, OUTLOOK),
    tables=(_DISCLOSURE, _APPLICATIONS, _PROCEEDINGS),
    equations=application_equations(_APPLICATIONS) + proceedings_equations(_PROCEEDINGS),
    year_equations=carry_overs(_APPLICATIONS)
    + tuple(each for each in BEFORE.year_equations if each.rule == "documents_roll_forward"),
    succeeds=BEFORE.name,
    correspondences=(Correspondence(("disclosure.permits.decisions",), ("disclosure.licensing.decisions",)),),
)
