"""The forms about dates. What is lawful is decided in `reports.deadlines.acts`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Division, Kind
from reports.lifecycle import Act
from reports.models import LocalDate

if TYPE_CHECKING:
    from django.http import QueryDict
    from django_stubs_ext import StrOrPromise

AS_TYPED = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]
"""What a date field sends, and what is typed where the browser has none."""


def day(label: StrOrPromise, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        input_formats=AS_TYPED,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "form-control"}),
        error_messages={"required": _("请填日期。"), "invalid": _("请按“2026-01-20”的样子填日期。")},
    )


def words(label: StrOrPromise, *, required: bool, rows: int = 2) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": rows, "class": "form-control"}),
        error_messages={"required": _("请写明理由。")},
    )


class LocalDateForm(forms.Form):
    """A date for the offices below, for all of them or for one kind."""

    kind = forms.ChoiceField(
        label=_("适用于"),
        required=False,
        choices=[("", _("下属全部机构")), *Kind.choices],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    due = day(_("公开期限"))
    opens = day(_("开始填报（可不填）"), required=False)
    note = forms.CharField(
        label=_("依据或说明（可不填）"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )


class RemoveDateForm(forms.Form):
    """Which of the dates of an office is taken back."""

    def __init__(self, division: Division, data: QueryDict) -> None:
        super().__init__(data)
        self.fields["date"] = forms.ModelChoiceField(LocalDate.objects.filter(division=division))


class AskForm(forms.Form):
    until = day(_("希望延至"))
    reason = words(_("理由"), required=True, rows=3)


ANSWERS = {
    "grant": Act.GRANT_EXTENSION,
    "decline": Act.DECLINE_EXTENSION,
    "withdraw": Act.WITHDRAW_EXTENSION,
}
"""What the buttons send."""


class AnswerForm(forms.Form):
    """What a supervisor does about an extension. A date and a reason are required or not according to the act."""

    act = forms.TypedChoiceField(
        choices=[(sent, sent) for sent in ANSWERS],
        coerce=ANSWERS.__getitem__,
        error_messages={"required": _("请选择一项处理。"), "invalid_choice": _("请选择一项处理。")},
    )
    until = day(_("延至"), required=False)
    reason = words(_("理由或答复"), required=False)

    @property
    def withdraws(self) -> bool:
        """Whether the extension in force is taken back: that has fields of its own on the page."""
        return ANSWERS.get(self.data.get("act", "")) == Act.WITHDRAW_EXTENSION
