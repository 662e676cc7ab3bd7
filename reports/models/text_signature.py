"""What tells at a glance whether two texts may be alike: a few numbers a text, looked up instead of compared."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.report import Version


class MinHashSignature(models.Model):
    """The signature of a version's narrative. `digest` is that of the text of which it was made."""

    version = models.OneToOneField(
        Version, on_delete=models.CASCADE, primary_key=True, related_name="signature", verbose_name=_("报告版本")
    )
    digest = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("文字特征")
        verbose_name_plural = _("文字特征")

    def __str__(self) -> str:
        return f"{self.version_id} · {self.digest}"


class MinHashBand(models.Model):
    """One band of a signature (`reports.checks.reuse.bands`). Texts that share one, of the same year or the next, may be alike."""

    signature = models.ForeignKey(
        MinHashSignature, on_delete=models.CASCADE, related_name="bands", verbose_name=_("文字特征")
    )
    year = models.PositiveSmallIntegerField(_("报告年度"))
    value = models.BigIntegerField()

    class Meta:
        verbose_name = _("文字特征段")
        verbose_name_plural = _("文字特征段")
        indexes = [models.Index(fields=["value", "year"], name="text_by_band")]

    def __str__(self) -> str:
        return f"{self.year} · {self.value}"
