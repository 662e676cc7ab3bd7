"""What was taken down, by which office and why; and what of it is still to be erased outside of the database."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Record
from reports.models.change import chain_of
from reports.models.report import Report


class TakeDownKind(models.TextChoices):
    REDACTED = "redacted", _("隐去文字")
    WITHDRAWN = "withdrawn", _("撤下整份报告")
    LIFTED = "lifted", _("恢复公开")


def new_identifier() -> str:
    return str(uuid.uuid4())


class TakeDown(Record):
    """One act, and what everybody is told of it: `reason`, `office`, the day. The words of a redaction are nowhere.

    `words_digest` commits to them under the key of this installation and the `identifier`, `words_length` counts their characters
    as they are compared (`reports.takedown.words`): with both an older copy of the database can be searched again.
    """

    ERASABLE = ("reason",)

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="takedowns", verbose_name=_("年度报告"))
    identifier = models.CharField(max_length=36, default=new_identifier, unique=True, editable=False)
    kind = models.CharField(_("操作"), max_length=10, choices=TakeDownKind)
    reason = models.TextField(_("理由"))
    office = models.CharField(_("办理机关"), max_length=200)
    words_length = models.PositiveSmallIntegerField(default=0)
    words_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("撤下与隐去")
        verbose_name_plural = _("撤下与隐去")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {timezone.localtime(self.made_at):%Y-%m-%d}"

    @property
    def chain(self) -> str:
        return chain_of(self.report)


def told_of(report: Report) -> list[TakeDown]:
    """What readers are told was done to a report, the oldest first: all of it, but for those withdrawals that were lifted."""
    found: list[TakeDown] = []
    for takedown in TakeDown.objects.filter(report=report):
        if takedown.kind == TakeDownKind.LIFTED:
            found = [each for each in found if each.kind != TakeDownKind.WITHDRAWN]
        else:
            found.append(takedown)
    return found


class PendingErasure(models.Model):
    """What a take-down has still to erase outside of its transaction: `files` of the storage, the yearly files, what is left in
    the files of the database. Whoever is at it has claimed the row; it goes when that is done."""

    takedown = models.OneToOneField(TakeDown, on_delete=models.PROTECT, related_name="+", verbose_name=_("撤下与隐去"))
    files = models.JSONField(_("文件"), default=list)
    claimed_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("待清除的内容")
        verbose_name_plural = _("待清除的内容")

    def __str__(self) -> str:
        return str(self.takedown)
