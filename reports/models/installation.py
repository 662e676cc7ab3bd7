"""Which installation this is."""

from __future__ import annotations

from django.db import models


class Installation(models.Model):
    """The one row of its table: `key` tells this installation from every other. A file among the originals says the same,
    which was written once `marked` is set (`reports.originals.belonging`)."""

    key = models.CharField(max_length=32, editable=False)
    marked = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_installation")]

    def __str__(self) -> str:
        return self.key
