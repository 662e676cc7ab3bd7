"""Many files that were brought together, and what became of each."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reports.models.job import Job
from reports.models.report import Version
from reports.models.source import PendingImport


class ImportStatus(models.TextChoices):
    WAITING = "waiting", _("未开始")
    READING = "reading", _("正在读取")
    STORED = "stored", _("已存入")
    UNCHANGED = "unchanged", _("已有，未变")
    PENDING = "pending", _("等待人工处理")
    FAILED = "failed", _("未能导入")


class Batch(models.Model):
    """`hold_doubtful`: a file in which anything was not read for certain waits for a person instead of being stored."""

    job = models.OneToOneField(Job, on_delete=models.CASCADE, related_name="batch", verbose_name=_("后台任务"))
    name = models.CharField(_("名称"), max_length=255)
    as_draft = models.BooleanField(_("作为草稿"), default=False)
    hold_doubtful = models.BooleanField(_("有疑问的先等人核对"), default=True)

    class Meta:
        verbose_name = _("批量导入")
        verbose_name_plural = _("批量导入")
        ordering = ["-job_id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("batch", args=[self.pk])


class BatchFile(models.Model):
    """One file of a batch. Until it is done its bytes lie in the storage at `place`, as the member `member` of an archive where
    that is not empty. `doubts` counts what was not read for certain."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="files", verbose_name=_("批次"))
    position = models.PositiveIntegerField(_("序号"))
    name = models.CharField(_("文件"), max_length=500)
    place = models.CharField(max_length=200, blank=True)
    member = models.TextField(blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    status = models.CharField(_("结果"), max_length=10, choices=ImportStatus, default=ImportStatus.WAITING)
    message = models.TextField(_("说明"), blank=True)
    doubts = models.PositiveIntegerField(_("疑问"), default=0)
    version = models.ForeignKey(Version, null=True, blank=True, on_delete=models.SET_NULL, related_name="batch_files")
    pending = models.ForeignKey(
        PendingImport, null=True, blank=True, on_delete=models.SET_NULL, related_name="batch_files"
    )

    class Meta:
        verbose_name = _("批次文件")
        verbose_name_plural = _("批次文件")
        ordering = ["batch_id", "position"]
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="one_batch_file_per_position")]
        indexes = [models.Index(fields=["batch", "status"], name="batch_file_by_status")]

    def __str__(self) -> str:
        return self.name
