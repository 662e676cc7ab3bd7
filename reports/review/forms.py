"""What the supervisor's pages send."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

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
    act = forms.CharField(required=False)
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


class TickedForm(forms.Form):
    """The findings that were ticked in the queue, or whether all that match were asked for."""

    finding = SeenDecisionsField(required=False)
    all = forms.BooleanField(required=False)
