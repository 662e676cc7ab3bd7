"""The acts of a supervisor on one finding or many, read from what was sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.access import supervisors_of
from agencies.models import User
from reports import lifecycle
from reports.checks.wording import message
from reports.models import Action, BulkAct, Decision, Finding
from reports.review.forms import is_key
from reports.review.queue import findings_of

MAX_FINDINGS = 500
"""So many at once, so that the answer comes while somebody waits for it."""

ACTS = {
    Decision.ACCEPTED.value: gettext_lazy("认可说明"),
    Decision.CONFIRMED.value: gettext_lazy("确认有误"),
    Decision.DISMISSED.value: gettext_lazy("不是问题"),
    Action.ASSIGNED.value: gettext_lazy("分派"),
}
"""What may be done, in the words of its button."""


def act_on(user: User, sent: QueryDict, seen: Mapping[int, str], matching: QuerySet[Finding] | None = None) -> BulkAct:
    """Does what was asked with the findings of `seen`, the decisions that were seen by key; with all of `matching` where
    that is given.

    Raises ValidationError where nothing was ticked, the reason is missing, or meanwhile others match than were shown.
    """
    wanted = sent.get("act", "")
    if wanted not in ACTS:
        raise ValidationError(_("请选择要怎样处理。"))
    chosen, gone = _ticked(user, seen) if matching is None else _all(matching, sent.get("matching", ""))
    if wanted == Action.ASSIGNED:
        act = lifecycle.assign_all([finding for finding, _seen in chosen], user, _colleague(sent, chosen))
    else:
        reason = sent.get("reason", "").strip()
        if not reason and wanted != Decision.ACCEPTED:
            raise ValidationError(_("请说明理由。"))
        act = lifecycle.decide_all(chosen, user, Decision(wanted), reason)
    if gone:
        act.refused |= dict.fromkeys(gone, _("数据已经改动，这条疑点不再成立。"))
        act.save(update_fields=["refused"])
    return act


Chosen = list[tuple[Finding, str]]


def _ticked(user: User, seen: Mapping[int, str]) -> tuple[Chosen, list[str]]:
    """The ticked findings, each with the decision that was seen, and the keys of those that are there no more."""
    if not seen:
        raise ValidationError(_("请先选中要处理的疑点。"))
    if len(seen) > MAX_FINDINGS:
        raise ValidationError(_("一次最多处理 %(most)s 条，请缩小范围。") % {"most": MAX_FINDINGS})
    found = findings_of(user).select_related("version").in_bulk(list(seen))
    return [(found[key], was) for key, was in seen.items() if key in found], [
        str(key) for key in seen if key not in found
    ]


def _all(matching: QuerySet[Finding], shown: str) -> tuple[Chosen, list[str]]:
    """Every finding that matches, provided that they are as many as the page said."""
    count = matching.count()
    if shown != str(count):
        raise ValidationError(
            _("符合条件的疑点现在是 %(count)s 条，与刚才显示的不同。请核对后再处理。") % {"count": count}
        )
    if count > MAX_FINDINGS:
        raise ValidationError(_("一次最多处理 %(most)s 条，请缩小范围。") % {"most": MAX_FINDINGS})
    return [(finding, finding.decision) for finding in matching.select_related("version")], []


def _colleague(sent: QueryDict, chosen: Chosen) -> User | None:
    """To whom they are given. Whether he supervises each of the agencies is asked for each."""
    key = sent.get("assignee", "")
    if key == "":
        return None
    person = User.objects.filter(pk=int(key)).first() if is_key(key) else None
    if person is None:
        raise ValidationError(_("请选择分派给谁。"))
    return person


def colleagues(user: User, codes: Iterable[str]) -> list[User]:
    """To whom findings of these places may be given, oneself first."""
    people = list(supervisors_of(*codes)[:200])
    return sorted(people, key=lambda person: person.pk != user.pk)


@dataclass(frozen=True)
class Refusal:
    key: str
    unit: str
    sentence: str
    why: str


@dataclass(frozen=True)
class Result:
    """What a bulk act did, as the page tells it afterwards."""

    act: BulkAct
    told: str
    refusals: list[Refusal]

    @property
    def may_be_undone(self) -> bool:
        return bool(self.act.done) and self.act.undone_at is None


def result(user: User, key: str) -> Result | None:
    """What the act of that key did, if it was this user's."""
    act = BulkAct.objects.filter(pk=int(key), made_by=user).first() if is_key(key) else None
    if act is None:
        return None
    found = findings_of(user).select_related("version__report__agency").in_bulk([int(key) for key in act.refused])
    refusals = []
    for refused, why in act.refused.items():
        finding = found.get(int(refused))
        words = (str(finding.version.report), message(finding, finding.version.edition)) if finding else ("", "")
        refusals.append(Refusal(refused, *words, why))
    return Result(act, _told(act), refusals)


def _told(act: BulkAct) -> str:
    count = len(act.done)
    if act.undone_at:
        count -= len(act.refused)
        return ngettext("已撤销 %(count)s 条的处理。", "已撤销 %(count)s 条的处理。", count) % {"count": count}
    if not count:
        return _("没有作任何改动。")
    done = ngettext("已处理 %(count)s 条：%(act)s。", "已处理 %(count)s 条：%(act)s。", count)
    return done % {"act": ACTS.get(act.act, act.act), "count": count}
