"""What was done to a version, one record for each act."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import AppendOnly
from reports.models.report import Version


class Action(models.TextChoices):
    CREATED = "created", _("新建")
    SAVED = "saved", _("保存")
    IMPORTED = "imported", _("导入")
    SENT = "sent", _("送审")
    SUBMITTED = "submitted", _("提交")
    RETURNED = "returned", _("退回")
    WITHDRAWN = "withdrawn", _("撤回")
    PUBLISHED = "published", _("公开")
    LOCATED = "located", _("登记公开")
    CORRECTED = "corrected", _("更正")
    EXPLAINED = "explained", _("说明")
    DECIDED = "decided", _("处理疑点")
    ASSIGNED = "assigned", _("分派疑点")


class Change(AppendOnly):
    """`figures` is {key: [old, new]} for the cells that changed, `texts` the same for narrative and contact fields;
    `pins` is {figure key or narrative part: comment} where a report was given back; `about` the fingerprint of the
    finding that was explained, decided or assigned; `edits` how often the version had been edited when it was done."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="changes", verbose_name=_("报告版本"))
    action = models.CharField(_("操作"), max_length=10, choices=Action)
    figures = models.JSONField(_("数据变化"), default=dict)
    texts = models.JSONField(_("文字变化"), default=dict)
    pins = models.JSONField(_("逐处意见"), default=dict, blank=True)
    about = models.CharField(_("疑点"), max_length=64, blank=True)
    edits = models.PositiveIntegerField(_("修改次数"), default=0)
    comment = models.TextField(_("备注"), blank=True)

    class Meta:
        verbose_name = _("变更记录")
        verbose_name_plural = _("变更记录")
        ordering = ["version_id", "pk"]

    def __str__(self) -> str:
        return f"{self.get_action_display()} · {timezone.localtime(self.made_at):%Y-%m-%d %H:%M}"
