"""Files as they came, and the imports that wait for a person."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.models.office import OfficeWork


class Source(models.Model):
    """One upload of an original, under the name that it came with. The bytes are kept once, however often they are brought,
    in `file`; whoever brings the same ones has a row of his own, and learns of nobody else's.

    One that was taken down is `erased`: its bytes are gone, and `sha256` is no longer their checksum, which could be used to try
    out what stood there, but a digest of that under a key. So the same bytes are recognised when somebody brings them again.
    """

    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    name = models.CharField(_("文件名"), max_length=255)
    size = models.PositiveIntegerField(_("字节数"))
    file = models.FileField(_("文件"), upload_to="")
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    received_by_name = models.CharField(_("上传人"), max_length=301, blank=True, editable=False)
    received_at = models.DateTimeField(_("收到时间"), default=timezone.now)
    erased = models.BooleanField(_("已撤除"), default=False)

    class Meta:
        verbose_name = _("来源文件")
        verbose_name_plural = _("来源文件")
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The file itself, as it was named in this upload."""
        return self._address("source")

    def get_view_url(self) -> str:
        """What it says, as a page."""
        return self._address("source_view")

    def _address(self, view: str) -> str:
        return f"{reverse(view, args=[self.sha256])}?upload={self.pk}"

    @property
    def reading_name(self) -> str:
        """The name in the storage under which what was read from it is kept; another number makes everything be read anew."""
        return f"{self.sha256[:2]}/{self.sha256}.reading-1.json.gz"


class RenditionState(models.TextChoices):
    ASKED = "asked", _("等待生成")
    DONE = "done", _("已生成")
    FAILED = "failed", _("无法生成")


class Rendition(models.Model):
    """What a worker makes of an original when somebody asks to see it, for no web process opens a stranger's file: the picture of
    a page, or, as page 0, its reading, which is kept beside the file. It is forgotten after a while and made anew."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="renditions", verbose_name=_("来源文件"))
    page = models.PositiveSmallIntegerField(_("页"))
    state = models.CharField(_("状态"), max_length=6, choices=RenditionState, default=RenditionState.ASKED)
    png = models.BinaryField(null=True)
    asked_at = models.DateTimeField(_("时间"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("原文件的图像")
        verbose_name_plural = _("原文件的图像")
        constraints = [models.UniqueConstraint(fields=["source", "page"], name="one_rendition_per_page")]

    def __str__(self) -> str:
        return f"{self.source} · {self.page}"


class Waiting(models.TextChoices):
    CONFIRMATION = "confirmation", _("待确认")
    AGENCY = "agency", _("待认定机构")
    CONFLICT = "conflict", _("与已有报告不同")


class PendingImport(OfficeWork):
    """A parsed report that is not stored yet because a person has to decide. `parsed` is `ParsedReport.to_json()` as the file
    was read; `corrections` is what people put in its place, `decisions` what they decided so far (reports.intake.commit)."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="pending", verbose_name=_("来源文件"))
    waiting_for = models.CharField(_("等待"), max_length=12, choices=Waiting)
    as_draft = models.BooleanField(_("作为草稿"), default=False)
    parsed = models.JSONField(_("识别结果"))
    corrections = models.JSONField(_("改正"), default=dict, blank=True)
    decisions = models.JSONField(_("选择"), default=dict, blank=True)
    edits = models.PositiveIntegerField(_("修改次数"), default=0)
    changed_at = models.DateTimeField(_("修改时间"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("导入时间"), default=timezone.now)

    class Meta:
        verbose_name = _("待处理导入")
        verbose_name_plural = _("待处理导入")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.source} · {self.get_waiting_for_display()}"

    def get_absolute_url(self) -> str:
        return reverse("preview", args=[self.pk])
