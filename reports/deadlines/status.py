"""The status of a report against its deadline on a day, in one word or two. Pure: no database."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.deadlines.deadline import Deadline
from reports.models import State

SOON_DAYS = 7
"""Days before the last one in which it is said with emphasis."""


@dataclass(frozen=True)
class DeadlineStatus:
    """`tone` is one of right, doubt, wrong, muted."""

    word: str
    tone: str


def status_of(deadline: Deadline, today: datetime.date, state: str = "", published: bool = False) -> DeadlineStatus:
    """`state` is that of the version being worked on, empty where nothing has been begun."""
    if published:
        return DeadlineStatus(_("已公开"), "right")
    if state == State.SUBMITTED:
        return DeadlineStatus(_("已提交，等待审核"), "muted")
    return time_left(deadline, today)


def time_left(deadline: Deadline, today: datetime.date) -> DeadlineStatus:
    """What is left of the time, whatever has been done in it."""
    days = deadline.days_left(today)
    if days < 0:
        return DeadlineStatus(ngettext("已过期 %(days)d 天", "已过期 %(days)d 天", -days) % {"days": -days}, "wrong")
    if days == 0:
        return DeadlineStatus(_("今天到期"), "wrong")
    if days > SOON_DAYS and today < deadline.opens:
        opens = date_format(deadline.opens, "MONTH_DAY_FORMAT")
        return DeadlineStatus(_("%(day)s开始填报") % {"day": opens}, "muted")
    left = ngettext("还有 %(days)d 天", "还有 %(days)d 天", days) % {"days": days}
    return DeadlineStatus(left, "doubt" if days <= SOON_DAYS else "muted")
