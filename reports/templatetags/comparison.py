"""What the comparison prints: cells with their changes and ranks, addresses of the same choice seen otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.public.comparison.ledger import LedgerCell, ValueChange
from reports.public.comparison.query import ComparisonQuery
from reports.public.comparison.values import Quantity, YearValue
from reports.sheets.sheet import printed
from reports.standard.rates import Rate

register = template.Library()


@register.simple_tag
def address(choice: ComparisonQuery, **other: Any) -> str:
    """The query string of the choice with some of its fields changed."""
    return choice.address(**other)


@register.simple_tag
def sorted_by(choice: ComparisonQuery, column: object) -> str:
    """The address of the same table in the order of that column, the other way round if it is in that order already."""
    first, second = (f"{column}", f"-{column}") if column == "name" else (f"-{column}", f"{column}")
    return choice.address(sort=second if choice.sort == first else first)


@register.filter
def direction(choice: ComparisonQuery, column: object) -> str:
    """How the table is ordered by that column, as `aria-sort` says it; nothing if it is not."""
    return {str(column): "ascending", f"-{column}": "descending"}.get(choice.sort, "")


@register.filter
def what_is_missing(reported: YearValue) -> str:
    """Why there is no number, in words; nothing where there is one."""
    return {
        "missing": _("没有报告"),
        "incomparable": _("当年格式没有这一项"),
        "blank": _("未填"),
        "mark": _("未填数字"),
        "few": _("件数少，只列件数"),
        "contradictory": _("部分大于总数，原表有误"),
    }.get(reported.state, "")


@register.simple_tag
def said(reported: YearValue) -> SafeString:
    """The number, else what stands for it."""
    if reported.value is not None:
        return format_html(
            '<span class="{}">{}</span>', "zero" if reported.state == "zero" else "figure", reported.shown
        )
    why = what_is_missing(reported)
    if reported.shown:
        return format_html('<span class="counts {}" title="{}">{}</span>', reported.state, why, reported.shown)
    return format_html(
        '<span class="void {0}" title="{1}"><span class="visually-hidden">{1}</span></span>', reported.state, why
    )


@register.simple_tag
def cell(entry: LedgerCell, quantity: Quantity, shaded: bool = False) -> SafeString:
    """A cell with the change from the year before and the rank, or shaded by its size."""
    reported = entry.reported
    shade = f" shade-{entry.shade}" if shaded and entry.shade is not None else ""
    below: SafeString | str = ""
    # That a zero is still a zero is said by the zero, and nobody is first or seventh by having none.
    if not shaded and (reported.value or (entry.change and entry.change.difference)):
        below = format_html(
            '<span class="below">{}{}</span>',
            changed(entry.change, quantity),
            format_html('<span class="rank">{}</span>', _("第 %s") % entry.rank)
            if entry.rank and reported.value
            else "",
        )
    return format_html('<td class="number{}"{}>{}{}</td>', shade, _for_charts(reported), said(reported), below)


@register.simple_tag
def share_cell(reported: YearValue) -> SafeString:
    """A cell that holds nothing but the rate, or the counts in its place."""
    return format_html('<td class="number"{}>{}</td>', _for_charts(reported), said(reported))


def _for_charts(reported: YearValue) -> SafeString:
    """A chart is drawn from `data-value`, and names what it cannot draw by `data-gap`."""
    if reported.value is None:
        return format_html(' data-gap="{}"', what_is_missing(reported))
    return format_html(' data-value="{}"', reported.value)


@register.simple_tag
def cell_of(entry: LedgerCell, quantities: Sequence[Quantity], place: int) -> SafeString:
    """A cell of a table whose columns are quantities."""
    return cell(entry, quantities[place])


@register.simple_tag
def overall(change: ValueChange | None, quantity: Quantity) -> SafeString:
    """The change from the first year to the last."""
    return format_html("{}", _in_words(change, quantity) if change else "—")


@register.filter
def sorted_quantity(choice: ComparisonQuery) -> Quantity:
    """The column that a table of one year is ordered by; the first one where it is ordered by name."""
    column = choice.sort.removeprefix("-")
    return next((quantity for quantity in choice.quantities if quantity.key == column), choice.quantities[0])


def changed(change: ValueChange | None, quantity: Quantity) -> SafeString | str:
    """“+3（+50%）”; for rates in percentage points."""
    if change is None:
        return ""
    words = _in_words(change, quantity)
    return format_html('<span class="change"><span class="visually-hidden">{} </span>{}</span>', _("比上年"), words)


def _in_words(change: ValueChange, quantity: Quantity) -> str:
    words = _signed(change.difference)
    if isinstance(quantity, Rate):
        return _("%s 个百分点") % words
    if change.percent is not None:
        return _("%(difference)s（%(percent)s%%）") % {"difference": words, "percent": _signed(change.percent)}
    return words


def _signed(number: Any) -> str:
    if not number:
        return "±0"
    return f"{'+' if number > 0 else '−'}{printed(abs(number))}"


@register.filter
def tens(number: int) -> int:
    """Rounded up to the next ten."""
    return -(-number // 10) * 10
