"""Whom the figures of a report cover."""

from __future__ import annotations

import re

from reports.importing.identity import ORGANISATION, without_spaces
from reports.importing.parsed import Scope

_ABOUT_SCOPE = re.compile(
    r"统计范围|统计口径|汇总(?:数|表|统计)|(?:数据|数字|本表|报表).{0,15}汇总"
    r"|(?:数据|数字|本表|表中|本报告).{0,12}(?:包括|包含|涵盖|含).{0,30}(?:所属|所辖|下属|各镇|各街道|乡镇|部门)"
)
_LEAD = re.compile(r"^(?:.*[围径数]为|包括|包含|所辖|下属|所属|以及|本级|:)+")
# 各乡镇, 街道办事处, 县政府: what kind of body, not which.
_KIND = re.compile(r"各|(?:[省市州县区旗镇乡]|街道)*(?:人民政府|政府|街道办事处|办事处|街道|部门)$")


def read_scope(texts: list[str]) -> Scope:
    """Whether the figures cover the body itself or its subtree, with the sentence that says so.

    Only a sentence about the figures counts (统计范围, 汇总数, 数据包含…); that an office lists its units elsewhere says nothing.
    """
    for text in texts:
        for sentence in re.split(r"(?<=[。；\n])", text):
            compact = without_spaces(sentence)
            if not _ABOUT_SCOPE.search(compact):
                continue
            units = _units(compact)
            whole = re.search(r"汇总|所辖|所属|下属|各[乡镇街]|含.{0,8}(?:乡镇|街道|部门)", compact)
            own = re.search(
                r"(?:仅|只)(?:包括|包含|含|为|限)?本(?:机关|级|单位|部门|镇|街道)|不含(?:所辖|下属|所属)", compact
            )
            if own:
                return Scope("own", (), sentence.strip())
            if units or whole:
                return Scope("subtree", units, sentence.strip())
    return Scope()


def _units(sentence: str) -> tuple[str, ...]:
    found = re.search(r"(?:包括|包含|涵盖|所辖|为|:)([^。；]*(?:镇|乡|街道|办事处|局|委|政府)[^。；]*)", sentence)
    if not found:
        return ()
    listed = re.split(r"[、,，和及]", re.sub(r"[（(].*?[）)]", "", found[1]))
    names = [_LEAD.sub("", re.sub(r"等.*$|共?\d+个.*$", "", name)) for name in listed]
    units = tuple(name for name in names if ORGANISATION.search(name) and len(name) <= 30 and not _KIND.match(name))
    return units if len(units) >= 2 else ()
