"""Records of what was done: appended in the transaction that does it, never edited, never taken back."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Unchangeable(TypeError):
    """A record was to be edited or deleted: a mistake in the program, not of its user."""

    def __init__(self) -> None:
        super().__init__("A record says what happened; it is appended, never edited and never deleted.")


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Reads and appends. What the database does when an account or a report goes is done by the base manager."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise Unchangeable

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Unchangeable

    def delete(self) -> NoReturn:
        raise Unchangeable


class AppendOnly(models.Model):
    """The base of every record: by whom it was made, when, and that it stays as it is."""

    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(_("时间"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Unchangeable
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Unchangeable
