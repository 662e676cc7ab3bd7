"""What has to follow a change, written in its transaction and done after it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.models.report import Report, Version


class FollowUp(models.Model):
    """Whoever is at it has claimed the row; it goes when that is done."""

    claimed_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(_("时间"), default=timezone.now)

    class Meta:
        abstract = True


class NeighbourCheck(FollowUp):
    """The reports that are compared with this one have to be checked anew, for it has become public."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+", verbose_name=_("年度报告"))

    class Meta:
        verbose_name = _("待核对的相关报告")
        verbose_name_plural = _("待核对的相关报告")

    def __str__(self) -> str:
        return str(self.report)


class PendingCheck(FollowUp):
    """The version was changed and has to be checked anew. Until then its findings are those of the equations only, and of what
    it said before."""

    version = models.ForeignKey(
        Version, on_delete=models.CASCADE, related_name="pending_checks", verbose_name=_("报告版本")
    )

    class Meta:
        verbose_name = _("待核对的版本")
        verbose_name_plural = _("待核对的版本")

    def __str__(self) -> str:
        return str(self.version)
