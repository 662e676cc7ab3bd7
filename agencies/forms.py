"""Registering an agency on the spot, when a report comes in from one that the register does not know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agencies.access import supervises_division
from agencies.models import Agency, Division, User
from agencies.naming import normalised


class AgencyForm(forms.ModelForm):
    """Name, kind and the code of the division; the code of the agency follows from what is free there."""

    division = forms.ModelChoiceField(
        Division.objects.all(),
        label=_("所在区划代码（12 位）"),
        # The whole country is no list to choose from.
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 12}),
        error_messages={
            "invalid_choice": _("没有这个区划代码。"),
            "required": _("请填所在区划的代码。"),
        },
    )

    def __init__(
        self, by: User, data: Mapping[str, Any] | None = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.by = by

    class Meta:
        model = Agency
        fields = ["name", "division", "kind", "owes_report"]
        error_messages = {"name": {"required": _("请填机构名称。")}}

    def clean_name(self) -> str:
        return normalised(self.cleaned_data["name"])

    def clean_division(self) -> Division:
        division: Division = self.cleaned_data["division"]
        if not supervises_division(self.by, division):
            raise ValidationError(_("只能登记本级以下的机构。"))
        return division

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        division, name = cleaned.get("division"), cleaned.get("name")
        if division and name:
            if Agency.objects.filter(division=division, name=name).exists():
                self.add_error("name", _("这个机构已经登记过了。"))
            else:
                self.instance.code = Agency.objects.free_code(division)
        return cleaned
