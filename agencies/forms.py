"""Registering an agency on the spot, when a report comes in from one that the register does not know."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Division
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

    class Meta:
        model = Agency
        fields = ["name", "division", "kind", "owes_report"]
        error_messages = {"name": {"required": _("请填机构名称。")}}

    def clean_name(self) -> str:
        return normalised(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        division, name = cleaned.get("division"), cleaned.get("name")
        if division and name:
            if Agency.objects.filter(division=division, name=name).exists():
                self.add_error("name", _("这个机构已经登记过了。"))
            else:
                self.instance.code = Agency.objects.free_code(division)
        return cleaned
