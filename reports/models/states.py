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


PUBLIC_STATES = (State.PUBLISHED, State.SUPERSEDED)


class Origin(models.TextChoices):
    ENTERED = "entered", _("在线填报")
    IMPORTED = "imported", _("文件导入")


class ScopeKind(models.TextChoices):
    OWN = "own", _("本机关")
    SUBTREE = "subtree", _("含所辖单位")
