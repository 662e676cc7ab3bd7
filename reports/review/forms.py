"""What the supervisor's pages send."""

from __future__ import annotations

from django import forms

MAX_KEY = 10**18 - 1
"""What a key of the database holds; a longer number is nobody's."""


def key_field(*, required: bool = True) -> forms.IntegerField:
    """A key as a page sends it."""
    return forms.IntegerField(min_value=1, max_value=MAX_KEY, required=required, localize=False)


class VersionForm(forms.Form):
    """A submitted report is published, or given back with a comment."""

    version = key_field()
    act = forms.CharField(required=False)
    comment = forms.CharField(required=False)


class UndoForm(forms.Form):
    """The act on several findings that is to be taken back."""

    undo = key_field()
