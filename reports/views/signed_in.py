"""The request behind `login_required`, where the user is known to be one."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from agencies.models import User


class SignedIn(HttpRequest):
    user: User
    htmx: HtmxDetails
