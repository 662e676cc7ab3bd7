"""Reports that say something in their text, and what the soft rules find in them."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from reports.checks.content import Content, RuleFinding
from reports.checks.engine import examine
from reports.checks.rules import RULES
from reports.checks.wording import message
from reports.standard import EDITIONS

ZEROS: dict[str, Any] = dict.fromkeys(EDITIONS["2021"].figures, 0)
SOFT = [rule for rule in RULES.values() if rule.severity == "warning"]
RECEIVED = "applications.received.total"


def report(text: str, entries: dict[str, Any] | None = None, **more: Any) -> Content:
    part = more.pop("part", "overview")
    fields: dict[str, Any] = {"edition": "2021", "year": 2023, "agency": "汐川县枫渡镇人民政府", **more}
    return Content(figures=ZEROS | (entries or {}), narrative={part: text}, **fields)


def received(number: int) -> dict[str, Any]:
    keys = ["applications.received", "applications.granted", "applications.concluded"]
    return {f"{key}.{column}": number for key in keys for column in ("natural_person", "total")}


def findings(content: Content, last_year: Content | None = None) -> list[RuleFinding]:
    return list(examine(content, last_year, SOFT).findings)


def sentence(content: Content, last_year: Content | None = None) -> str:
    (finding,) = findings(content, last_year)
    with translation.override("zh-hans"):
        return message(finding, content.edition)
