"""One sentence on what a standard table says, derived from its figures."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from config.language import pick
from reports.sheets.sheet import printed
from reports.standard.both_editions import CARRIED_IN, CARRIED_OUT, CONCLUDED, RECEIVED
from reports.standard.elements import Figure, Row, Table
from reports.standard.measures import HEADLINES

Number = int | Decimal
Figures = Mapping[str, Number | None]
MAX_ITEMS = 6
NUMBERING = re.compile(r"^(（.）|\(\d+\)|\d+\.)\s*|\s*（.*）$|\s*\(where.*\)$")


def summary(table: Table, figures: Figures) -> str:
    """“本年新收 1 件，予以公开 1 件，无结转。” and its like for the other two tables."""
    if all(figures.get(figure.key) is None for figure in table.figures()):
        return _("本表没有填写。")
    sentences: dict[str, Callable[[Table, Figures], str]] = {
        "stacked": _what_is_not_zero,
        "matrix": _applications,
        "side_by_side": _proceedings,
    }
    return sentences[table.shape](table, figures)


def _name(label: str, label_en: str) -> str:
    return NUMBERING.sub("", pick(label, label_en))


def _inside(name: str) -> str:
    """A name within a sentence: English ones stand in capitals only on their own."""
    return name[:1].lower() + name[1:]


def _items(items: list[str]) -> str:
    return _("，").join(items)


def _what_is_not_zero(table: Table, figures: Figures) -> str:
    filled = [figure for figure in table.figures() if figures.get(figure.key)]
    if not filled:
        return _("本表各项均为零。")
    rows: dict[str, list[str]] = {}
    for figure in filled[:MAX_ITEMS]:
        name = _name(figure.row.label, figure.row.label_en)
        rows.setdefault(name, []).append(_amount(figure, figures))
    items = [_("%(row)s%(amounts)s") % {"row": row, "amounts": _("、").join(rows[row])} for row in rows]
    listed = pgettext("between the rows of a table", "，").join(items)
    if len(filled) > MAX_ITEMS:
        return _("%(items)s，等 %(count)s 项。") % {"items": listed, "count": len(filled)}
    return _("%(items)s，其余为零。") % {"items": listed}


def _amount(figure: Figure, figures: Figures) -> str:
    return _("%(column)s %(value)s") % {
        "column": _inside(_name(figure.column.label, figure.column.label_en)),
        "value": printed(figures[figure.key]),
    }


def _applications(table: Table, figures: Figures) -> str:
    def total(row: Row) -> Number | None:
        return figures.get(f"{table.key}.{row.key}.total")

    received, carried_in, carried_out = total(RECEIVED), total(CARRIED_IN), total(CARRIED_OUT)
    items = [_("本年新收未填") if received is None else _("本年新收 %s 件") % printed(received)]
    if carried_in:
        items.append(_("上年结转 %s 件") % printed(carried_in))
    for name, value in _outcomes(table, figures).items():
        items.append(_("%(what)s %(count)s 件") % {"what": name, "count": printed(value)})
    items.append(
        _("结转未填")
        if carried_out is None
        else _("结转下年 %s 件") % printed(carried_out)
        if carried_out
        else _("无结转")
    )
    return _("%s。") % _items(items)


def _outcomes(table: Table, figures: Figures) -> dict[str, Number]:
    """How many applications ended in which way, the single reasons taken together; what never occurred is left out."""
    counts: dict[str, Number] = {}
    for row in table.blocks[0].rows:
        key = f"{table.key}.{row.key}.total"
        if not row.groups or row is CONCLUDED or not figures.get(key):
            continue
        label, label_en = (row.groups[1], row.groups_en[1]) if len(row.groups) > 1 else (row.label, row.label_en)
        name = _inside(_name(label, label_en))
        counts[name] = counts.get(name, 0) + (figures[key] or 0)
    return counts


def _proceedings(table: Table, figures: Figures) -> str:
    items = []
    for block in table.blocks:
        (row,) = block.rows
        total = figures.get(f"{table.key}.{row.key}.total")
        name = _name(row.label, row.label_en)
        if total is None:
            items.append(_("%s未填") % name)
            continue
        if not total:
            continue
        parts = [
            f"{_inside(_name(column.label, column.label_en))} {printed(figures[key])}"
            for column in block.columns
            if column.key != "total" and figures.get(key := f"{table.key}.{row.key}.{column.key}")
        ]
        item = _("%(what)s %(count)s 件") % {"what": name, "count": printed(total)}
        items.append(item + (_("（%s）") % _("、").join(parts) if parts else ""))
    return _("%s。") % _items(items) if items else _("没有%(first)s，没有%(second)s。") % _kinds_of_proceedings()


def _kinds_of_proceedings() -> dict[str, str]:
    first, second = (HEADLINES[key] for key in ("reconsideration", "litigation"))
    return {
        "first": _inside(pick(first.label, first.label_en)),
        "second": _inside(pick(second.label, second.label_en)),
    }
