"""Who may do what now, answered from the table of transitions: whether, why not, and who could instead.

Views, templates and the API ask here. To whom a report is no business it does not exist; who may see it but not act is
told why, and to whom to turn.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from agencies.access import Visitor, holds, is_above, roles_at, roles_held
from agencies.models import Agency, Role, User
from reports.lifecycle.transitions import (
    FILERS,
    TRANSITIONS,
    Act,
    Party,
    Where,
    parties,
    transitions,
)
from reports.models import ExtensionState, State, Version


@dataclass(frozen=True)
class Answer:
    """Whether somebody may do an act now; it is true in a condition where he may.

    `reason` says why not, in words for him. `helpers` are those who could do it now, else those who could bring the report
    into a state where he could. `in_role` says whether the act is his at all, at another time.
    """

    allowed: bool
    reason: str = ""
    helpers: tuple[Party, ...] = ()
    in_role: bool = True

    def __bool__(self) -> bool:
        return self.allowed

    def require_in_role(self) -> None:
        """Raises PermissionDenied where the act is never his."""
        if not self.in_role:
            raise PermissionDenied(self.reason)

    @property
    def helper(self) -> str:
        """Those who can help, as they are called: 本机关审核员、主管部门."""
        return _("、").join(str(party.label) for party in self.helpers)


def parties_of(user: Visitor, agency: Agency) -> frozenset[Party]:
    """What somebody is to an agency; nothing for an outsider."""
    return frozenset(Party(role) for role in roles_at(user, agency))


def may_see_drafts(user: Visitor, agency: Agency) -> bool:
    """Whether the reports of the agency are his business before they are public: he files or supervises them."""
    return bool(parties_of(user, agency))


def files_for(user: Visitor, agency: Agency) -> bool:
    """Whether he works on the reports of the agency."""
    return files(parties_of(user, agency))


def files(own: Collection[Party]) -> bool:
    """Whether somebody who is this to an agency works on its reports."""
    return any(party in own for party in FILERS)


def may_now(user: Visitor, act: Act, agency: Agency, version: Version | None = None) -> Answer:
    """Whether somebody may do one act with the version of a report, or where there is none yet."""
    return answers(parties_of(user, agency), agency, version)[act]


def answers(own: frozenset[Party], agency: Agency, version: Version | None = None) -> dict[Act, Answer]:
    """What somebody who is this to the agency may do with the version of a report now: every act with its answer."""
    where = State(version.state) if version else None
    # Asked for only where it decides something.
    reviewers = reviewers_of(agency) if transitions(Act.SUBMIT, where) else []
    holding = () if reviewers else ("no reviewer",)
    found = {act: _answer(act, where, own, holding) for act in Act if act not in EXTENSION_ACTS | DATE_ACTS}
    if own and not found[Act.SAVE]:
        found[Act.SAVE] = _explained(found[Act.SAVE], _why_locked(where, own))
    if found[Act.SAVE] and not found[Act.SUBMIT]:
        words = {"names": _("、").join(str(person) for person in reviewers)}
        why = _("填好以后，请本机关审核员（%(names)s）核对并提交。") % words
        found[Act.SUBMIT] = _explained(found[Act.SUBMIT], why)
    return found


EXTENSION_ACTS = frozenset({Act.ASK_EXTENSION, Act.GRANT_EXTENSION, Act.DECLINE_EXTENSION, Act.WITHDRAW_EXTENSION})
DATE_ACTS = frozenset({Act.SET_DATE, Act.REMOVE_DATE})
"""On the dates of an office; they concern no single report, so `may_anywhere` answers for them."""


def extension_answers(
    user: Visitor, agency: Agency, *, asked: bool, in_force: bool, published: bool
) -> dict[Act, Answer]:
    """What somebody may do about the extension of an agency for a year, from what is asked for and what is in force."""
    own = parties_of(user, agency)
    if is_above(user, agency):
        own |= {Party.ABOVE}
    holding = () if published else ("unpublished",)
    states = {
        Act.ASK_EXTENSION: ExtensionState.ASKED if asked else None,
        Act.GRANT_EXTENSION: None,
        Act.DECLINE_EXTENSION: ExtensionState.ASKED if asked else None,
        Act.WITHDRAW_EXTENSION: ExtensionState.GRANTED if in_force else None,
    }
    return {act: _answer(act, where, own, holding) for act, where in states.items()}


def may_anywhere(user: Visitor, act: Act) -> bool:
    """Whether the act is his for some agency: who may at all come to its page."""
    roles = {party.value for party in parties(line for line in TRANSITIONS if line.act == act)} & set(Role.values)
    return isinstance(user, User) and holds(user, *roles)


def require_anywhere(user: Visitor, act: Act) -> None:
    """Raises PermissionDenied unless the act is his for some agency."""
    if not may_anywhere(user, act):
        raise PermissionDenied


def first_page(user: User) -> Literal["filing", "review", "home"]:
    """The page on which somebody begins: with what is to be done, with the queue, or at the front where he has no role."""
    roles = {Party(role) for role in roles_held(user)}
    if files(roles):
        return "filing"
    return "review" if Party.SUPERVISOR in roles else "home"


def reviewers_of(agency: Agency) -> list[User]:
    """Those who sign off what the office hands in."""
    active = User.objects.filter(memberships__agency=agency, memberships__role=Role.REVIEWER, is_active=True)
    return list(active.distinct().order_by("pk"))


def _answer(act: Act, where: Where, own: Collection[Party], holding: Collection[str]) -> Answer:
    now = [line for line in transitions(act, where) if not line.provided or line.provided in holding]
    if any(party in own for party in parties(now)):
        return Answer(True)
    in_role = any(party in own for party in parties(line for line in TRANSITIONS if line.act == act))
    helpers = parties(now) or _who_leads_to(act, where)
    if now:
        reason = _("这要由%(who)s来做。") % {"who": _("、").join(str(party.label) for party in helpers)}
    elif isinstance(where, State):
        reason = _("这份报告现在的状态是“%(state)s”，不能这样做。") % {"state": where.label}
    else:
        reason = _("现在还不能这样做。")
    return Answer(False, reason, helpers, in_role)


def _who_leads_to(act: Act, where: Where) -> tuple[Party, ...]:
    """Who can bring it from this state into one where the act may be done."""
    wanted = {state for line in TRANSITIONS if line.act == act for state in line.given}
    leading = (line for line in TRANSITIONS if where in line.given and line.becomes in wanted - {None, where})
    return parties(leading)


def _explained(answer: Answer, reason: str) -> Answer:
    return Answer(False, reason, answer.helpers, answer.in_role)


def _why_locked(where: Where, own: Collection[Party]) -> str:
    """Why the form cannot be changed, and who can unlock it, in the words of whoever looks at it."""
    own_report = files(own)
    if where == State.SENT and own_report:
        return _("已送本机关审核员核对，现在不能修改。要改的话，可以先撤回，或请审核员退回。")
    if where == State.SUBMITTED and not own_report:
        return _("已经提交，等待您审核。没有问题的，审核通过后公开；要改的，请写明意见退回。")
    if where == State.SUBMITTED:
        return _("已经提交，等待主管部门审核，现在不能修改。要改的话，可以先撤回，或请主管部门退回。")
    if where in (State.PUBLISHED, State.SUPERSEDED) and not own_report:
        return _("这份报告已经公开。要改正的话，由填报机关写明理由作更正，原来的版本仍然公开。")
    if where in (State.PUBLISHED, State.SUPERSEDED):
        return _("这份报告已经公开，不能直接修改。要改正的话，请写明理由作更正，原来的版本仍然公开。")
    if where == State.TAKEN_DOWN:
        return _("这份报告已被主管部门撤下，读者看不到。要重新公开，由填报机关写明理由作更正，或由主管部门恢复公开。")
    return _("这是下级机关正在填写的报告，您可以查看，不能修改。")
