"""The cells of the entry form, as those of `sheets`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from config.language import english
from reports.filing.entry_table import CellInput
from reports.sheets.layout import PlacedCell
from reports.sheets.sheet import EquationLine
from reports.templatetags.sheets import attributes, place_classes, spans

register = template.Library()


@register.simple_tag
def cell_input(cell: PlacedCell, inputs: Mapping[str, CellInput], readonly: bool = False) -> SafeString:
    """The input of a cell, with the numbers of the findings printed there and the error of what was typed."""
    assert cell.figure
    key = cell.figure.key
    of = inputs[key]
    notes = [_("退回意见：%(comment)s") % {"comment": of.pin} if of.pin else "", of.note]
    if of.last:
        notes.append(_("上年：%(last)s") % {"last": of.last})
    if of.origin.note:
        notes.append(of.origin.note)
    if of.proposed and not of.origin.proposed:
        notes.append(_("按上年报告建议填 %(number)s") % {"number": of.proposed})
    control = attributes(
        value=of.text,
        title="\n".join(note for note in notes if note),
        placeholder=of.proposed,
        readonly=readonly,
        aria_invalid="true" if of.error else None,
    )
    marks = "".join(_mark(number) for number in of.shown.anchors)
    origin = ""
    if of.origin.href:
        leads = attributes(href=of.origin.href, title=_("看原文中的位置"), aria_label=_("原文：%s") % of.label)
        # Not a stop of its own for the tabulator, which would double the way through the table; Alt+O follows it.
        origin = f'<a class="origin" tabindex="-1"{leads}></a>'
    error = f'<span class="cell-error" id="error-{escape(key)}">{escape(of.error)}</span>'
    around = attributes(class_=f"cell {place_classes(cell)} {of.classes}", data_last=of.last, **spans(cell))
    return mark_safe(f"<td{around}><input{_fixed_attributes(cell, english())}{control}>{marks}{origin}{error}</td>")


def _mark(number: int) -> SafeString:
    title = _("查看这一处")
    return format_html('<a class="mark" href="#finding-{0}" tabindex="-1" title="{1}">{0}</a>', number, title)


@lru_cache(1024)
def _fixed_attributes(cell: PlacedCell, in_english: bool) -> str:
    """Those that say what is typed in the cell, whatever that is."""
    assert cell.figure
    return attributes(
        name=cell.figure.key,
        id=cell.figure.key,
        inputmode="decimal" if cell.figure.column.decimal else "numeric",
        autocomplete="off",
        data_column=str(cell.column),
        aria_label=cell.figure.label_en if in_english else cell.figure.label,
        aria_describedby=f"error-{cell.figure.key}",
    )


@register.simple_tag
def equation_line(line: EquationLine, beside: bool = False) -> SafeString:
    """An equation with its two sides."""
    around = attributes(
        class_=f"equation{' beside' * beside}{' quiet' * line.quiet}",
        colspan=line.placed.colspan if line.placed.colspan > 1 and not beside else None,
        data_equation=str(line.placed.number),
        data_state=line.verdict,
    )
    # Where nothing is filled in there is nothing to say yet.
    return mark_safe(f"<td{around}>{'' if line.untouched else escape(_words(line))}</td>")


def _words(line: EquationLine) -> str:
    if line.quiet:
        return "✓"
    if line.verdict == "balanced":
        return f"{line.left} = {line.right} ✓"
    if line.verdict == "undecided":
        return _("待填")
    if not line.difference:
        return f"{line.left} ≠ {line.right}"
    words = {"left": line.left, "right": line.right, "difference": line.difference}
    return _("%(left)s ≠ %(right)s，差 %(difference)s") % words
