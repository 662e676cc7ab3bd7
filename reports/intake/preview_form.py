"""The form of the preview: the entry form of the edition, and whose report it is for which year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.filing.forms import ENTRY_FORMS, EntryForm, typed_as
from reports.importing.parsed import ParsedReport
from reports.intake.corrections import Correction, Corrections, figure_correction, form_of, values_read

_FIRST_YEAR, _LAST_YEAR = 2008, 2100


class IdentityForm(forms.Form):
    """Whose report it is, as the document prints it, and for which year."""

    printed_name = forms.CharField(label=_("文内机构名称"), required=False, max_length=100)
    year = forms.IntegerField(
        label=_("报告年度"),
        required=False,
        min_value=_FIRST_YEAR,
        max_value=_LAST_YEAR,
        localize=False,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _("请填四位数的年份，例如 2023。")),
    )


class PreviewForm:
    """Both forms as one: what they show, what was sent and can be kept, what cannot.

    It shows what was read, with what was corrected since in its place; with `data` what was sent instead.
    """

    def __init__(self, parsed: ParsedReport, corrections: Corrections, data: Mapping[str, Any] | None = None) -> None:
        self.read = values_read(parsed)
        self.current = {**self.read, **corrections}
        self.edition = form_of(parsed)
        self.initial = {name: _shown(each) for name, each in self.current.items() if not name.startswith("doubt.")}
        self.initial["scope_by"] = "person" if "scope_kind" in corrections else parsed.scope.by
        self.entry: EntryForm = ENTRY_FORMS[self.edition.name](data, initial=self.initial)
        self.identity = IdentityForm(data, initial=self.initial)
        self.data = data

    def typed(self, name: str) -> str:
        """What the input shows."""
        return str((self.data or {}).get(name, self.initial[name]))

    def _is_changed(self, name: str) -> bool:
        return _plain(self.typed(name)) != _plain(self.initial[name])

    @property
    def errors(self) -> dict[str, str]:
        """By input, why what was sent cannot be kept. What the file says may stay as it is, whatever it says."""
        if self.data is None:
            return {}
        faults = {**self.entry.errors, **self.identity.errors}
        return {name: " ".join(map(str, texts)) for name, texts in faults.items() if self._is_changed(name)}

    @property
    def entries(self) -> dict[str, Correction]:
        """What was sent, differs from what stands there, and can be kept."""
        sent: dict[str, Correction] = {
            key: figure_correction(number, self.entry.marks[key]) for key, number in self.entry.figures.items()
        }
        sent |= {name: Correction(text) for name, text in self.entry.texts.items()}
        sent |= {
            name: Correction(self.identity.cleaned_data[name]) for name in ("printed_name", "year") if self._kept(name)
        }
        return {
            name: self.read[name] if _plain(_shown(self.read[name])) == _plain(self.typed(name)) else correction
            for name, correction in sent.items()
            if self._is_changed(name)
        }

    @property
    def conflicts(self) -> list[tuple[str, str, str, str]]:
        """What was sent and differs from what stands there now: input, its label, what stands there, what was sent."""
        labels = {**self.entry.fields, **self.identity.fields}
        return [
            (name, str(labels[name].label), self.initial[name], self.typed(name))
            for name in self.initial
            if name in (self.data or {}) and self._is_changed(name)
        ]

    def _kept(self, name: str) -> bool:
        return name in (self.data or {}) and name not in self.identity.errors


def _shown(correction: Correction) -> str:
    if isinstance(correction.value, list):
        return "\n".join(map(str, correction.value))
    if isinstance(correction.value, str):
        return correction.value
    return typed_as(correction.number, correction.mark)


def _plain(text: str) -> str:
    """Browsers send other line ends than they were given, and forms strip what they are sent."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n"))
