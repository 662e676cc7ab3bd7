"""What may be done with a report, as data: each act with the states it starts from, the one it leads to, and who does it.

The acts themselves ask here whether it is the time for them (`require`), pages ask whom they may offer what
(`reports.lifecycle.permissions`); a test posts every act in every state for everybody and compares.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Role
from reports.models import ExtensionState, State


class Act(StrEnum):
    """What a button does. The values are what the buttons send."""

    START = "start"
    SAVE = "save"
    EXPLAIN = "explain"
    SEND = "send"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    RETURN = "return"
    PUBLISH = "publish"
    CORRECT = "correct"
    LOCATE = "locate"
    DECIDE = "decide"
    ASSIGN = "assign"
    IMPORT_DRAFT = "import_draft"
    IMPORT_PUBLISHED = "import_published"
    MERGE_IMPORT = "merge_import"
    RECHECK = "recheck"
    REDACT = "redact"
    TAKE_DOWN = "take_down"
    LIFT = "lift"
    ASK_EXTENSION = "ask_extension"
    GRANT_EXTENSION = "grant"
    DECLINE_EXTENSION = "decline"
    WITHDRAW_EXTENSION = "withdraw_extension"
    SET_DATE = "set"
    REMOVE_DATE = "remove"
    REMIND = "remind"


class Party(models.TextChoices):
    """Whoever acts, as seen from the agency of the report."""

    CLERK = Role.CLERK.value, _("本机关填报员")
    REVIEWER = Role.REVIEWER.value, _("本机关审核员")
    SUPERVISOR = Role.SUPERVISOR.value, _("主管部门")
    ABOVE = "above", _("上级主管部门")
    """A supervisor whose office lies above the agency, and is not the government of the same place."""


FILERS = (Party.CLERK, Party.REVIEWER)
"""Who works on the reports of his agency."""
IMPORTERS = (*FILERS, Party.SUPERVISOR)
"""Who may import reports for the agencies of his scope. Supervisors store them as published, the others as drafts."""

Where = State | ExtensionState | None
"""The state of the version at work, else of the public one; None where there is none. For an extension the state of that."""

Condition = Literal["", "no reviewer", "unpublished"]


@dataclass(frozen=True)
class Transition:
    """`becomes` is the state that the act leads to, None where it changes none; `provided` is what else must hold."""

    act: Act
    given: tuple[Where, ...]
    becomes: Where
    by: tuple[Party, ...]
    provided: Condition = ""


_UNSENT = (State.DRAFT, State.RETURNED)
_SENT = (State.SENT,)
_SUBMITTED = (State.SUBMITTED,)
_PUBLISHED = (State.PUBLISHED,)
_TAKEN_DOWN = (State.TAKEN_DOWN,)
_ASKED, _GRANTED = ExtensionState.ASKED, ExtensionState.GRANTED
_NEITHER = (None, ExtensionState.DECLINED, ExtensionState.WITHDRAWN)

TRANSITIONS = (
    Transition(Act.START, (None,), State.DRAFT, FILERS),
    Transition(Act.SAVE, _UNSENT, None, FILERS),
    Transition(Act.SAVE, _SENT, None, (Party.REVIEWER,)),
    Transition(Act.EXPLAIN, _UNSENT, None, FILERS),
    Transition(Act.EXPLAIN, _SENT, None, (Party.REVIEWER,)),
    Transition(Act.SEND, _UNSENT, State.SENT, FILERS),
    Transition(Act.SUBMIT, _UNSENT, State.SUBMITTED, (Party.CLERK,), "no reviewer"),
    Transition(Act.SUBMIT, (*_UNSENT, *_SENT), State.SUBMITTED, (Party.REVIEWER,)),
    Transition(Act.WITHDRAW, (*_SENT, *_SUBMITTED), State.DRAFT, FILERS),
    Transition(Act.RETURN, _SENT, State.RETURNED, (Party.REVIEWER,)),
    Transition(Act.RETURN, _SUBMITTED, State.RETURNED, (Party.SUPERVISOR,)),
    Transition(Act.PUBLISH, _SUBMITTED, State.PUBLISHED, (Party.SUPERVISOR,)),
    Transition(Act.CORRECT, (*_PUBLISHED, *_TAKEN_DOWN), State.DRAFT, FILERS),
    Transition(Act.LOCATE, _PUBLISHED, None, IMPORTERS),
    Transition(Act.DECIDE, (*_SUBMITTED, *_PUBLISHED), None, (Party.SUPERVISOR,)),
    Transition(Act.ASSIGN, (*_SUBMITTED, *_PUBLISHED), None, (Party.SUPERVISOR,)),
    Transition(Act.IMPORT_DRAFT, (None, *_PUBLISHED, *_TAKEN_DOWN), State.DRAFT, IMPORTERS),
    Transition(Act.IMPORT_PUBLISHED, (None, *State), State.PUBLISHED, (Party.SUPERVISOR,)),
    Transition(Act.MERGE_IMPORT, (*_UNSENT, *_PUBLISHED), None, IMPORTERS),
    Transition(Act.MERGE_IMPORT, _SENT, None, (Party.REVIEWER,)),
    Transition(Act.REDACT, tuple(State), None, (Party.SUPERVISOR,)),
    Transition(Act.TAKE_DOWN, _PUBLISHED, State.TAKEN_DOWN, (Party.SUPERVISOR,)),
    Transition(Act.LIFT, _TAKEN_DOWN, State.PUBLISHED, (Party.SUPERVISOR,)),
    Transition(Act.RECHECK, (None, *State), None, (Party.SUPERVISOR,)),
    Transition(Act.ASK_EXTENSION, (*_NEITHER, _GRANTED), _ASKED, FILERS, "unpublished"),
    Transition(Act.GRANT_EXTENSION, (*_NEITHER, _ASKED, _GRANTED), _GRANTED, (Party.ABOVE,), "unpublished"),
    Transition(Act.DECLINE_EXTENSION, (_ASKED,), ExtensionState.DECLINED, (Party.ABOVE,)),
    Transition(Act.WITHDRAW_EXTENSION, (_GRANTED,), ExtensionState.WITHDRAWN, (Party.ABOVE,)),
    Transition(Act.SET_DATE, (None,), None, (Party.SUPERVISOR,)),
    Transition(Act.REMOVE_DATE, (None,), None, (Party.SUPERVISOR,)),
    Transition(Act.REMIND, (None, *_UNSENT, *_SENT), None, (Party.SUPERVISOR,)),
)


def transitions(act: Act, where: Where) -> list[Transition]:
    """The lines of the table for an act in a state, whoever does it."""
    return [line for line in TRANSITIONS if line.act == act and where in line.given]


def states_for(act: Act) -> tuple[State, ...]:
    """The states of a version in which somebody may do it, in the order of a report's life."""
    given = {state for line in TRANSITIONS if line.act == act for state in line.given}
    return tuple(state for state in State if state in given)


def after(act: Act, state: State) -> State:
    """The state that an act leads to. Raises LookupError where it is not the time for it."""
    for line in transitions(act, state):
        return state if line.becomes is None else State(line.becomes)
    raise LookupError(f"{act} does not start from {state}")


def parties(lines: Iterable[Transition]) -> tuple[Party, ...]:
    """Everybody whom these lines of the table name, each once."""
    return tuple(dict.fromkeys(party for line in lines for party in line.by))


EDITABLE = states_for(Act.SAVE)
DECIDABLE = states_for(Act.DECIDE)
"""The versions about which a supervisor decides; one in work is its agency's, one replaced is history."""
