"""The words of the domain that a report, a version and its figures are told by."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    DRAFT = "draft", _("填写中")
    RETURNED = "returned", _("已退回")
    SENT = "sent", _("待核对")
    SUBMITTED = "submitted", _("已提交")
    PUBLISHED = "published", _("已公开")
    SUPERSEDED = "superseded", _("已更正")
    TAKEN_DOWN = "taken_down", _("已撤下")


PUBLIC_STATES = (State.PUBLISHED, State.SUPERSEDED)


class Origin(models.TextChoices):
    ENTERED = "entered", _("在线填报")
    IMPORTED = "imported", _("文件导入")


class ScopeKind(models.TextChoices):
    """Whom the figures of a report cover. A total adds those that are known, each body once."""

    OWN = "own", _("本机关")
    GOVERNMENT = "government", _("本级政府及其部门")
    AREA = "area", _("全辖区汇总")
    UNITS = "units", _("所列单位")
    UNKNOWN = "unknown", _("未说明")

    @property
    def covers_others(self) -> bool:
        return self in COVERING


COVERING = (ScopeKind.GOVERNMENT, ScopeKind.AREA, ScopeKind.UNITS)
"""The scopes of reports that count what other bodies may report, too."""


class ScopeBasis(models.TextChoices):
    """How the scope of a report is known."""

    KIND = "kind", _("按机构类别")
    TEXT = "text", _("据报告原话")
    SUMS = "sums", _("据各单位数据之和")
    PERSON = "person", _("由人工认定")
