"""What is typed about accounts: a spreadsheet, a successor, a new password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agencies.accounts.spreadsheet import AccountRows, UnreadableSpreadsheet, read_rows


class SpreadsheetForm(forms.Form):
    file = forms.FileField(
        label=_("账号表（xlsx 或 csv）"),
        error_messages={"required": _("请选择文件。"), "empty": _("这个文件是空的。")},
    )

    def clean_file(self) -> AccountRows:
        try:
            return read_rows(self.cleaned_data["file"].read())
        except UnreadableSpreadsheet as unreadable:
            raise ValidationError(str(unreadable)) from unreadable


class SuccessorForm(forms.Form):
    """Whoever takes over an account."""

    person = forms.CharField(label=_("接替的人"), max_length=60, error_messages={"required": _("请填姓名。")})
    email = forms.EmailField(
        label=_("电子邮箱（可不填）"), required=False, error_messages={"invalid": _("电子邮箱写得不对。")}
    )
    phone = forms.CharField(label=_("电话（可不填）"), required=False, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"


class NewPasswordMixin:
    """Refuses the password that is to be replaced."""

    user: Any
    cleaned_data: dict[str, Any]

    def clean_new_password1(self) -> str:
        password: str = self.cleaned_data["new_password1"]
        if self.user.check_password(password):
            raise ValidationError(_("新密码与现在的密码相同，请换一个。"))
        return password


class OwnPasswordForm(NewPasswordMixin, PasswordChangeForm):
    """For somebody who has been here before: the old password first."""


class FirstPasswordForm(NewPasswordMixin, SetPasswordForm):
    """For somebody who has just signed in with a one-time password."""
