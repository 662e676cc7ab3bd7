"""What the buttons of the preview send, and what is decided there beside the content of the report."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.http import QueryDict

from reports.intake.corrections import Correction, doubt_name, figure_correction
from reports.intake.preview import ImportReview
from reports.intake.stored_comparison import Side, StoredComparison, read_choices


class Button(StrEnum):
    SAVE = "save"
    CONFIRM = "confirm"
    DISCARD = "discard"
    CREATE = "create"
    PROPOSE = "propose"
    SETTLE = "settle"
    REOPEN = "reopen"
    TAKE_ALL = "take.all"


@dataclass(frozen=True)
class PreviewAction:
    """The button that was pressed. `target` is what it is about: the figure, or the start of the keys of several, whose
    proposals are taken over; the doubt that is settled or reopened; the side of which everything is taken."""

    button: Button = Button.SAVE
    target: str = ""


ALONE = (Button.CONFIRM, Button.DISCARD, Button.CREATE)
WITH_TARGET = (Button.PROPOSE, Button.SETTLE, Button.REOPEN)
SIDES: dict[str, Side] = {"file": "file", "stored": "stored"}


def read_action(act: str) -> PreviewAction | None:
    """The action that was sent as `button` or `button.target`; without one it is saved. None for what is no button."""
    if act in ("", Button.SAVE):
        return PreviewAction()
    if act in ALONE:
        return PreviewAction(Button(act))
    name, _dot, target = act.partition(".")
    if name in WITH_TARGET:
        return PreviewAction(Button(name), target)
    name, _dot, side = act.rpartition(".")
    if name == Button.TAKE_ALL and side in SIDES:
        return PreviewAction(Button.TAKE_ALL, side)
    return None


def action_corrections(action: PreviewAction, review: ImportReview) -> dict[str, Correction]:
    """What the pressed button corrects beside what was typed."""
    target = action.target
    if action.button == Button.PROPOSE:
        proposals = review.assessment.proposals
        return {
            key: figure_correction(proposals[key].value)
            for key in proposals
            if key == target or key.startswith(f"{target}.")
        }
    if action.button in (Button.SETTLE, Button.REOPEN) and target in map(doubt_name, review.read.problems):
        return {target: Correction(action.button == Button.SETTLE)}
    return {}


def read_decisions(sent: QueryDict, action: PreviewAction, found: StoredComparison | None) -> dict[str, Any]:
    """What was decided, as the import keeps it: whose report it is, how it is to be stored, what is taken of it and why.

    What was not sent is left out; so are choices made against another version than the one that `found` compares with.
    """
    decisions: dict[str, Any] = {}
    if "agency" in sent or "agency_code" in sent:
        decisions["agency"] = sent.get("agency") or str(sent.get("agency_code", "")).strip()[:20]
    if sent.get("keep") in ("draft", "published"):
        decisions["keep"] = sent["keep"]
    if "reason" in sent:
        decisions["reason"] = str(sent["reason"]).strip()
    if found and sent.get("against") == found.seen:
        every = SIDES[action.target] if action.button == Button.TAKE_ALL else ""
        decisions["take"] = read_choices(found, sent, every)
    return decisions
