"""Into whose figures a body's figures are counted, and from when to when."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models.record import Record
from agencies.models.register import Agency


class CountsIntoQuerySet(models.QuerySet["CountsInto"]):
    def in_year(self, year: int) -> CountsIntoQuerySet:
        """Those in force at some time of the year; of one agency the last of them counts."""
        began = models.Q(valid_from=None) | models.Q(valid_from__lte=datetime.date(year, 12, 31))
        lasted = models.Q(valid_to=None) | models.Q(valid_to__gte=datetime.date(year, 1, 1))
        return self.filter(began & lasted)

    def wholes_of(self, codes: Iterable[str], year: int) -> dict[str, str]:
        """By agency, the one that it counts into in that year, in one query."""
        rows = self.in_year(year).filter(agency__in=codes).order_by(models.F("valid_from").asc(nulls_first=True))
        return dict(rows.values_list("agency_id", "whole_id"))


class CountsInto(models.Model):
    """One agency counts into another. This begins as the division codes have it, and is changed by supervisors: a county's
    bureau may report to the city's, a zone may run a town. A body that was abolished counts for its last year, too."""

    agency = models.ForeignKey(
        Agency, verbose_name=_("机构"), on_delete=models.CASCADE, related_name="counts_into", db_index=False
    )
    whole = models.ForeignKey(Agency, verbose_name=_("计入"), on_delete=models.CASCADE, related_name="parts")
    valid_from = models.DateField(_("起"), null=True, blank=True)
    valid_to = models.DateField(_("止"), null=True, blank=True)

    objects = CountsIntoQuerySet.as_manager()

    class Meta:
        verbose_name = _("计入关系")
        verbose_name_plural = _("计入关系")
        ordering = ["agency_id", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "valid_from"], name="one_whole_from_a_day_on"),
            models.UniqueConstraint(
                fields=["agency"], condition=models.Q(valid_from=None), name="one_whole_from_the_beginning"
            ),
            models.CheckConstraint(condition=~models.Q(agency=models.F("whole")), name="nobody_counts_into_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} → {self.whole_id}"

    def clean(self) -> None:
        if self.valid_from and self.valid_to and self.valid_from > self.valid_to:
            raise ValidationError({"valid_to": _("止于起日之前。")})


class CountingRecord(Record):
    """Who changed into whom an agency counts, from when on and why."""

    ERASABLE = ("comment",)

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("机构"))
    before = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("原计入"))
    after = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("计入"))
    since = models.DateField(_("自"))
    comment = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("计入关系的变更")
        verbose_name_plural = _("计入关系的变更")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.agency_id} → {self.after_id or '—'}"

    @property
    def chain(self) -> str:
        return f"agency:{self.agency_id}"
