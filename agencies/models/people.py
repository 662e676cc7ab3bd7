"""Who acts for the agencies: accounts, what they may do where, and what was done to them."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models.record import Record
from agencies.models.register import Agency


class AccountsStay(models.ProtectedError):
    """An account was to be deleted."""

    def __init__(self, accounts: Any) -> None:
        super().__init__(str(_("账号只能停用，不能删除：它办过的事要一直查得到是谁办的。")), set(accounts))


class UserQuerySet(models.QuerySet["User"]):
    def delete(self) -> NoReturn:
        raise AccountsStay(self)


class AccountManager(UserManager["User"]):
    use_in_migrations = False

    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)


class User(AbstractUser):
    """An account. What it may do where is a matter of its memberships alone.

    One that was issued or reset has a password that somebody else has seen: nothing works until it is changed.
    """

    phone = models.CharField(_("电话"), max_length=60, blank=True)
    must_change_password = models.BooleanField(_("须先修改密码"), default=False)

    memberships_of_request: list[Membership] | None
    """What `agencies.access` has read for the request that is being answered; absent outside of one."""

    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        verbose_name = _("用户")
        verbose_name_plural = _("用户")

    def __str__(self) -> str:
        """The person's name, which stays in the history when the account is handed over; else what it signs in with."""
        return self.get_full_name() or self.username

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Accounts are deactivated. Raises AccountsStay, whatever is asked."""
        raise AccountsStay([self])


def name_of(person: User | None) -> str:
    """What to keep with an act of theirs: whoever is renamed later did it under this name."""
    return str(person) if person else ""


class Role(models.TextChoices):
    CLERK = "clerk", _("填报员")
    REVIEWER = "reviewer", _("审核员")
    SUPERVISOR = "supervisor", _("主管部门")


class Membership(models.Model):
    """A user's role at an agency. Clerks and reviewers act for that agency, supervisors for its whole division."""

    user = models.ForeignKey(User, verbose_name=_("用户"), on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, verbose_name=_("机构"), on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("角色"), max_length=10, choices=Role)

    class Meta:
        verbose_name = _("任职")
        verbose_name_plural = _("任职")
        constraints = [
            models.UniqueConstraint(fields=["user", "agency", "role"], name="one_membership_per_user_agency_role")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.agency}"


class AccountAct(models.TextChoices):
    ISSUED = "issued", _("开通")
    TAKEN_OVER = "taken_over", _("接替")
    LEFT = "left", _("移交")
    RESET = "reset", _("重置密码")
    DEACTIVATED = "deactivated", _("停用")
    REACTIVATED = "reactivated", _("恢复")
    CHANGED_PASSWORD = "changed_password", _("修改密码")
    RENAMED = "renamed", _("改名")
    GIVEN_ROLE = "given_role", _("任职")
    LOST_ROLE = "lost_role", _("免去任职")
    ADMIN_RIGHTS = "admin_rights", _("更改管理权限")


class AccountRecord(Record):
    """What was done to an account, by whom and when.

    `agency` and `role` are named where the act was about what the account may do there; `username` and `name` are those
    of the account at the time.
    """

    ERASABLE = ("comment",)

    act = models.CharField(_("操作"), max_length=16, choices=AccountAct)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="records", verbose_name=_("用户"))
    username = models.CharField(_("用户名"), max_length=150)
    name = models.CharField(_("姓名"), max_length=301, blank=True)
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("机构")
    )
    role = models.CharField(_("角色"), max_length=10, choices=Role, blank=True)
    comment = models.CharField(_("备注"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("账号记录")
        verbose_name_plural = _("账号记录")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_act_display()} · {self.username}"

    @property
    def chain(self) -> str:
        return f"account:{self.user_id}"
