"""Whose accounts a supervisor manages: those of its subtree, save the supervisors of its own level.

An account that also acts elsewhere is not his alone: he may end what it does with him, but neither reset nor
deactivate it.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from agencies.access import EVERYTHING, NOTHING, offices_of
from agencies.models import Agency, Division, Level, Membership, Role, User, within


def managed_by(actor: User) -> Q:
    """The condition that holds for the memberships that the actor keeps."""
    if actor.is_superuser:
        return EVERYTHING
    condition = NOTHING
    for office in offices_of(actor):
        own_level = Q(role=Role.SUPERVISOR, agency__division=office)
        condition |= within(office, on="agency") & ~own_level
    return condition


def memberships_managed_by(actor: User) -> QuerySet[Membership]:
    """What the actor keeps, of other people: nobody hands over or deactivates himself."""
    return Membership.objects.filter(managed_by(actor)).exclude(user=actor)


def accounts_managed_by(actor: User) -> QuerySet[User]:
    """The accounts that the actor may reset and deactivate: all that they do is within his reach."""
    accounts = User.objects.exclude(pk=actor.pk)
    if actor.is_superuser:
        return accounts
    own = Membership.objects.filter(user=OuterRef("pk"))
    kept = own.filter(managed_by(actor))
    beyond = own.exclude(pk__in=Membership.objects.filter(managed_by(actor)).values("pk"))
    return accounts.filter(Exists(kept), ~Exists(beyond), is_superuser=False, is_staff=False)


def agencies_managed_by(actor: User) -> QuerySet[Agency]:
    """The agencies in which the actor issues accounts."""
    if actor.is_superuser:
        return Agency.objects.all()
    condition = NOTHING
    for office in offices_of(actor):
        condition |= within(office)
    return Agency.objects.filter(condition)


def without_clerk(agencies: QuerySet[Agency]) -> QuerySet[Agency]:
    """Those that owe reports and have nobody to file them."""
    clerks = Membership.objects.filter(agency=OuterRef("pk"), role=Role.CLERK, user__is_active=True)
    return agencies.filter(~Exists(clerks), owes_report=True, valid_to__isnull=True)


def is_within(actor: User, offices: list[Division], agency: Agency) -> bool:
    """Whether the actor, who holds these offices, issues accounts there."""
    return actor.is_superuser or any(office.covers(agency.code) for office in offices)


def why_role_refused(actor: User, offices: list[Division], agency: Agency, role: str) -> str:
    """Why the actor cannot give that role to somebody there, and what to do; empty where he can.

    Expects the agency, which is within his reach, with its division.
    """
    if role != Role.SUPERVISOR:
        return ""
    if agency.division.level >= Level.TOWNSHIP:
        return _("乡级机构没有下属，不设主管部门账号，请改填填报员或审核员。")
    above = [office for office in offices if office.covers(agency.code)]
    if not actor.is_superuser and all(office.pk == agency.division_id for office in above):
        return _("本级主管部门的账号由上级或系统管理员开通，请删去这一行。")
    return ""
