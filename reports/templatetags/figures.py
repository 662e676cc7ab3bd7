"""Filters for figures and for what the declared form says in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from config.language import english
from reports.models import Report, Version
from reports.sheets import sheet
from reports.standard import CURRENT, edition_for
from reports.standard.elements import Chapter

register = template.Library()


@register.filter
def printed(value: Any) -> str:
    """A number as readers see it, a mark as it was; nothing for a blank."""
    return value if isinstance(value, str) else sheet.printed(value)


@register.filter
def declared(thing: Any, attribute: str = "label") -> str:
    """The text that the declared form carries for this part, in the active language: its label, title, text or note."""
    in_english = getattr(thing, f"{attribute}_en", "") if english() else ""
    return str(in_english or getattr(thing, attribute))


@register.filter
def declared_together(things: Iterable[Any]) -> str:
    """Their names as a sentence lists them."""
    return _("、").join(map(declared, things))


@register.filter
def heading(chapter: Chapter) -> str:
    """“三、收到和处理政府信息公开申请情况”, in English “3. Applications received and handled”."""
    return declared(chapter, "heading")


@register.filter
def part_name(report: Report, part: str) -> str:
    """What a part of the text of a report is called: the heading of its chapter, or the name of its field."""
    form = edition_for(report.year) or CURRENT
    chapter = next((chapter for chapter in form.chapters if chapter.key == part), None)
    if chapter:
        return heading(chapter)
    return str(Version._meta.get_field(part).verbose_name)  # type: ignore[union-attr]


@register.filter
def place(where: Mapping[str, Any] | None) -> str:
    """Where in the source a figure was read: “第 2 张表第 3 行第 4 列”."""
    if not where:
        return ""
    parts = []
    if where.get("page"):
        parts.append(_("第 %s 页") % where["page"])
    if where.get("grid"):
        parts.append(_("第 %s 张表") % where["grid"])
    if where.get("row"):
        parts.append(_("第 %s 行") % where["row"])
    if where.get("column"):
        parts.append(_("第 %s 列") % where["column"])
    if where.get("paragraph"):
        parts.append(_("第 %s 段") % where["paragraph"])
    if where.get("typed_by"):
        # Readers are told that it was corrected, not by whom.
        parts.append(_("导入时经人工改正"))
    return _("，").join(parts)


@register.filter
def get(mapping: Mapping[Any, Any], key: Any) -> Any:
    return mapping.get(key)


@register.filter
def two_digits(year: int) -> str:
    return f"{year % 100:02}"


@register.filter
def paragraphs(text: str) -> list[str]:
    """The paragraphs of a narrative, one a line as it is stored."""
    return [line.strip() for line in text.splitlines() if line.strip()]
