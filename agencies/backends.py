"""The account behind a request."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend

from agencies.models import User


class RequestBackend(ModelBackend):
    """Django's own, whose users remember their memberships for as long as the request lasts: a page asks several times."""

    def get_user(self, user_id: int) -> User | None:
        user = super().get_user(user_id)
        if isinstance(user, User):
            user.memberships_of_request = None
            return user
        return None
