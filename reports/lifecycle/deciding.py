"""What people say about a finding: the agency explains it, the supervisor accepts, returns or dismisses it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from reports.lifecycle.acts import Refused, held, record
from reports.models import Action, Decision, Finding, Severity

_SUPERVISORS = (Decision.ACCEPTED, Decision.RETURNED, Decision.DISMISSED)


@transaction.atomic
def explain(finding: Finding, by: User | None, reason: str) -> Finding:
    """The agency's reason for a soft finding. Giving the same reason again changes nothing.

    Raises ValidationError without a reason, Refused for a hard finding, which is mended and not explained, and for one
    that the supervisor has settled or that no longer holds.
    """
    finding = _held(finding)
    reason = _reason(reason)
    if finding.severity == Severity.ERROR:
        raise Refused(_("表内不平须改正数据，不能以说明代替。"))
    if finding.decision == Decision.EXPLAINED and finding.reason == reason:
        return finding
    if finding.decision not in (Decision.OPEN, Decision.EXPLAINED, Decision.RETURNED):
        raise Refused(_("这条疑点已处理，不需要再说明。"))
    return _set(finding, Decision.EXPLAINED, Action.EXPLAINED, by, reason)


@transaction.atomic
def decide(finding: Finding, by: User | None, decision: Decision, reason: str = "", seen: str | None = None) -> Finding:
    """The supervisor's decision. The same one again changes nothing; accepting may keep the agency's own reason.

    `seen` is the decision that the supervisor read, None where nobody did. Raises ValidationError without a reason,
    Refused where somebody else decided meanwhile or the finding no longer holds.
    """
    if decision not in _SUPERVISORS:
        raise ValueError(f"not a supervisor's decision: {decision}")
    finding = _held(finding)
    reason = _reason(reason.strip() or (finding.reason if decision == Decision.ACCEPTED else ""))
    if (finding.decision, finding.reason) == (decision, reason):
        return finding
    if finding.decision == Decision.RESOLVED:
        raise Refused(_("数据已经改动，这条疑点不再成立。"))
    if seen is not None and finding.decision != seen:
        words = {"who": finding.decided_by or _("另一位用户"), "decision": finding.get_decision_display()}
        raise Refused(_("%(who)s刚刚处理了这条疑点：%(decision)s。请核对后再决定。") % words)
    return _set(finding, decision, Action.DECIDED, by, reason)


def _held(finding: Finding) -> Finding:
    version = held(finding.version)
    fresh = Finding.objects.select_related("decided_by").filter(pk=finding.pk).first()
    if fresh is None:
        raise Refused(_("数据已经改动，这条疑点不再成立。"))
    fresh.version = version
    return fresh


def _reason(reason: str) -> str:
    if not reason.strip():
        raise ValidationError(_("请说明理由。"), "reason_needed")
    return reason.strip()


def _set(finding: Finding, decision: Decision, action: Action, by: User | None, reason: str) -> Finding:
    earlier = finding.decision
    finding.decision = decision
    finding.reason = reason
    finding.decided_by = by
    finding.decided_at = timezone.now()
    finding.save()
    record(finding.version, action, by, texts={f"{finding.rule} {finding.where}": [earlier, decision]}, comment=reason)
    return finding
