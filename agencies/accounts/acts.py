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
    sound = [one for one in plan(rows, by) if not one.faults]
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
        _shut(person, by)


@transaction.atomic
def reset(accounts: Iterable[User], by: User) -> list[Issued]:
    """A new one-time password for each active one. Its visits end, and where it was locked it is open again."""
    return [_anew(person, AccountAct.RESET, by) for person in _held(accounts) if person.is_active]


@transaction.atomic
def deactivate(accounts: Iterable[User], by: User, comment: str = "") -> int:
    """Nobody signs in with them any more, and who has, is out; gives back how many were active."""
    active = [person for person in _held(accounts) if person.is_active]
    for person in active:
        _shut(person, by, comment)
    return len(active)


@transaction.atomic
def reactivate(accounts: Iterable[User], by: User, comment: str = "") -> list[Issued]:
    """Opens those that were deactivated, each with a one-time password: the old one is gone."""
    return [_anew(person, AccountAct.REACTIVATED, by, comment) for person in _held(accounts) if not person.is_active]


def _anew(person: User, act: AccountAct, by: User, comment: str = "") -> Issued:
    password = one_time_password()
    person.password = stored(password)
    person.must_change_password = person.is_active = True
    person.save(update_fields=["password", "must_change_password", "is_active"])
    forget_failures(username=person.username)
    record(act, person, by, comment=comment)
    first = next(iter(person.memberships.all()), None)
    return Issued(person, password, first.agency, first.role) if first else Issued(person, password)


def _shut(person: User, by: User, comment: str = "") -> None:
    # Without its password no visit of the account begins again should it be reactivated.
    person.set_unusable_password()
    person.is_active = False
    person.save(update_fields=["password", "is_active"])
    record(AccountAct.DEACTIVATED, person, by, comment=comment)


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
