"""A reviewed import is stored: which way, and what must be settled before."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from agencies.models import Agency
from reports import lifecycle
from reports.intake import commit
from reports.intake.preview import ImportReview
from reports.models import Version


class Confirmed(NamedTuple):
    """The version as it is stored now; `changed` is False where nothing of the file was to be taken."""

    version: Version
    changed: bool


def confirm_review(review: ImportReview) -> Confirmed:
    """Stores what was reviewed: whole where nothing is stored or the editions differ, else the chosen differences.

    Raises `lifecycle.Refused` where something is still to be settled, or the report may not be changed now by this user;
    what else `commit.confirm` and `commit.confirm_choice` raise.
    """
    if why := obstacle(review):
        raise lifecycle.Refused(why)
    assert review.agency is not None
    pending, by, found = review.pending, review.user, review.comparison
    if found and found.changes_nothing:
        commit.discard(pending, kept=found.version)
        return Confirmed(found.version, False)
    reason = pending.decisions.get("reason", "")
    if found and not found.whole and found.choices:
        version = commit.confirm_choice(
            pending, found.version, found.taken, by, publish=review.publish, reason=reason, seen=found.version.revision
        )
    else:
        version = commit.confirm(pending, review.agency, by, as_draft=not review.publish, reason=reason)
    return Confirmed(version, True)


def obstacle(review: ImportReview) -> str:
    """Why it cannot be stored yet; empty where it can."""
    if review.agency is None:
        named = Agency.objects.filter(pk=review.pending.decisions.get("agency", "")).first()
        if named:
            return _("您不能为%(agency)s导入报告。") % {"agency": named.name}
        return _("请先选定这份报告属于哪个机构。")
    if review.corrected.year is None:
        return _("没有读出报告年度，请先填写是哪一年的报告。")
    if review.corrected.form is None and review.publish:
        return _("没有读到表格，不能作为已公开的报告入库。请填写表格，或存为草稿。")
    found = review.comparison
    if found and found.open:
        return _("还有 %(count)s 处与已存的报告不同，请逐处选择采用哪一个，或全部采用一方。") % {"count": found.open}
    if found and found.is_public and not found.changes_nothing and not review.pending.decisions.get("reason"):
        return _("这份报告已经公开。请写明更正理由。")
    return ""
