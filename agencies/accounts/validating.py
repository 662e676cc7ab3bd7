"""What is asked of a chosen password beyond what Django asks, and what Django does not say in Chinese."""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """Django's own, in the reader's language: its Chinese catalogue has no word for this fault."""

    def get_error_message(self) -> str:
        return _("密码太短，至少要 %(shortest)d 个字符。") % {"shortest": self.min_length}
