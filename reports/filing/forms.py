"""The entry form: one generated class per edition, an input for every figure, named by its key.

Figures are read as people type them: full-width digits, thousands separators, a unit behind the number, a mark instead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.language import pick_lazy
from reports.importing.cell_values import read_cell_value
from reports.importing.text_length import too_long
from reports.models import ScopeKind, Version
from reports.standard import EDITIONS, NARRATIVE_PARTS
from reports.standard.elements import Edition, Figure

Number = int | Decimal

MAX_COUNT_LENGTH = 9
"""Digits of a count: what fits the column of the database, and more than any agency has had."""
MAX_AMOUNT_LENGTH, DECIMAL_PLACES = 12, 6

CONTACT = ("contact_address", "contact_postcode", "contact_phone", "website")
ENTERED_TEXTS = (*NARRATIVE_PARTS, *CONTACT, "scope_kind", "scope_units", "scope_quote")

_SCIENTIFIC = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?e[+-]?[0-9]+", re.IGNORECASE)
# The site itself prints long numbers in groups set apart by thin spaces, and what it prints may be pasted back.
_THIN_SPACES = dict.fromkeys(map(ord, "\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}"))


@dataclass(frozen=True)
class Entry:
    """What a cell holds: a number, or none and the mark that stands there instead."""

    number: Number | None = None
    mark: str = ""


def read_entry(typed: str, figure: Figure) -> Entry:
    """The entry that was typed. Raises ValidationError, naming what was typed and what to do, where it is none."""
    text = typed.translate(_THIN_SPACES).strip()
    value = read_cell_value(text)
    if value.kind == "blank":
        return Entry()
    if value.kind == "mark":
        return Entry(mark=value.text)
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 30 else value.number
    named = {"typed": typed.strip()[:40]}
    if number is None:
        if _SCIENTIFIC.fullmatch(value.text):
            raise ValidationError(_("“%(typed)s”请写成普通数字，不用科学计数法。"), "scientific", named)
        if value.kind == "glued" and len(value.text) <= MAX_AMOUNT_LENGTH:
            raise ValidationError(_("“%(typed)s”像是几个数连在一起，请只填一个数。"), "glued", named)
        if value.kind == "words":
            raise ValidationError(_("“%(typed)s”不是数字。请填数字，没有的填 0。"), "not_a_number", named)
    elif value.unit and value.unit != figure.column.unit and figure.column.decimal:
        raise ValidationError(_("“%(typed)s”的单位与本表不同，请换算后只填数字。"), "unit", named)
    elif number < 0 and not figure.column.signed:
        raise ValidationError(_("“%(typed)s”是负数，这一格不能小于 0。"), "negative", named)
    elif not figure.column.decimal and number != int(number):
        raise ValidationError(_("“%(typed)s”不是整数，这一格只能填整数。"), "fractional", named)
    elif figure.column.decimal and number != round(number, DECIMAL_PLACES):
        raise ValidationError(
            _("“%(typed)s”小数太长，最多 %(digits)s 位。"), "precise", named | {"digits": DECIMAL_PLACES}
        )
    digits = MAX_AMOUNT_LENGTH if figure.column.decimal else MAX_COUNT_LENGTH
    if number is None or abs(number) >= 10**digits:
        raise ValidationError(_("“%(typed)s”太大，最多 %(digits)s 位。"), "too_large", named | {"digits": digits})
    return Entry(number if figure.column.decimal else int(number))


def typed_as(number: Number | None, mark: str = "") -> str:
    """The text of a cell in the form, which reads back as the same entry."""
    if number is None:
        return mark
    return f"{number.normalize():f}" if isinstance(number, Decimal) else str(number)


class FigureField(forms.Field):
    """One cell of the form; its value is an `Entry`."""

    def __init__(self, figure: Figure) -> None:
        super().__init__(required=False, label=pick_lazy(figure.label, figure.label_en))
        self.figure = figure

    def to_python(self, value: Any) -> Entry:
        return read_entry(value or "", self.figure)


class ProseField(forms.CharField):
    """Text of several lines; browsers send other line ends than they were given."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")

    def validate(self, value: str) -> None:
        super().validate(value)
        if reason := too_long(value, self.label):
            raise ValidationError(reason, "too_long")


class EntryForm(forms.Form):
    """What every edition asks for beside its figures and its chapters. What is in order can be stored whatever the rest holds."""

    edition: Edition

    preamble = ProseField(label=_("前言"), required=False)
    notes = ProseField(label=_("表格说明"), required=False)
    contact_address = forms.CharField(label=_("联系地址"), required=False, max_length=200)
    contact_postcode = forms.RegexField(
        r"^\d{6}$", label=_("邮政编码"), required=False, error_messages={"invalid": _("邮政编码是 6 位数字。")}
    )
    contact_phone = forms.CharField(label=_("联系电话"), required=False, max_length=60)
    website = forms.CharField(label=_("电子版网址"), required=False, max_length=200)
    scope_kind = forms.ChoiceField(label=_("统计范围"), required=False, choices=ScopeKind.choices)
    scope_units = forms.CharField(label=_("统计单位"), required=False)
    scope_quote = ProseField(label=_("统计范围说明"), required=False)

    def clean_scope_kind(self) -> str:
        return self.cleaned_data["scope_kind"] or ScopeKind.UNKNOWN

    def clean_scope_units(self) -> list[str]:
        return [unit for line in self.cleaned_data["scope_units"].splitlines() if (unit := line.strip())]

    def clean(self) -> None:
        # What a file has in a cell instead of a number may stay until somebody changes it; the checks name it.
        untouched = [key for key in self.errors if self.data.get(key) == self.initial.get(key)]
        for key in untouched:
            if key in self.edition.figures:
                del self.errors[key]

    def _sent(self, name: str) -> bool:
        # A request that leaves an input out says nothing about it; only a blank one blanks the cell.
        return self.is_bound and name in self.data and name not in self.errors and name in self.cleaned_data

    @property
    def figures(self) -> dict[str, Number | None]:
        """The figures that were sent and can be read."""
        return {key: self.cleaned_data[key].number for key in self.edition.figures if self._sent(key)}

    @property
    def marks(self) -> dict[str, str]:
        """The marks among them; the empty one where a cell bears none."""
        return {key: self.cleaned_data[key].mark for key in self.edition.figures if self._sent(key)}

    @property
    def texts(self) -> dict[str, Any]:
        """The narrative, contact and scope fields that were sent and can be stored."""
        return {name: self.cleaned_data[name] for name in ENTERED_TEXTS if self._sent(name)}

    def typed(self, name: str) -> str:
        """What the input shows: as it was typed, else as it was stored."""
        if self.is_bound and name in self.data:
            return str(self.data[name])
        return str(self.initial.get(name, ""))

    def figure(self, key: str) -> Number | None:
        """The number of a cell as it stands in the form; None where it holds none or cannot be read."""
        try:
            return read_entry(self.typed(key), self.edition.figures[key]).number
        except ValidationError:
            return None


def _entry_form(edition: Edition) -> type[EntryForm]:
    fields: dict[str, Any] = {key: FigureField(figure) for key, figure in edition.figures.items()}
    fields |= {
        chapter.key: ProseField(label=pick_lazy(chapter.heading, chapter.heading_en), required=False)
        for chapter in edition.prose
    }
    return type(f"EntryForm{edition.name}", (EntryForm,), {"__module__": __name__, "edition": edition, **fields})


ENTRY_FORMS: dict[str, type[EntryForm]] = {name: _entry_form(edition) for name, edition in EDITIONS.items()}


def entry_form(version: Version, data: Any = None) -> EntryForm:
    """The form of a version, showing what is stored; with `data` what was sent instead.

    Raises KeyError for a version without tables, which has no form.
    """
    figures = version.figures
    initial: dict[str, Any] = {key: typed_as(number, version.marks.get(key, "")) for key, number in figures.items()}
    initial |= {name: getattr(version, name) for name in ENTERED_TEXTS}
    initial["scope_units"] = "\n".join(version.scope_units)
    initial["scope_by"] = version.scope_by
    return ENTRY_FORMS[version.edition](data, initial=initial)


class OfficialForm(forms.Form):
    """Where and when the agency made the report public itself."""

    official_url = forms.URLField(
        label=_("公开网址"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "form-control"}),
        error_messages={"invalid": _("这不像一个网址。请从浏览器的地址栏复制。")},
    )
    official_on = forms.DateField(
        label=_("公开日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%Y年%m月%d日", "%Y.%m.%d", "%Y/%m/%d"],
        error_messages={"invalid": _("请填日期，如 2026-01-31。")},
    )
