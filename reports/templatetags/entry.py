"""The cells of the entry form. Two hundred stand on a page; drawn here they take a third of a template's time."""

from __future__ import annotations

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from reports.filing.entry_table import NumberedEquationLine, Typed
from reports.sheets.sheet import EquationLine

register = template.Library()


def _attributes(**values: object) -> str:
    """Attributes of an element, escaped; what is None, False or empty is left out."""
    return "".join(
        f" {name.replace('_', '-').strip('-')}" + ("" if value is True else f'="{escape(value)}"')
        for name, value in values.items()
        if value not in (None, False, "")
    )


def _spans(typed: Typed) -> dict[str, object]:
    grid = typed.cell.grid
    return {
        "colspan": grid.colspan if grid.colspan > 1 else None,
        "rowspan": grid.rowspan if grid.rowspan > 1 else None,
    }


@register.simple_tag
def heading(typed: Typed) -> SafeString:
    """A printed cell: heading or label."""
    grid = typed.cell.grid
    direction, spans = ("row", grid.rowspan) if grid.role == "label" else ("col", grid.colspan)
    scope = f"{direction}group" if spans > 1 else direction
    classes = f"{grid.role} at-{typed.cell.column} {typed.classes}".strip()
    attributes = _attributes(class_=classes, data_column=str(typed.cell.column), scope=scope, **_spans(typed))
    return mark_safe(f"<th{attributes}>{escape(typed.text)}</th>")


@register.simple_tag
def entry(typed: Typed, readonly: bool = False) -> SafeString:
    """An input in its cell, with the numbers of the findings printed there and the error of what was typed."""
    assert typed.value is not None
    key = typed.value.figure.key
    cell = _attributes(
        class_=f"cell {typed.classes}".strip(),
        data_last=typed.last,
        **_spans(typed),
    )
    notes = [_("退回意见：%(comment)s") % {"comment": typed.pin} if typed.pin else "", typed.note]
    if typed.last:
        notes.append(_("上年：%(last)s") % {"last": typed.last})
    if typed.origin.note:
        notes.append(typed.origin.note)
    if typed.proposed and not typed.origin.proposed:
        notes.append(_("按上年报告建议填 %(number)s") % {"number": typed.proposed})
    control = _attributes(
        name=key,
        id=key,
        value=typed.text,
        inputmode="numeric" if not typed.value.figure.column.decimal else "decimal",
        autocomplete="off",
        data_column=str(typed.cell.column),
        aria_label=typed.label,
        title="\n".join(note for note in notes if note),
        placeholder=typed.proposed,
        readonly=readonly,
        aria_invalid="true" if typed.error else None,
        aria_describedby=f"error-{key}",
    )
    title = escape(_("查看这一处"))
    marks = "".join(
        f'<a class="mark" href="#finding-{number}" tabindex="-1" title="{title}">{number}</a>'
        for number in typed.value.anchors
    )
    leads = _attributes(href=typed.origin.href, title=_("看原文中的位置"), aria_label=_("原文：%s") % typed.label)
    # Not a stop of its own for the tabulator, which would double the way through the table; Alt+O follows it.
    origin = f'<a class="origin" tabindex="-1"{leads}></a>' if typed.origin.href else ""
    error = f'<span class="cell-error" id="error-{escape(key)}">{escape(typed.error)}</span>'
    return mark_safe(f"<td{cell}><input{control}>{marks}{origin}{error}</td>")


@register.simple_tag
def equation_line(numbered: NumberedEquationLine, beside: bool = False) -> SafeString:
    """An equation with its two sides."""
    of = numbered.equation_line
    attributes = _attributes(
        class_=f"equation{' beside' * beside}{' quiet' * of.quiet}",
        colspan=of.span if of.span > 1 else None,
        data_equation=str(numbered.number),
        data_state=of.verdict,
    )
    words = "" if numbered.untouched else _words(of)
    return mark_safe(f"<td{attributes}>{escape(words)}</td>")


def _words(of: EquationLine) -> str:
    if of.quiet:
        return "✓"
    if of.verdict == "balanced":
        return f"{of.left} = {of.right} ✓"
    if of.verdict == "undecided":
        return _("待填")
    if not of.difference:
        return f"{of.left} ≠ {of.right}"
    words = {"left": of.left, "right": of.right, "difference": of.difference}
    return _("%(left)s ≠ %(right)s，差 %(difference)s") % words
