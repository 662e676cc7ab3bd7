"""The lockout after wrong passwords: how many, from whom, and which accounts are locked for it.

A lock goes by itself (`AXES_COOLOFF_TIME`); whoever keeps the account lifts it at once by resetting the password.
"""

from __future__ import annotations

import datetime
from collections import Counter
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle


class LockoutHandler(AxesDatabaseHandler):
    """Counts wrong passwords three times: for a name from one address, for the name wherever they come from, and for
    the address whatever the name.

    The other limits are the wider ones: a few wrong guesses from anywhere shall not lock a person out, nor an office
    behind one address; but neither shall thousands of addresses guess one password, nor one address try one password
    on thousands of names.
    """

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        narrow: int = settings.AXES_FAILURE_LIMIT
        limits = (narrow, settings.FAILURES_FROM_ANYWHERE, settings.FAILURES_FROM_ONE_ADDRESS)
        counts = [
            sum(attempts.values_list("failures_since_start", flat=True))
            for attempts in self.get_user_attempts(request, credentials)
        ]
        # The caller compares with the narrowest limit.
        return max(int(count) * narrow // limit for count, limit in zip(counts, limits, strict=True))


def locked_names() -> list[str]:
    """The usernames with which nobody can sign in for the moment, at least from where it was tried."""
    since = timezone.now() - datetime.timedelta(hours=settings.AXES_COOLOFF_TIME)
    attempts = AccessAttempt.objects.filter(attempt_time__gte=since, username__isnull=False)
    from_one, from_anywhere = Counter[tuple[str, str]](), Counter[str]()
    for name, address, failures in attempts.values_list("username", "ip_address", "failures_since_start"):
        from_one[str(name), str(address)] += failures
        from_anywhere[str(name)] += failures
    locked = {name for (name, _address), failures in from_one.items() if failures >= settings.AXES_FAILURE_LIMIT}
    locked |= {name for name, failures in from_anywhere.items() if failures >= settings.FAILURES_FROM_ANYWHERE}
    return sorted(locked)


def address_of(request: HttpRequest) -> str:
    """Where a request comes from. What it says of itself is believed of the site's own proxies only (`PROXIES`)."""
    # A request made within the process comes from nowhere.
    return str(BaseThrottle().get_ident(Request(request)) or "")
