"""What has to follow a change is a row, written in its transaction, so that it is done even if the process dies between the two.

Whoever committed does it at once; a worker does what was left (`manage.py work`).
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from reports.models.outbox import FollowUp

logger = logging.getLogger(__name__)

MAX_TURNS = 4
"""So many leases of a job nobody else takes up what somebody is at; after that its process counts as dead."""


def after_commit(work: Callable[[], Any]) -> None:
    """Does the work once the transaction at hand is committed; where the database does not let it, a worker will."""

    def attempt() -> None:
        try:
            work()
        except DatabaseError:
            logger.warning("What follows a change is left to a worker.", exc_info=True)

    transaction.on_commit(attempt, robust=True)


def claim(rows: QuerySet[Any]) -> bool:
    """Claims those of the rows that nobody is at; whether there were any."""
    return bool(rows.filter(_free()).update(claimed_until=timezone.now() + _turn()))


def left_over(model: type[FollowUp], field: str) -> list[Any]:
    """What that field names in the rows that nobody is at, the oldest first."""
    rows = model._default_manager.filter(_free()).order_by("pk")
    return list(dict.fromkeys(rows.values_list(field, flat=True)))


def _turn() -> datetime.timedelta:
    return datetime.timedelta(seconds=MAX_TURNS * settings.JOB_LEASE)


def _free() -> Q:
    """Nobody is at it. A claim that reaches further than any does was made before the clock was set back."""
    now = timezone.now()
    return Q(claimed_until=None) | Q(claimed_until__lt=now) | Q(claimed_until__gt=now + _turn())
