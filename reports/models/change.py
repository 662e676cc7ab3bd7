"""What was done to a version, one record for each act."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Record, RecordQuerySet
from reports.models.figures import row_names
from reports.models.published_content import published_content
from reports.models.report import Report, Version

PUBLISHED = "published."
"""Begins the names of the parts that everybody may see."""


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
    SCOPED = "scoped", _("认定统计范围")
    REDACTED = "redacted", _("隐去文字")
    TAKEN_DOWN = "taken_down", _("撤下")
    LIFTED = "lifted", _("恢复公开")


class ChangeQuerySet(RecordQuerySet):
    def with_parts(self) -> ChangeQuerySet:
        return self.select_related("version__report", *row_names("version__"))


class Change(Record):
    """`figures` is {key: [old, new]} for the cells that changed, `texts` the same for narrative and contact fields;
    `pins` is {figure key or narrative part: comment} where a report was given back; `about` the fingerprint of the
    finding that was explained, decided or assigned; `edits` how often the version had been edited when it was done.
    With `publishes` the version became public by it, and the chain commits to what readers see."""

    ERASABLE = ("figures", "texts", "pins", "about", "comment")

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="changes", verbose_name=_("报告版本"))
    action = models.CharField(_("操作"), max_length=10, choices=Action)
    figures = models.JSONField(_("数据变化"), default=dict)
    texts = models.JSONField(_("文字变化"), default=dict)
    pins = models.JSONField(_("逐处意见"), default=dict, blank=True)
    about = models.CharField(_("疑点"), max_length=64, blank=True)
    edits = models.PositiveIntegerField(_("修改次数"), default=0)
    comment = models.TextField(_("备注"), blank=True)
    publishes = models.BooleanField(_("公开"), default=False)

    objects = ChangeQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("变更记录")
        verbose_name_plural = _("变更记录")
        ordering = ["version_id", "pk"]

    def __str__(self) -> str:
        return f"{self.get_action_display()} · {timezone.localtime(self.made_at):%Y-%m-%d %H:%M}"

    @property
    def chain(self) -> str:
        return chain_of(self.version.report)

    def parts(self) -> dict[str, Any]:
        published = published_content(self.version) if self.publishes else {}
        return super().parts() | {f"{PUBLISHED}{name}": value for name, value in published.items()}


def chain_of(report: Report) -> str:
    """The key of the chain of a report."""
    return f"report:{report.agency_id}/{report.year}"
