"""Middleware of a visit: a one-time password is changed first, and in time; a long silence ends the session."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from agencies.accounts.passwords import has_expired
from agencies.models import User

Respond = Callable[[HttpRequest], HttpResponse]

OPEN_PAGES = ("logout", "login", "display", "set_language")
"""The pages that somebody with a one-time password may use beside the one that changes it, by their names."""

RENEWED_AT = "renewed"
RENEW_AFTER = 15 * 60  # seconds


def require_new_password(get_response: Respond) -> Respond:
    """Middleware that leads to the page for a new password until the one-time password has been changed, and out again
    where it was given too long ago."""

    def respond(request: HttpRequest) -> HttpResponse:
        person = request.user
        if not isinstance(person, User) or not person.must_change_password or _is_open(request.path):
            return get_response(request)
        if has_expired(person):
            logout(request)
            messages.error(request, _("一次性密码已经过期。请联系主管部门重置，再用新的一次性密码登录。"))
            return _redirected(request, reverse("login"), "one_time_password_expired")
        if request.path == reverse("password"):
            return get_response(request)
        return _redirected(request, reverse("password"), "must_change_password")

    return respond


def _is_open(path: str) -> bool:
    return path in {reverse(name) for name in OPEN_PAGES} or path.startswith(f"/{settings.STATIC_URL.strip('/')}/")


def _redirected(request: HttpRequest, address: str, why: str) -> HttpResponse:
    """People are sent there, fragments and programs told so in their own way."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=403, headers={"HX-Redirect": address})
    if "application/json" in request.headers.get("Accept", "") or request.content_type == "application/json":
        return JsonResponse({"error": why, "address": address}, status=403)
    onward = urlencode({"next": request.get_full_path()})
    return redirect(f"{address}?{onward}" if request.method in ("GET", "HEAD") else address)


def renew_session(get_response: Respond) -> Respond:
    """Middleware that lets a visit end so long after its last use, not after its beginning.

    `SESSION_COOKIE_AGE` counts from the last time the session was stored; storing it with every page would make every
    page a write.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            if now - request.session.get(RENEWED_AT, 0) > RENEW_AFTER:
                request.session[RENEWED_AT] = now
        return get_response(request)

    return respond


@receiver(user_logged_in)
def _begin_session(request: HttpRequest, **_kwargs: Any) -> None:
    request.session[RENEWED_AT] = int(time.time())
