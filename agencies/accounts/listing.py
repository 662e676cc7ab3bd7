"""The list of the accounts that a supervisor manages, filtered by words, role and state; and the record of acts."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.accounts.permissions import agencies_managed_by, memberships_managed_by
from agencies.lockout import locked_names
from agencies.models import AccountRecord, Membership, Role, User

STATES = {
    "waiting": _("等待首次登录"),
    "used": _("使用中"),
    "locked": _("暂时锁定"),
    "inactive": _("已停用"),
}


def find_accounts(actor: User, wanted: str = "", role: str = "", state: str = "") -> QuerySet[Membership]:
    """Who does what where, of all that the actor keeps; an account with two roles is there twice."""
    found = memberships_managed_by(actor).select_related("user", "agency").order_by("agency__code", "role", "user_id")
    if role in Role.values:
        found = found.filter(role=role)
    if wanted:
        found = found.filter(
            Q(agency__name__icontains=wanted)
            | Q(agency__code__startswith=wanted)
            | Q(user__username__icontains=wanted)
            | Q(user__first_name__icontains=wanted)
        )
    return found.filter(_in_state(state))


def _in_state(state: str) -> Q:
    if state == "inactive":
        return Q(user__is_active=False)
    if state == "waiting":
        return Q(user__is_active=True, user__must_change_password=True)
    if state == "used":
        return Q(user__is_active=True, user__must_change_password=False)
    if state == "locked":
        return Q(user__is_active=True, user__username__in=locked_names())
    return Q()


def records_for(actor: User) -> QuerySet[AccountRecord]:
    """What was done to accounts in the actor's subtree, the latest first; of accounts that have left it, what he did himself."""
    records = AccountRecord.objects.select_related("agency")
    if actor.is_superuser:
        return records
    kept = agencies_managed_by(actor).values("pk")
    of_accounts = Q(agency=None, user__in=Membership.objects.filter(agency__in=kept).values("user"))
    known = AccountRecord.objects.filter(agency__in=kept).values("user")
    return records.filter(Q(agency__in=kept) | of_accounts | Q(agency=None, made_by=actor, user__in=known))
