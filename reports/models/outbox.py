"""What has to follow a change, written in its transaction and done after it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.models.report import Report


class NeighbourCheck(models.Model):
    """The reports that are compared with this one have to be checked anew, for it has become public. Whoever is at it has
    claimed the row; it goes when that is done."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+", verbose_name=_("年度报告"))
    claimed_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(_("时间"), default=timezone.now)

    class Meta:
        verbose_name = _("待核对的相关报告")
        verbose_name_plural = _("待核对的相关报告")

    def __str__(self) -> str:
        return str(self.report)
