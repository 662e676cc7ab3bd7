"""The cells of the official tables. Two hundred stand on a page; drawn here they take a fraction of a template's time."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from config.language import english
from reports.originals.links import SourceLink
from reports.sheets.layout import PlacedCell
from reports.sheets.sheet import ShownFigure
from reports.templatetags.figures import place as place_in_source

register = template.Library()


@register.filter
def count_up(number: int) -> range:
    """1, 2 … as far as the number."""
    return range(1, number + 1)


@register.simple_tag
def printed_cell(cell: PlacedCell) -> SafeString:
    """A cell whose text the form prints: a heading or a label."""
    return _printed_cell(cell, english())


@lru_cache(1024)
def _printed_cell(cell: PlacedCell, in_english: bool) -> SafeString:
    around = attributes(
        class_=f"{cell.role} {place_classes(cell)}", data_column=str(cell.column), scope=cell.scope, **spans(cell)
    )
    text = (in_english and cell.text_en) or cell.text
    return mark_safe(f"<th{around}>{escape(text)}</th>")


@register.simple_tag
def figure_cell(cell: PlacedCell, figures: Mapping[str, ShownFigure], origins: Mapping[str, SourceLink]) -> SafeString:
    """A figure as readers see it: a link to its place in the source where it has one, the number of the first finding in it."""
    assert cell.figure
    of = figures[cell.figure.key]
    states = {"total": of.total, "questioned": bool(of.findings), "culprit": bool(of.anchors)}
    title = ""
    text = escape(of.shown)
    if of.look == "blank":
        title = _("未填")
        text = format_html('<span class="visually-hidden">{}</span>', title)
    elif of.place:
        title = _("原文%(place)s") % {"place": place_in_source(of.place)}
    origin = origins.get(cell.figure.key) if origins else None
    if origin and origin.href:
        text = format_html('<a class="origin" href="{}">{}</a>', origin.href, text)
    if of.anchors:
        named = " ".join([_("矛盾"), _("、").join(map(str, of.anchors))])
        more = "+" if len(of.anchors) > 1 else ""
        text += format_html(
            '<a class="finding-mark" href="#finding-{0}" aria-label="{1}">{0}{2}</a>', of.anchors[0], named, more
        )
    around = attributes(
        id=of.anchor,
        class_=" ".join(["number", of.look, *(name for name, holds in states.items() if holds)]),
        title=title,
        **spans(cell),
    )
    return mark_safe(f"<td{around}>{text}</td>")


def place_classes(cell: PlacedCell) -> str:
    """By what the styles know where a cell stands: its column, the right edge of the table, whether it names several rows."""
    group = " group" if cell.role == "label" and cell.rowspan > 1 else ""
    return f"at-{cell.column}{' last' if cell.ends_row else ''}{group}"


def spans(cell: PlacedCell) -> dict[str, int | None]:
    return {
        "colspan": cell.colspan if cell.colspan > 1 else None,
        "rowspan": cell.rowspan if cell.rowspan > 1 else None,
    }


def attributes(**values: object) -> str:
    """Attributes of an element, escaped; what is None, False or empty is left out."""
    return "".join(
        f" {name.replace('_', '-').strip('-')}" + ("" if value is True else f'="{escape(value)}"')
        for name, value in values.items()
        if value not in (None, False, "")
    )
