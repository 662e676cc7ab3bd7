"""A contradiction found in a version, and what was decided about it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies.models import ActorMixin
from reports.models.figures import row_names
from reports.standard import EDITIONS

EQUATION_RULES = frozenset(equation.rule for edition in EDITIONS.values() for equation in edition.equations)
"""The rules whose findings are public with the report; any other only once a supervisor has confirmed it."""

UNDECIDED_RULES = ("undecided", "missing_table", "not_a_count")
"""The rules that say of a figure that it is none: a report without it is neither balanced nor broken."""


class Severity(models.TextChoices):
    ERROR = "error", _("错误")
    WARNING = "warning", pgettext_lazy("severity", "疑点")
    INFO = "info", _("提示")


class Decision(models.TextChoices):
    """`open` nobody has said anything; `explained` the agency gave a reason; the supervisor accepts, confirms or
    dismisses it; `resolved` the figures changed and it no longer holds."""

    OPEN = "open", _("待处理")
    EXPLAINED = "explained", _("已说明")
    ACCEPTED = "accepted", _("已认可")
    CONFIRMED = "confirmed", _("确认有误")
    DISMISSED = "dismissed", _("已排除")
    RESOLVED = "resolved", _("已消除")


_BROKEN_EQUATION = models.Q(rule__in=EQUATION_RULES, severity=Severity.ERROR) & ~models.Q(decision=Decision.RESOLVED)


class FindingQuerySet(models.QuerySet["Finding"]):
    def holding(self) -> FindingQuerySet:
        """Those that are still true of the figures and texts, whatever was decided about them."""
        return self.exclude(decision=Decision.RESOLVED)

    def broken_equations(self) -> FindingQuerySet:
        """Those that say that a table contradicts itself."""
        return self.filter(_BROKEN_EQUATION)

    def missing_figures(self) -> FindingQuerySet:
        """Those that say that a table lacks something, so that not every equation can be decided."""
        return self.holding().filter(rule__in=UNDECIDED_RULES)

    def public(self) -> FindingQuerySet:
        """What readers are told: broken equations, and what a supervisor has confirmed."""
        return self.filter(_BROKEN_EQUATION | models.Q(decision=Decision.CONFIRMED))

    def with_figures(self) -> FindingQuerySet:
        """With their version, its report, agency and figures, in one query."""
        return self.select_related("version__report__agency", *row_names("version__"))


class Finding(models.Model):
    """A record, not a message: the sentence shown is rendered from the rule (`reports.checks.wording`).

    `fingerprint` is made of rule, place and operands. While it stays the same a decision survives every re-check.
    `culprit` is the one cell whose change would put everything right, where there is exactly one. `assignee` is the
    supervisor who looks after it. `earlier` holds what former versions of the rule said of it.
    """

    version = models.ForeignKey(
        "reports.Version", on_delete=models.CASCADE, related_name="findings", verbose_name=_("报告版本")
    )
    rule = models.CharField(_("规则"), max_length=40, db_index=True)
    rule_version = models.PositiveSmallIntegerField(_("规则版本"), default=1)
    severity = models.CharField(_("程度"), max_length=7, choices=Severity)
    where = models.CharField(_("位置"), max_length=80)
    cells = models.JSONField(_("单元格"), default=list)
    operands = models.JSONField(_("数据"), default=dict)
    expected = models.DecimalField(_("应为"), max_digits=24, decimal_places=6, null=True, blank=True)
    actual = models.DecimalField(_("实为"), max_digits=24, decimal_places=6, null=True, blank=True)
    quote = models.TextField(_("原文"), blank=True)
    culprit = models.CharField(_("可能有误的单元格"), max_length=80, blank=True)
    earlier = models.JSONField(_("规则修订前的结论"), default=list, blank=True)
    fingerprint = models.CharField(max_length=64)
    decision = models.CharField(_("状态"), max_length=10, choices=Decision, default=Decision.OPEN)
    reason = models.TextField(_("理由"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_by_name = models.CharField(_("处理人"), max_length=301, blank=True, editable=False)
    decided_at = models.DateTimeField(_("处理时间"), null=True, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("经办人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assigned_findings",
    )
    created_at = models.DateTimeField(_("发现时间"), default=timezone.now)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("疑点")
        verbose_name_plural = _("疑点")
        ordering = ["version_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "fingerprint"], name="one_finding_per_fingerprint")]
        indexes = [models.Index(fields=["version", "severity", "decision"], name="finding_by_version")]

    def __str__(self) -> str:
        return f"{self.rule} · {self.where}"

    def get_absolute_url(self) -> str:
        return reverse("finding", args=[self.pk])


class BulkAct(ActorMixin):
    """What one supervisor did to several findings at once, kept so that it can be undone.

    `done` is {key of the finding: what it was before}, `refused` {key of the finding: why}.
    """

    act = models.CharField(_("操作"), max_length=10)
    reason = models.TextField(_("理由"), blank=True)
    done = models.JSONField(_("已处理"), default=dict)
    refused = models.JSONField(_("未处理"), default=dict)
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("批量处理")
        verbose_name_plural = _("批量处理")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.act} · {timezone.localtime(self.made_at):%Y-%m-%d %H:%M}"
