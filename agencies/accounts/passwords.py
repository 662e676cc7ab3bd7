"""One-time passwords: random, read from paper, typed once, soon expired; and what is asked of a chosen password."""

from __future__ import annotations

import datetime
import secrets

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import AccountAct, User

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Nothing that looks like something else: no 0 and o, no 1 and l and i."""
GROUPS, GROUP_LENGTH = 3, 4

ITERATIONS = 2000
"""Enough for a password of 59 random bits, which no dictionary holds; a chosen one takes a thousand times as many.
Django hashes anew, at full strength, as soon as the password has been used."""

ISSUING_ACTS = (AccountAct.ISSUED, AccountAct.TAKEN_OVER, AccountAct.RESET, AccountAct.REACTIVATED)
"""The acts that give somebody a one-time password."""


def has_expired(person: User) -> bool:
    """Whether the one-time password of this account was given too long ago. What no record tells of never expires."""
    last = person.records.filter(act__in=(*ISSUING_ACTS, AccountAct.CHANGED_PASSWORD)).first()
    lasts = datetime.timedelta(days=settings.ONE_TIME_PASSWORD_DAYS)
    return last is not None and last.act in ISSUING_ACTS and timezone.now() - last.made_at > lasts


def one_time_password() -> str:
    """Such as `k7wm-3xqd-t9rh`."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))


def hash_one_time_password(password: str) -> str:
    """What is kept of it. A thousand accounts take a second, where a chosen password takes half a second each."""
    hasher = PBKDF2PasswordHasher()
    return hasher.encode(password, hasher.salt(), iterations=ITERATIONS)


class LocalizedMinimumLength(MinimumLengthValidator):
    """Django's own, in the reader's language: its Chinese catalogue has no word for this fault."""

    def get_error_message(self) -> str:
        return _("密码太短，至少要 %(shortest)d 个字符。") % {"shortest": self.min_length}
