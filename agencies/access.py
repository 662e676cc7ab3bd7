"""Who may see and do what. Every view and every API call asks here and nowhere else.

Clerks and reviewers act for the one agency of their membership; supervisors for every agency of its division and below;
superusers for all. Without roles named, any role counts.
"""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from agencies.codes import DIVISION_CODE_LENGTH, ancestor_codes
from agencies.models import Agency, Division, Membership, Role, User, within

Visitor = User | AnonymousUser


class AuthenticatedRequest(HttpRequest):
    """The request behind `login_required`, where the user is known to be one."""

    user: User
    htmx: HtmxDetails


NOTHING = Q(pk__in=[])
EVERYTHING = Q()


def scope_of(user: Visitor, *roles: str, on: str = "") -> Q:
    """The condition that holds for agencies on which the user has one of the roles.

    `on` is the way from the filtered model to the agency: `Report.objects.filter(scope_of(user, on="agency"))`.
    """
    if not user.is_active or not isinstance(user, User):
        return NOTHING
    if user.is_superuser:
        return EVERYTHING
    code = f"{on}__code" if on else "code"
    own: list[str] = []
    scope = NOTHING
    for membership in _memberships(user, roles):
        if membership.role == Role.SUPERVISOR:
            scope |= within(membership.agency.division, on)
        else:
            own.append(membership.agency_id)
    return scope | Q(**{f"{code}__in": own}) if own else scope


def agencies_of(user: Visitor, *roles: str) -> QuerySet[Agency]:
    """The agencies on which the user has one of the roles."""
    return Agency.objects.filter(scope_of(user, *roles))


def roles_at(user: Visitor, agency: Agency) -> frozenset[Role]:
    """The roles that the user has on this agency, in at most one query."""
    if not user.is_active or not isinstance(user, User):
        return frozenset()
    if user.is_superuser:
        return frozenset(Role)
    return frozenset(
        Role(membership.role)
        for membership in _memberships(user, ())
        if (
            membership.agency.division.covers(agency.code)
            if membership.role == Role.SUPERVISOR
            else agency.code == membership.agency_id
        )
    )


def may(user: Visitor, agency: Agency, *roles: str) -> bool:
    """Whether the user has one of the roles on this agency, in at most one query."""
    return not roles_at(user, agency).isdisjoint(roles or Role)


def supervises(user: Visitor, agency: Agency) -> bool:
    """Whether the agency lies in a division that the user supervises."""
    return may(user, agency, Role.SUPERVISOR)


def supervises_division(user: User, division: Division) -> bool:
    """Whether the division is one that the user supervises, or lies below one, in at most one query."""
    if not user.is_active:
        return False
    return user.is_superuser or any(
        membership.agency.division.covers(division.code) for membership in _memberships(user, (Role.SUPERVISOR,))
    )


def supervisors_of(*codes: str) -> QuerySet[User]:
    """The people who supervise one of these agencies or divisions, be it from its own government or from above."""
    divisions = {code[:DIVISION_CODE_LENGTH] for code in codes}
    divisions |= {above for code in codes for above in ancestor_codes(code)}
    people = User.objects.filter(
        memberships__role=Role.SUPERVISOR, memberships__agency__division__in=divisions, is_active=True
    )
    return people.distinct().order_by("username")


def office_work_of(user: Visitor, *, below: bool = True) -> Q:
    """The condition for work that was begun for an office of the user (`reports.models.office`), whoever began it: a colleague
    takes over, and who has left the office is out. `below`: also for the offices that he supervises.

    What a supervisor began reaches beyond his office; clerks of the same office are not concerned by it.
    """
    if not user.is_active or not isinstance(user, User):
        return NOTHING
    if user.is_superuser:
        # He holds no office: what one of them began is everybody's of his kind.
        return EVERYTHING if below else Q(office=None)
    scope = NOTHING
    for membership in _memberships(user, ()):
        own = Q(office=membership.agency_id)
        if membership.role != Role.SUPERVISOR:
            scope |= own & ~Q(office_role=Role.SUPERVISOR)
        elif below:
            scope |= within(membership.agency.division, "office")
        else:
            scope |= own & Q(office_role=Role.SUPERVISOR)
    return scope


def may_take_over(user: Visitor, office: str | None, office_role: str) -> bool:
    """Whether `office_work_of` holds for work of this office, by its code, in one query."""
    if not user.is_active or not isinstance(user, User):
        return False
    if user.is_superuser:
        return True
    return office is not None and any(
        membership.agency.division.covers(office)
        if membership.role == Role.SUPERVISOR
        else office == membership.agency_id and office_role != Role.SUPERVISOR
        for membership in _memberships(user, ())
    )


def holds(user: User, *roles: str) -> bool:
    """Whether the user has one of the roles anywhere."""
    return user.is_active and (user.is_superuser or bool(_memberships(user, roles)))


def roles_held(user: User) -> frozenset[Role]:
    """The roles that the user holds at any agency. A superuser may do everything, but holds no role by that."""
    return frozenset(Role(membership.role) for membership in _memberships(user, ())) if user.is_active else frozenset()


def office_of(user: User | None, agency: Agency | None = None) -> dict[str, str]:
    """For which office somebody begins work, as the fields that say it: the one in charge of the agency at hand, if any; else
    where he supervises; none where he holds no role."""
    memberships = list(user.memberships.select_related("agency__division").order_by("pk")) if user else []
    if user and user.is_superuser:
        memberships = []
    if agency:
        memberships = [one for one in memberships if _is_in_charge(one, agency)] or memberships
    first = next((one for one in memberships if one.role == Role.SUPERVISOR), memberships[0] if memberships else None)
    return {"office_id": first.agency_id, "office_role": first.role} if first else {}


def _is_in_charge(membership: Membership, agency: Agency) -> bool:
    if membership.role == Role.SUPERVISOR:
        return membership.agency.division.covers(agency.code)
    return membership.agency_id == agency.code


def is_above(user: Visitor, agency: Agency) -> bool:
    """Whether the agency is below an office of the user: supervised, and not that place's own government."""
    if not user.is_active or not isinstance(user, User):
        return False
    return user.is_superuser or any(
        office.covers(agency.code) and agency.code != office.code for office in offices_of(user)
    )


def offices_of(user: Visitor) -> list[Division]:
    """The divisions that the user supervises as an office of theirs, the widest first.

    A superuser holds no office; he acts in any division, which has to be named.
    """
    if not user.is_active or not isinstance(user, User):
        return []
    return list(
        Division.objects.filter(agencies__memberships__in=user.memberships.filter(role=Role.SUPERVISOR)).distinct()
    )


def _memberships(user: User, roles: tuple[str, ...]) -> list[Membership]:
    if not hasattr(user, "memberships_of_request"):
        return _read_memberships(user, roles)
    if user.memberships_of_request is None:
        user.memberships_of_request = _read_memberships(user, ())
    return [membership for membership in user.memberships_of_request if not roles or membership.role in roles]


def _read_memberships(user: User, roles: tuple[str, ...]) -> list[Membership]:
    return list(user.memberships.filter(role__in=roles or Role.values).select_related("agency__division"))
