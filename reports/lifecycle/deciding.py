"""What people say about a finding: the agency explains it, the supervisor accepts, returns or dismisses it, or gives it
to a colleague."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import supervises
from agencies.models import User, name_of
from reports.lifecycle.acts import Refused, record
from reports.lifecycle.transactions import act
from reports.models import Action, Decision, Finding, Report, Severity, State

_SUPERVISORS = (Decision.ACCEPTED, Decision.CONFIRMED, Decision.DISMISSED)


@act
def explain(finding: Finding, by: User | None, reason: str) -> Finding:
    """The agency's reason for a soft finding. Giving the same reason again changes nothing.

    Raises ValidationError without a reason, Refused for a hard finding, which is mended and not explained, and for one
    that the supervisor has settled or that no longer holds.
    """
    finding = lock_finding(finding)
    reason = _reason(reason)
    if finding.severity == Severity.ERROR:
        raise Refused(_("表内不平须改正数据，不能以说明代替。"))
    if finding.decision == Decision.EXPLAINED and finding.reason == reason:
        return finding
    if finding.decision not in (Decision.OPEN, Decision.EXPLAINED, Decision.CONFIRMED):
        raise Refused(_("这条疑点已处理，不需要再说明。"))
    return _set(finding, Decision.EXPLAINED, Action.EXPLAINED, by, reason)


@act
def decide(finding: Finding, by: User | None, decision: Decision, reason: str = "", seen: str | None = None) -> Finding:
    """The supervisor's decision. The same one again changes nothing; accepting may keep the agency's own reason.

    `seen` is the decision that the supervisor read, None where nobody did. Raises ValidationError without a reason,
    Refused where somebody else decided meanwhile or the finding no longer holds.
    """
    if decision not in _SUPERVISORS:
        raise ValueError(f"not a supervisor's decision: {decision}")
    finding = lock_finding(finding)
    reason = _reason(reason.strip() or (finding.reason if decision == Decision.ACCEPTED else ""))
    if (finding.decision, finding.reason) == (decision, reason):
        return finding
    if finding.decision == Decision.RESOLVED:
        raise Refused(_gone())
    if seen is not None and finding.decision != seen:
        words = {"who": finding.decided_by_name or _("另一位用户"), "decision": finding.get_decision_display()}
        raise Refused(_("%(who)s刚刚处理了这条疑点：%(decision)s。请核对后再决定。") % words)
    return _set(finding, decision, Action.DECIDED, by, reason)


@act
def assign(finding: Finding, by: User | None, to: User | None) -> Finding:
    """Gives a finding to a supervisor of the agency, or with None to nobody. The same again changes nothing.

    Raises Refused where he does not supervise it, or the finding no longer holds.
    """
    finding = lock_finding(finding)
    if finding.assignee_id == (to.pk if to else None):
        return finding
    if finding.decision == Decision.RESOLVED:
        raise Refused(_gone())
    if to and not supervises(to, finding.version.report.agency):
        raise Refused(_("%(who)s不主管这个单位，不能分派。") % {"who": to})
    earlier, finding.assignee = finding.assignee, to
    finding.save(update_fields=["assignee"])
    pair = [person.username if person else None for person in (earlier, to)]
    record(finding.version, Action.ASSIGNED, by, texts={_place(finding): pair}, about=finding.fingerprint)
    return finding


def before(finding: Finding) -> dict[str, Any]:
    """What a decision or an assignment changes about a finding, so that `restore` can bring it back."""
    return {
        "decision": finding.decision,
        "reason": finding.reason,
        "decided_by": finding.decided_by_id,
        "decided_by_name": finding.decided_by_name,
        "decided_at": finding.decided_at.isoformat() if finding.decided_at else None,
        "assignee": finding.assignee_id,
    }


@act
def restore(finding: Finding, by: User | None, earlier: Mapping[str, Any], since: Mapping[str, Any]) -> Finding:
    """Takes an act back: the finding is again as it was `earlier`, provided it still is what the act made it, `since`.

    Raises Refused where somebody has acted on it meanwhile.
    """
    finding = lock_finding(finding)
    now = before(finding)
    if any(now[name] != value for name, value in since.items()):
        words = {"who": finding.decided_by_name or _("另一位用户"), "decision": finding.get_decision_display()}
        raise Refused(_("此后%(who)s又处理过这条疑点（%(decision)s），不能撤销。") % words)
    people = User.objects.in_bulk([key for key in (earlier["decided_by"], earlier["assignee"]) if key])
    finding.reason = earlier["reason"]
    finding.decision, was = earlier["decision"], finding.decision
    finding.decided_by = people.get(earlier["decided_by"])
    finding.decided_by_name = earlier.get("decided_by_name", "")
    finding.decided_at = datetime.fromisoformat(earlier["decided_at"]) if earlier["decided_at"] else None
    finding.assignee = people.get(earlier["assignee"])
    finding.save()
    action = Action.ASSIGNED if since["assignee"] != earlier["assignee"] else Action.DECIDED
    texts = {_place(finding): [was, finding.decision]}
    record(finding.version, action, by, texts=texts, comment=_("撤销批量处理"), about=finding.fingerprint)
    return finding


def lock_finding(finding: Finding) -> Finding:
    """The finding read anew, its report held until the transaction ends. Raises Refused where nobody may act on it."""
    report = Report.objects.select_for_update().get(pk=finding.version.report_id)
    fresh = Finding.objects.select_related("version", "assignee").filter(pk=finding.pk).first()
    if fresh is None:
        raise Refused(_gone())
    if fresh.version.state == State.SUPERSEDED:
        raise Refused(_("这份报告已经更正，疑点属于更正前的版本，不再处理。"))
    fresh.version.report = report
    return fresh


def _gone() -> str:
    return _("数据已经改动，这条疑点不再成立。")


def _reason(reason: str) -> str:
    if not reason.strip():
        raise ValidationError(_("请说明理由。"), "reason_needed")
    return reason.strip()


def _place(finding: Finding) -> str:
    return f"{finding.rule} {finding.where}"


def _set(finding: Finding, decision: Decision, action: Action, by: User | None, reason: str) -> Finding:
    earlier = finding.decision
    finding.decision = decision
    finding.reason = reason
    finding.decided_by, finding.decided_by_name = by, name_of(by)
    finding.decided_at = timezone.now()
    finding.save()
    texts = {_place(finding): [earlier, decision]}
    record(finding.version, action, by, texts=texts, comment=reason, about=finding.fingerprint)
    return finding
