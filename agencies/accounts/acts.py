"""What is done to accounts. Each act is recorded in the transaction that does it; who may do it is asked before.

Drafts and reports belong to the agency: whoever takes over finds them as they were left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from axes.utils import reset as forget_failures
from django.db import transaction

from agencies.accounts.passwords import one_time_password, stored
from agencies.accounts.planning import plan
from agencies.accounts.spreadsheet import Row
from agencies.codes import DIVISION_CODE_LENGTH, prefix_of
from agencies.models import AccountAct, AccountRecord, Agency, Membership, Role, User


@dataclass(frozen=True)
class Issued:
    """An account and its one-time password: the only place where it stands in clear."""

    user: User
    password: str
    agency: Agency | None = None
    role: str = ""

    @property
    def role_label(self) -> str:
        return str(Role(self.role).label) if self.role else ""


@transaction.atomic
def issue(rows: Sequence[Row], by: User) -> list[Issued]:
    """An account for each line without errors; whom it replaces leaves the agency in the same moment.

    The lines are judged while their agencies are held: a table sent twice at once gives nobody two accounts.
    """
    meant = {one.agency.pk for one in plan(rows, by) if one.agency}
    list(Agency.objects.select_for_update().filter(pk__in=meant).order_by("pk"))
    sound = [one for one in plan(rows, by) if not one.errors]
    issued = []
    for one in sound:
        assert one.agency is not None
        assert one.role is not None
        password = one_time_password()
        person = User(
            username=free_username(one.agency),
            first_name=one.person,
            email=one.row.email,
            phone=one.row.phone,
            password=stored(password),
            must_change_password=True,
        )
        person.save()
        Membership.objects.create(user=person, agency=one.agency, role=one.role)
        act = AccountAct.TAKEN_OVER if one.replaces else AccountAct.ISSUED
        comment = one.replaces.user.username if one.replaces else ""
        record(act, person, by, one.agency, one.role, comment)
        if one.replaces:
            leave(one.replaces, by, person.username)
        issued.append(Issued(person, password, one.agency, one.role))
    return issued


def free_username(agency: Agency) -> str:
    """The next of the agency: 990121100.1, 990121-01.2. Digits are quickly typed, and say whose account it is."""
    stem = prefix_of(agency.code[:DIVISION_CODE_LENGTH], agency.division.level) + agency.code[DIVISION_CODE_LENGTH:]
    taken = User.objects.filter(username__startswith=f"{stem}.").values_list("username", flat=True)
    numbers = [int(rest) for name in taken if (rest := name.removeprefix(f"{stem}.")).isdecimal()]
    return f"{stem}.{max(numbers, default=0) + 1}"


@transaction.atomic
def leave(membership: Membership, by: User, successor: str = "") -> None:
    """Ends what an account does at an agency; one that does nothing anywhere else is deactivated."""
    person = User.objects.select_for_update().get(pk=membership.user_id)
    Membership.objects.filter(pk=membership.pk).delete()
    record(AccountAct.LEFT, person, by, membership.agency, membership.role, successor)
    if person.is_active and not person.is_superuser and not person.memberships.exists():
        person.is_active = False
        person.save(update_fields=["is_active"])
        record(AccountAct.DEACTIVATED, person, by)


@transaction.atomic
def reset(accounts: Iterable[User], by: User) -> list[Issued]:
    """A new one-time password for each. Whoever is signed in with the old one is signed out; lock-outs are lifted."""
    issued = []
    for person in _held(accounts):
        password = one_time_password()
        person.password = stored(password)
        person.must_change_password = True
        person.save(update_fields=["password", "must_change_password"])
        forget_failures(username=person.username)
        record(AccountAct.RESET, person, by)
        membership = next(iter(person.memberships.all()), None)
        issued.append(
            Issued(person, password, membership.agency if membership else None, membership.role if membership else "")
        )
    return issued


@transaction.atomic
def deactivate(accounts: Iterable[User], by: User, comment: str = "") -> int:
    """Nobody signs in with them any more; gives back how many were active."""
    return _switch(accounts, by, AccountAct.DEACTIVATED, False, comment)


@transaction.atomic
def reactivate(accounts: Iterable[User], by: User, comment: str = "") -> int:
    return _switch(accounts, by, AccountAct.REACTIVATED, True, comment)


def _switch(accounts: Iterable[User], by: User, act: AccountAct, active: bool, comment: str) -> int:
    switched = [person for person in _held(accounts) if person.is_active != active]
    for person in switched:
        person.is_active = active
        person.save(update_fields=["is_active"])
        record(act, person, by, comment=comment)
    return len(switched)


def _held(accounts: Iterable[User]) -> list[User]:
    """Read anew, held until the transaction ends."""
    keys = [person.pk for person in accounts]
    held = User.objects.select_for_update().filter(pk__in=keys).order_by("username")
    return list(held.prefetch_related("memberships__agency__division"))


def record(
    act: AccountAct,
    person: User,
    by: User | None,
    agency: Agency | None = None,
    role: str = "",
    comment: str = "",
) -> AccountRecord:
    return AccountRecord.objects.create(
        act=act,
        user=person,
        username=person.username,
        agency=agency,
        role=role,
        comment=comment.strip()[:200],
        made_by=by,
    )
