"""One act, one transaction; what only came at the wrong moment is tried again."""

from __future__ import annotations

import functools
import logging
import random
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

P = ParamSpec("P")
R = TypeVar("R")

logger = logging.getLogger(__name__)

MAX_TRIES = 4
# PostgreSQL: serialization_failure, deadlock_detected. Waiting too long for a lock (lock_not_available) is told at once.
_PASSING = frozenset({"40001", "40P01"})


def act(function: Callable[P, R]) -> Callable[P, R]:
    """Decorates what changes a report: it happens whole or not at all, and again from the start where the database ended it
    because two acts waited for each other. Within another act it is a part of that one's transaction.

    Every act takes its locks in one order, so that this is rare: the job, the waiting import, then reports in the order of
    their agency and year. Whoever needs a row reads it only after its report is locked: what was read before, or in the same
    query by a join, may be older than the lock (PostgreSQL reads again only the row that it waited for).
    """

    @functools.wraps(function)
    def whole(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.in_atomic_block:
            with transaction.atomic():
                return function(*args, **kwargs)
        for left in reversed(range(MAX_TRIES)):
            try:
                with transaction.atomic():
                    return function(*args, **kwargs)
            except OperationalError as error:
                if not left or getattr(error.__cause__, "sqlstate", None) not in _PASSING:
                    raise
                logger.info("%s is tried again: %s", function.__name__, error)
                time.sleep(random.uniform(0.01, 0.1))
        raise AssertionError("the last try returns or raises")

    return whole
