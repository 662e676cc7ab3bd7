"""The lockout after wrong passwords: how many, from whom, for how long, and which accounts are locked for it.

A lock goes by itself, the first one after a minute; whoever keeps the account lifts it at once by resetting the password.
A browser in which somebody signed in before bears a signed mark: what is guessed elsewhere does not lock it.
"""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Callable, Iterable
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

FIRST_WAIT = datetime.timedelta(minutes=1)
MAX_WAIT = datetime.timedelta(minutes=15)

DEVICE_COOKIE = "device-"
DEVICE_COOKIE_AGE = 365 * 24 * 60 * 60  # seconds
MAX_DEVICE_COOKIES = 20
"""So many people may share a browser; more marks would make its requests too long for the server."""

NOT_A_DEVICE = ""


class LockoutHandler(AxesDatabaseHandler):
    """Counts the wrong passwords of a known device for itself, and all others three times: for a name from one address, for
    the name wherever they come from, and for the address whatever the name.

    The other limits are the wider ones: a few wrong guesses from anywhere shall not lock a person out, nor an office
    behind one address; but neither shall thousands of addresses guess one password, nor one address try one password
    on thousands of names.
    """

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """How many there are where one has to wait for them, else 0. The caller compares with the narrowest limit."""
        _identify(request, credentials)
        found = 0
        for attempts, limit in zip(self.get_user_attempts(request, credentials), _limits(), strict=False):
            counted = attempts.aggregate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
            if _is_locked(counted["failures"], counted["last"], limit):
                found = max(found, counted["failures"])
        return found

    def user_login_failed(self, sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any) -> None:
        if request is not None:
            _identify(request, credentials)
        super().user_login_failed(sender, credentials, request, **kwargs)

    def user_logged_in(self, sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
        """Forgets what failed for this name on this device, or where it is not known yet from this address, but not what failed
        elsewhere or for others: that was not this person."""
        super().user_logged_in(sender, request, user, **kwargs)
        name = user.get_username()
        device = _device(request, name)
        own = AccessAttempt.objects.filter(username=name)
        (
            own.filter(user_agent=device) if device else own.filter(ip_address=address_of(request), user_agent="")
        ).delete()
        request.signed_in_as = name


def counted_together(request: Any, credentials: dict[str, Any] | None = None) -> list[list[str]]:
    """By what axes counts attempts, the narrowest first. The column of the browser's name holds which known device it is."""
    if getattr(request, "axes_user_agent", NOT_A_DEVICE) != NOT_A_DEVICE:
        return [["username", "user_agent"]]
    return [["username", "ip_address", "user_agent"], ["username", "user_agent"], ["ip_address", "user_agent"]]


def locked_names() -> list[str]:
    """The usernames with which somebody cannot sign in for the moment, at least from where it was tried."""
    since = timezone.now() - datetime.timedelta(hours=settings.AXES_COOLOFF_TIME)
    attempts = AccessAttempt.objects.filter(attempt_time__gte=since, username__isnull=False)
    narrow, from_anywhere, _from_one_address = _limits()
    total = {"failures": Sum("failures_since_start"), "last": Max("attempt_time")}
    by_origin = attempts.order_by().values("username", "ip_address", "user_agent").annotate(**total)
    by_name = attempts.order_by().filter(user_agent=NOT_A_DEVICE).values("username").annotate(**total)
    return sorted(
        {row["username"] for row in by_origin if _is_locked(row["failures"], row["last"], narrow)}
        | {row["username"] for row in by_name if _is_locked(row["failures"], row["last"], from_anywhere)}
    )


def wait_after(failures: int, limit: int) -> datetime.timedelta:
    """How long after the last of so many failures nobody may try: a minute at the limit, doubled with each eighth beyond it."""
    if failures < limit:
        return datetime.timedelta(0)
    doublings: int = (failures - limit) * settings.AXES_FAILURE_LIMIT // limit
    # Far more doublings than the longest wait needs would be too long for a date.
    return min(FIRST_WAIT * (1 << min(doublings, 10)), MAX_WAIT)


def address_of(request: HttpRequest) -> str:
    """Where a request comes from. What it says of itself is believed of the site's own proxies only (`PROXIES`)."""
    # A request made within the process comes from nowhere.
    return str(BaseThrottle().get_ident(Request(request)) or "")


def mark_devices(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that leaves a mark in the browser in which somebody has just signed in, one an account."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        name = getattr(request, "signed_in_as", None)
        if name is not None:
            cookie = _cookie_name(name)
            for old in _too_many(request.COOKIES, cookie):
                response.delete_cookie(old)
            response.set_signed_cookie(
                cookie,
                _device(request, name) or secrets.token_urlsafe(16),
                max_age=DEVICE_COOKIE_AGE,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response

    return respond


def _limits() -> tuple[int, int, int]:
    return settings.AXES_FAILURE_LIMIT, settings.FAILURES_FROM_ANYWHERE, settings.FAILURES_FROM_ONE_ADDRESS


def _is_locked(failures: int | None, last: datetime.datetime | None, limit: int) -> bool:
    return failures is not None and last is not None and last + wait_after(failures, limit) > timezone.now()


def _identify(request: Any, credentials: dict[str, Any] | None) -> None:
    """Puts the known device, or that it is none, where axes keeps what the browser says of itself: that can be forged, and
    would make one guesser many."""
    request.axes_user_agent = _device(request, get_client_username(request, credentials) or "")
    if request.axes_user_agent != NOT_A_DEVICE:
        # One row a device, wherever it is carried.
        request.axes_ip_address = None


def _device(request: HttpRequest, name: str) -> str:
    """The mark that this browser bears for this account."""
    # The signature covers the cookie's name, which stands for the account: no mark serves for another one.
    mark = request.get_signed_cookie(_cookie_name(name), NOT_A_DEVICE, max_age=DEVICE_COOKIE_AGE)
    return mark or NOT_A_DEVICE


def _cookie_name(name: str) -> str:
    """Without telling the next person at this computer who used it."""
    return DEVICE_COOKIE + salted_hmac("agencies.lockout", name).hexdigest()[:16]


def _too_many(cookies: Iterable[str], new: str) -> list[str]:
    """The oldest marks, which browsers send first, beyond those that may stay beside the new one."""
    marks = [name for name in cookies if name.startswith(DEVICE_COOKIE) and name != new]
    return marks[: max(len(marks) + 1 - MAX_DEVICE_COOKIES, 0)]
