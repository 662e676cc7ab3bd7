"""`regulations_beyond_power`: 规章 reported by a body below the districted city."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.checks import invented
from reports.checks.comparables import NO_COMPARABLES, Comparables
from reports.checks.content import Content, RuleFinding
from reports.checks.phrases import Group, listed, number_of, numbers_of, printed, quoted
from reports.checks.rule import Example, FindingLike, Rule, Wording
from reports.standard import CURRENT
from reports.standard.elements import Edition
from reports.standard.in_prose import REGULATIONS

COUNTY = 3
"""From here downwards nobody issues 规章: that is for the districted cities, the provinces and the State Council's departments."""

_TOWNSHIP = re.compile(r"(?:[镇乡]|苏木|街道)(?:人民政府|政府|街道办事处|办事处|街道办)?$")
_COUNTY = re.compile(r"(?:县|自治旗)人民政府$")


def level_by_name(agency: str) -> int | None:
    """The level that the name of an agency gives away; None where it gives none."""
    if _TOWNSHIP.search(agency):
        return COUNTY + 1
    return COUNTY if _COUNTY.search(agency) else None


def regulations_beyond_power(content: Content, _comparables: Comparables = NO_COMPARABLES) -> list[RuleFinding]:
    """规章 of a body below the districted city. Silent where its level is not known, or a cell of the row is not."""
    level = content.level or level_by_name(content.agency)
    if content.form is None or level is None or level < COUNTY:
        return []
    cells = tuple(key for key in content.form.figures if key.startswith(REGULATIONS))
    if not cells or not content.has_table(cells[0]) or any(key in content.doubted for key in cells):
        return []
    if not any(content.known.get(key, 0) > 0 for key in cells):
        return []
    operands = {key: content.entry(key) for key in cells}
    return [RuleFinding("regulations_beyond_power", REGULATIONS.rstrip("."), cells, operands, 0)]


def wording(finding: FindingLike, form: Edition) -> Wording:
    """The cells of the row that hold a number."""
    group = Group(form, tuple(finding.cells))
    numbers = numbers_of({key: number_of(finding.operands[key]) for key in finding.cells})
    filled = [f"{quoted(group.name(key))} {printed(value)}" for key, value in numbers.items() if value]
    words = {"place": group, "cells": listed(filled)}
    says = _("%(place)s填有%(cells)s。县、乡级机关无权制定规章。") % words
    return Wording(says, _("请填 0；规范性文件填在下一行。"))


def example() -> Example:
    """A township that reports one."""
    key = next(key for key in CURRENT.figures if key.startswith(REGULATIONS))
    return Example(invented.report({key: 1}))


RULE = Rule(
    code="regulations_beyond_power",
    severity="warning",
    label=gettext_lazy("规章权限"),
    check=regulations_beyond_power,
    wording=wording,
    help=gettext_lazy(
        "只有国务院部门、省级和设区的市级人民政府有权制定规章。"
        "县、乡级机关在“规章”一行填了数，多半是把规范性文件填错了行。"
    ),
    todo=gettext_lazy("“规章”一行改为 0，规范性文件填在下一行。"),
    formula=gettext_lazy("县、乡级机关的规章 = 0"),
    example=example,
)
