"""The request behind `login_required`, where the user is known to be one."""

from __future__ import annotations

from django.http import HttpRequest

from agencies.models import User


class SignedIn(HttpRequest):
    user: User
