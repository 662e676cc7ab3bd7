"""What the page of take-downs sends, and what it may offer to whom."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agencies.models import User
from reports.filing.current_version import current_version
from reports.lifecycle import Act
from reports.lifecycle.permissions import Answer, answers, parties_of
from reports.models import Report

LOOK = "look"


class TakeDownForm(forms.Form):
    """What a button of the page sends; `words` and `everywhere` are for a redaction."""

    act = forms.ChoiceField(choices=[(name, name) for name in (LOOK, Act.REDACT, Act.TAKE_DOWN, Act.LIFT)])
    words = forms.CharField(required=False, strip=False, max_length=400)
    reason = forms.CharField(required=False, max_length=1000)
    everywhere = forms.BooleanField(required=False)
    confirmed = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or {}
        if sent.get("act") in (Act.REDACT, Act.TAKE_DOWN) and not sent.get("confirmed"):
            self.add_error("confirmed", _("请先勾选，确认已经看清楚。"))
        return sent

    def add_errors(self, invalid: ValidationError) -> None:
        """What an act refuses, beside the field that it names."""
        for field, problems in invalid.update_error_dict({}).items():
            for problem in problems:
                self.add_error(field if field in self.fields else None, problem)


def takedown_answers(user: User, report: Report) -> dict[Act, Answer]:
    """What somebody may do: words are redacted in what is in work, too; taken down, or put back, is what is or was public."""
    own = parties_of(user, report.agency)
    redacting = answers(own, report.agency, current_version(report.agency, report.year))[Act.REDACT]
    return answers(own, report.agency, report.published or report.taken_down) | {Act.REDACT: redacting}
