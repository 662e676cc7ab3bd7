"""What the buttons of the entry form send beside its cells and texts."""

from __future__ import annotations

from django import forms
from django.http import QueryDict

from reports.lifecycle import Act


class ActionForm(forms.Form):
    """Which button was pressed, and what was written for it. A button may name a part of the form: `outline.overview`.

    All of it may be missing: whoever presses Enter saves.
    """

    act = forms.CharField(required=False)
    zero_meant = forms.BooleanField(required=False)
    reason = forms.CharField(required=False)
    comment = forms.CharField(required=False)

    data: QueryDict

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.full_clean()
        sent: str = self.cleaned_data.get("act") or Act.SAVE
        self.button, _dot, self.part = sent.partition(".")

    @property
    def wanted(self) -> Act:
        """The act of the lifecycle that the button asks for; whatever is no other saves."""
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


FILING_ACTS = frozenset({Act.SAVE, Act.SEND, Act.SUBMIT, Act.WITHDRAW, Act.RETURN, Act.CORRECT})
