"""The acts of a supervisor on one finding or many, and what came of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.access import supervisors_of
from agencies.models import User
from reports import lifecycle
from reports.checks.wording import message
from reports.models import BulkAct, Finding
from reports.review.forms import ACTS, FindingAct, is_key
from reports.review.queue import findings_of

MAX_FINDINGS = 500
"""So many at once, so that the answer comes while somebody waits for it."""


def act_on_seen(user: User, wanted: FindingAct, seen: Mapping[int, str]) -> BulkAct:
    """Does it with these findings; `seen` are the decisions that were seen, by the key of the finding.

    Raises ValidationError where there are none or too many.
    """
    if not seen:
        raise ValidationError(_("请先选中要处理的疑点。"))
    _require_few(len(seen))
    found = findings_of(user).select_related("version").in_bulk(list(seen))
    act = _act_on([(found[key], was) for key, was in seen.items() if key in found], user, wanted)
    if gone := seen.keys() - found.keys():
        act.refused |= dict.fromkeys(map(str, sorted(gone)), _("数据已经改动，这条疑点不再成立。"))
        act.save(update_fields=["refused"])
    return act


def act_on_matching(user: User, wanted: FindingAct, matching: QuerySet[Finding], shown: int | None) -> BulkAct:
    """Does it with every finding that matches.

    Raises ValidationError where they are too many, or another number than the page said, which is `shown`.
    """
    count = matching.count()
    if shown != count:
        raise ValidationError(
            _("符合条件的疑点现在是 %(count)s 条，与刚才显示的不同。请核对后再处理。") % {"count": count}
        )
    _require_few(count)
    findings = matching.select_related("version")
    return _act_on([(finding, finding.decision) for finding in findings], user, wanted)


def _require_few(count: int) -> None:
    if count > MAX_FINDINGS:
        raise ValidationError(_("一次最多处理 %(most)s 条，请缩小范围。") % {"most": MAX_FINDINGS})


def _act_on(chosen: list[tuple[Finding, str]], user: User, wanted: FindingAct) -> BulkAct:
    if wanted.decision is None:
        return lifecycle.assign_all([finding for finding, _seen in chosen], user, wanted.assignee)
    return lifecycle.decide_all(chosen, user, wanted.decision, wanted.reason)


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
