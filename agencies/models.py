"""The register: administrative divisions, the agencies that report, and who acts for them."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    PROVINCE = 1, _("省级")
    CITY = 2, _("地级")
    COUNTY = 3, _("县级")
    TOWNSHIP = 4, _("乡级")


class Division(models.Model):
    """An administrative division, identified by its 12-digit code (two digits a province, two a city, two a county, three
    a township, three zeros). The code nests, so a subtree is a code prefix."""

    code = models.CharField(_("区划代码"), max_length=12, primary_key=True)
    name = models.CharField(_("名称"), max_length=60, db_index=True)
    level = models.PositiveSmallIntegerField(_("级别"), choices=Level)
    parent = models.ForeignKey(
        "self", verbose_name=_("上级"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(_("全称"), max_length=200, blank=True, help_text=_("自省级起的全称，如山东省威海市文登区泽库镇。"))

    class Meta:
        verbose_name = _("行政区划")
        verbose_name_plural = _("行政区划")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.path or self.name

    @property
    def prefix(self) -> str:
        """The digits that every code of its subtree begins with."""
        return self.code[: {Level.PROVINCE: 2, Level.CITY: 4, Level.COUNTY: 6, Level.TOWNSHIP: 9}[Level(self.level)]]


class Kind(models.TextChoices):
    """What an agency is; also decides whether it owes a report unless the register says otherwise."""

    GOVERNMENT = "government", _("人民政府")
    TOWNSHIP = "township", _("乡镇人民政府")
    SUBDISTRICT = "subdistrict", _("街道办事处")
    DEPARTMENT = "department", _("政府部门")
    OTHER_UNIT = "other_unit", _("农场、监狱、企业等")


class Agency(models.Model):
    """A body that publishes (or need not publish) an annual report.

    Its code begins with its 12-digit division code, with `-NN` for the bodies of one place beyond its government.
    """

    code = models.CharField(_("机构代码"), max_length=15, primary_key=True)
    name = models.CharField(_("名称"), max_length=100, db_index=True)
    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    division = models.ForeignKey(
        Division, verbose_name=_("所在区划"), on_delete=models.PROTECT, related_name="agencies"
    )
    former_names = models.JSONField(_("曾用名"), default=list, blank=True)
    valid_from = models.DateField(_("设立日期"), null=True, blank=True)
    valid_to = models.DateField(_("撤销日期"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", verbose_name=_("并入机构"), null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )
    owes_report = models.BooleanField(_("应当编制年度报告"), default=True)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)

    class Meta:
        verbose_name = _("机构")
        verbose_name_plural = _("机构")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """An account. What it may do where is a matter of its memberships alone."""

    class Meta(AbstractUser.Meta):
        verbose_name = _("用户")
        verbose_name_plural = _("用户")


class Role(models.TextChoices):
    CLERK = "clerk", _("填报员")
    REVIEWER = "reviewer", _("审核员")
    SUPERVISOR = "supervisor", _("主管部门")


class Membership(models.Model):
    """A user's role at an agency. Clerks and reviewers act for that agency, supervisors for its whole division."""

    user = models.ForeignKey(User, verbose_name=_("用户"), on_delete=models.CASCADE, related_name="memberships")
    agency = models.ForeignKey(Agency, verbose_name=_("机构"), on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("角色"), max_length=10, choices=Role)

    class Meta:
        verbose_name = _("任职")
        verbose_name_plural = _("任职")
        constraints = [
            models.UniqueConstraint(fields=["user", "agency", "role"], name="one_membership_per_user_agency_role")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.agency}"
