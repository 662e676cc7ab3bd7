"""One act on many findings: each locked, changed and recorded on its own, so that one refusal stops none of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import supervises
from agencies.models import User
from reports.lifecycle.acts import Refused
from reports.lifecycle.deciding import assign, before, decide, lock_finding, restore
from reports.lifecycle.transitions import DECIDABLE
from reports.models import Action, BulkAct, Decision, Finding

Done = Callable[[Finding], Finding]


def decide_all(findings: Iterable[tuple[Finding, str]], by: User, decision: Decision, reason: str) -> BulkAct:
    """The same decision with the same reason for every finding, each given with the decision that the supervisor saw."""
    seen = {finding.pk: was for finding, was in findings}
    act = BulkAct(act=decision, reason=reason.strip(), made_by=by)
    return _apply(
        act,
        (finding for finding, _was in findings),
        lambda finding: decide(finding, by, decision, reason, seen=seen[finding.pk]),
    )


def assign_all(findings: Iterable[Finding], by: User, to: User | None) -> BulkAct:
    """All these findings to one supervisor, or with None to nobody."""
    act = BulkAct(act=Action.ASSIGNED, reason=to.username if to else "", made_by=by)
    return _apply(act, findings, lambda finding: assign(finding, by, to))


def undo(act: BulkAct, by: User) -> BulkAct:
    """Takes back what a bulk act did, as far as nobody has acted since; what could not be is in `refused`.

    Raises Refused where it was taken back before, or is somebody else's.
    """
    if act.made_by_id != by.pk or not BulkAct.objects.filter(pk=act.pk, undone_at=None).update(
        undone_at=timezone.now()
    ):
        raise Refused(_("这次处理已经撤销过了。"))
    act.refresh_from_db()
    found = Finding.objects.select_related("version__report__agency__division").in_bulk([int(key) for key in act.done])
    refused = {}
    for key, pair in act.done.items():
        try:
            finding = found.get(int(key))
            if finding is None:
                raise Refused(_("数据已经改动，这条疑点不再成立。"))
            if not supervises(by, finding.version.report.agency):
                raise Refused(_("您已不主管这个单位，不能撤销。"))
            restore(finding, by, *pair)
        except Refused as why:
            refused[key] = str(why)
    act.refused = refused
    act.save(update_fields=["refused"])
    return act


def _require_decidable(finding: Finding) -> None:
    if finding.version.state not in DECIDABLE:
        words = {"state": finding.version.get_state_display()}
        raise Refused(_("这份报告现在的状态是“%(state)s”，提交以后再处理。") % words)


def _apply(act: BulkAct, findings: Iterable[Finding], do: Done) -> BulkAct:
    for finding in findings:
        try:
            with transaction.atomic():
                fresh = lock_finding(finding)
                _require_decidable(fresh)
                earlier = before(fresh)
                since = before(do(finding))
        except Refused as why:
            act.refused[str(finding.pk)] = str(why)
        except ValidationError as invalid:
            act.refused[str(finding.pk)] = " ".join(invalid.messages)
        else:
            if since != earlier:
                act.done[str(finding.pk)] = [earlier, since]
    act.save()
    return act
