"""What the buttons of the entry form send beside its cells and texts."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from reports.lifecycle import Act

FILING_ACTS = frozenset({Act.SAVE, Act.SEND, Act.SUBMIT, Act.WITHDRAW, Act.RETURN, Act.CORRECT})
ENTERING_BUTTONS = frozenset({"fill", "accept", "outline", "totals", "mend"})
"""They enter something: zeros or last year's values where nothing stands, a chapter's headings, totals, a correction."""


class ActionForm(forms.Form):
    """Which button was pressed, and what was written for it. A button may name a part of the form: `outline.overview`.

    All of it may be missing: whoever presses Enter saves.
    """

    act = forms.CharField(required=False, empty_value=Act.SAVE.value)
    zero_meant = forms.BooleanField(required=False)
    reason = forms.CharField(required=False)
    comment = forms.CharField(required=False)

    data: QueryDict

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.full_clean()

    def clean_act(self) -> str:
        act: str = self.cleaned_data["act"]
        if act.partition(".")[0] not in FILING_ACTS | ENTERING_BUTTONS:
            raise ValidationError(_("没有这样的操作。"), "unknown_act")
        return act

    @property
    def button(self) -> str:
        return str(self.cleaned_data["act"]).partition(".")[0]

    @property
    def part(self) -> str:
        """The part of the form that the button named, empty where it named none."""
        return str(self.cleaned_data["act"]).partition(".")[2]

    @property
    def wanted(self) -> Act:
        """The act of the lifecycle that the button asks for; one that enters something saves."""
        return Act(self.button) if self.button in FILING_ACTS else Act.SAVE

    @property
    def seen(self) -> str | None:
        """The revision that the page showed; None where it showed none."""
        return self.data.get("revision")

    @property
    def pins(self) -> list[tuple[str, str]]:
        """The comments on single places, as they were written, each with its place, which may be missing."""
        return list(zip(self.data.getlist("pin_at"), self.data.getlist("pin_text"), strict=False))

    def comments(self) -> tuple[str, dict[str, str]]:
        """The comment on the whole, and those on single places. What names no place belongs to the whole."""
        whole = [self.cleaned_data["comment"]]
        pins: dict[str, str] = {}
        for at, text in ((at, text.strip()) for at, text in self.pins):
            if at and text:
                pins[at] = f"{pins[at]}\n{text}" if at in pins else text
            else:
                whole.append(text)
        return "\n".join(filter(None, whole)), pins

    def reason_for(self, finding: int) -> str:
        """The reason given for a soft finding, by its key."""
        return self.data.get(f"reason.{finding}", "").strip()

    def takes_theirs(self, name: str) -> bool:
        """Whether of two values of an input the stored one is to stay."""
        return self.data.get(f"take.{name}") == "theirs"
