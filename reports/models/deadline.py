"""By when a report is to be public: dates set locally, extensions, and what was done about them; who was reminded."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import ActorMixin, Agency, Division, Kind, Record


class LocalDate(models.Model):
    """The date that an office sets for the offices below it: those of its division, its own government excepted.

    One with a `kind` of agency goes before one without, and the nearer office before the farther.
    """

    division = models.ForeignKey(Division, verbose_name=_("区划"), on_delete=models.PROTECT, related_name="local_dates")
    year = models.PositiveSmallIntegerField(_("报告年度"))
    kind = models.CharField(_("适用于"), max_length=12, choices=Kind, blank=True)
    due = models.DateField(_("公开期限"))
    opens = models.DateField(_("开始填报"), null=True, blank=True)
    note = models.CharField(_("依据或说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("本地期限")
        verbose_name_plural = _("本地期限")
        ordering = ["-year", "division_id", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["division", "year", "kind"], name="one_local_date_per_division_year_kind"),
            models.CheckConstraint(
                condition=models.Q(opens__isnull=True) | models.Q(opens__lte=models.F("due")),
                name="filing_opens_before_it_is_due",
                violation_error_message=_("开始填报的日期晚于公开期限。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.division} · {self.year} · {self.due}"


class ExtensionState(models.TextChoices):
    ASKED = "asked", _("待答复")
    GRANTED = "granted", _("已同意")
    DECLINED = "declined", _("未同意")
    WITHDRAWN = "withdrawn", _("已收回")


class Extension(ActorMixin):
    """A later date for one agency and year, asked for or granted. Of each there is at most one at a time."""

    agency = models.ForeignKey(Agency, verbose_name=_("机构"), on_delete=models.CASCADE, related_name="extensions")
    year = models.PositiveSmallIntegerField(_("报告年度"))
    until = models.DateField(_("延至"))
    reason = models.TextField(_("理由"))
    state = models.CharField(_("状态"), max_length=9, choices=ExtensionState, default=ExtensionState.ASKED)
    answer = models.TextField(_("答复"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_by_name = models.CharField(_("答复人"), max_length=301, blank=True, editable=False)
    decided_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("延期")
        verbose_name_plural = _("延期")
        ordering = ["-year", "agency_id", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "state"],
                condition=models.Q(state__in=["asked", "granted"]),
                name="one_extension_asked_and_one_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency} · {self.year} · {self.until} · {self.get_state_display()}"


class DeadlineAct(models.TextChoices):
    SET = "set", _("规定期限")
    REMOVED = "removed", _("取消规定")
    ASKED = "asked", _("申请延期")
    GRANTED = "granted", _("同意延期")
    DECLINED = "declined", _("不同意延期")
    WITHDRAWN = "withdrawn", _("收回延期")


class DeadlineChange(Record):
    """What was done about a date, of a division or of one agency."""

    ERASABLE = ("comment",)

    act = models.CharField(_("操作"), max_length=9, choices=DeadlineAct)
    year = models.PositiveSmallIntegerField(_("报告年度"))
    division = models.ForeignKey(
        Division, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("区划")
    )
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("机构")
    )
    kind = models.CharField(_("适用于"), max_length=12, choices=Kind, blank=True)
    before = models.DateField(_("原期限"), null=True, blank=True)
    after = models.DateField(_("新期限"), null=True, blank=True)
    comment = models.TextField(_("理由"), blank=True)

    class Meta:
        verbose_name = _("期限变更记录")
        verbose_name_plural = _("期限变更记录")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_act_display()} · {self.year} · {self.agency or self.division}"

    @property
    def chain(self) -> str:
        return f"agency:{self.agency_id}" if self.agency_id else f"division:{self.division_id}"


class Matter(models.TextChoices):
    """What a person is reminded of."""

    RETURNED = "returned", _("已退回，等待修改")
    MISSING = "missing", _("还没有开始")
    UNFINISHED = "unfinished", _("还没有提交")


class Reminder(models.Model):
    """That a person was reminded of one matter on one day; the constraint keeps it from happening twice."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reminders")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="reminders", verbose_name=_("机构"))
    year = models.PositiveSmallIntegerField(_("报告年度"))
    matter = models.CharField(_("事项"), max_length=10, choices=Matter)
    day = models.DateField(_("日期"))
    sent_to = models.EmailField(_("电子邮箱"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(_("时间"), default=timezone.now)

    class Meta:
        verbose_name = _("催报记录")
        verbose_name_plural = _("催报记录")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "agency", "year", "matter", "day"], name="one_reminder_per_person_matter_and_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.agency} · {self.year} · {self.get_matter_display()} · {self.day}"
