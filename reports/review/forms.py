"""What the supervisor's pages send."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import User
from reports.lifecycle import Act
from reports.models import Action, Decision

MAX_KEY_LENGTH = 18
MAX_KEY = 10**MAX_KEY_LENGTH - 1
"""What a key of the database holds; a longer number is nobody's."""


def is_key(sent: str) -> bool:
    """Whether what was sent can be a key."""
    return sent.isdecimal() and len(sent) <= MAX_KEY_LENGTH


def key_field(*, required: bool = True) -> forms.IntegerField:
    """A key as a page sends it."""
    return forms.IntegerField(min_value=1, max_value=MAX_KEY, required=required, localize=False)


class VersionForm(forms.Form):
    """A submitted report is published, or given back with a comment."""

    version = key_field()
    act = forms.ChoiceField(choices=[(act.value, act.value) for act in (Act.PUBLISH, Act.RETURN)])
    comment = forms.CharField(required=False)
    revision = forms.CharField(required=False, empty_value=None)


class UndoForm(forms.Form):
    """The act on several findings that is to be taken back."""

    undo = key_field()


class SeenDecisionsField(forms.Field):
    """Findings, each sent as `key:decision` with the decision that the page showed; cleaned, the decisions by key.

    What is no key of a finding is left out.
    """

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Iterable[str] | None) -> dict[int, str]:
        pairs = (ticked.partition(":") for ticked in value or ())
        return {int(key): decision for key, _colon, decision in pairs if is_key(key)}


ACTS = {
    Decision.ACCEPTED.value: gettext_lazy("认可说明"),
    Decision.CONFIRMED.value: gettext_lazy("确认有误"),
    Decision.DISMISSED.value: gettext_lazy("不是问题"),
    Action.ASSIGNED.value: gettext_lazy("分派"),
}
"""What may be done with a finding, in the words of its button."""


@dataclass(frozen=True)
class FindingAct:
    """What is to be done with findings: a decision with its reason, or, where there is none, given to `assignee`; to nobody
    where that is None."""

    decision: Decision | None
    reason: str = ""
    assignee: User | None = None


class FindingActForm(forms.Form):
    """A decision or an assignment, whatever findings it is about. `seen` is the decision that the page of one finding showed."""

    act = forms.ChoiceField(
        choices=list(ACTS.items()),
        error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("请选择要怎样处理。")),
    )
    reason = forms.CharField(required=False)
    assignee = forms.CharField(required=False)
    seen = forms.CharField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        act = cleaned.get("act")
        if act == Action.ASSIGNED:
            cleaned["finding_act"] = FindingAct(None, assignee=self._assignee())
        elif act:
            if cleaned.get("reason") == "" and act != Decision.ACCEPTED:
                self.add_error("reason", _("请说明理由。"))
            cleaned["finding_act"] = FindingAct(Decision(act), cleaned.get("reason", ""))
        return cleaned

    def _assignee(self) -> User | None:
        """To whom they are given. Whether he supervises each of the agencies is asked for each."""
        key = self.cleaned_data.get("assignee")
        if not key:
            return None
        person = User.objects.filter(pk=int(key)).first() if is_key(key) else None
        if person is None:
            self.add_error("assignee", _("请选择分派给谁。"))
        return person

    @property
    def error_text(self) -> str:
        return " ".join(str(text) for texts in self.errors.values() for text in texts)


class QueueActForm(FindingActForm):
    """The same with the findings that were ticked in the queue, or all that match: `matching` is how many the page said they
    were."""

    finding = SeenDecisionsField(required=False)
    all = forms.BooleanField(required=False)
    matching = forms.IntegerField(required=False, localize=False)
