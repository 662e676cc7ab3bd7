"""The acts on accounts. Each is recorded in the transaction that does it; who may do it is asked before.

Drafts and reports belong to the agency: whoever takes over finds them as they were left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from os.path import commonprefix

from axes.models import AccessAttempt
from django.db import transaction

from agencies.accounts.passwords import hash_one_time_password, one_time_password
from agencies.accounts.planning import plan
from agencies.accounts.spreadsheet import AccountRow
from agencies.codes import DIVISION_CODE_LENGTH, prefix_of
from agencies.models import AccountAct, AccountRecord, Agency, Membership, Role, User

BATCH_SIZE = 200


@dataclass(frozen=True)
class IssuedAccount:
    """An account and its one-time password: the only place where it stands in clear."""

    user: User
    password: str
    agency: Agency | None = None
    role: str = ""

    @property
    def role_label(self) -> str:
        return str(Role(self.role).label) if self.role else ""


@transaction.atomic
def issue(rows: Sequence[AccountRow], by: User) -> list[IssuedAccount]:
    """An account for each line without a fault; whom it replaces leaves the agency in the same moment.

    The lines are judged while their agencies are held: a table sent twice at once gives nobody two accounts.
    """
    meant = {one.agency.pk for one in plan(rows, by) if one.agency}
    list(Agency.objects.select_for_update().filter(pk__in=meant).order_by("pk"))
    valid = [one for one in plan(rows, by) if not one.faults]
    issued, records = [], []
    names = free_usernames([one.agency for one in valid if one.agency])
    for one, username in zip(valid, names, strict=True):
        password = one_time_password()
        person = User(
            username=username,
            first_name=one.person,
            email=one.row.email,
            phone=one.row.phone,
            password=hash_one_time_password(password),
            must_change_password=True,
        )
        issued.append(IssuedAccount(person, password, one.agency, one.role or ""))
        act = AccountAct.TAKEN_OVER if one.replaces else AccountAct.ISSUED
        replaced = one.replaces.user.username if one.replaces else ""
        records.append(_record(act, person, by, one.agency, one.role or "", replaced))
    User.objects.bulk_create([one.user for one in issued])
    Membership.objects.bulk_create(Membership(user=one.user, agency=one.agency, role=one.role) for one in issued)
    AccountRecord.objects.bulk_create(records)
    for one, username in zip(valid, names, strict=True):
        if one.replaces:
            end_membership(one.replaces, by, username)
    return issued


def free_usernames(agencies: Sequence[Agency]) -> list[str]:
    """The next of each agency: 990121100.1, 990121-01.2. Digits are quickly typed, and say whose account it is."""
    stems = [
        prefix_of(agency.code[:DIVISION_CODE_LENGTH], agency.division.level) + agency.code[DIVISION_CODE_LENGTH:]
        for agency in agencies
    ]
    last = Counter[str]()
    known = User.objects.filter(username__startswith=commonprefix(stems)).values_list("username", flat=True)  # noqa: RUF071  names, not paths
    for name in known if stems else ():
        stem, _dot, number = name.rpartition(".")
        if number.isdecimal():
            last[stem] = max(last[stem], int(number))
    names = []
    for stem in stems:
        last[stem] += 1
        names.append(f"{stem}.{last[stem]}")
    return names


@transaction.atomic
def end_membership(membership: Membership, by: User, successor: str = "") -> None:
    """Ends what an account does at an agency; one that does nothing anywhere else is deactivated."""
    person = User.objects.select_for_update().get(pk=membership.user_id)
    Membership.objects.filter(pk=membership.pk).delete()
    _record(AccountAct.LEFT, person, by, membership.agency, membership.role, successor).save()
    if person.is_active and not person.is_superuser and not person.memberships.exists():
        _deactivate([person], by)


@transaction.atomic
def reset(accounts: Iterable[User], by: User) -> list[IssuedAccount]:
    """A new one-time password for each active one. Its visits end, and where it was locked it is open again."""
    return _give_passwords([person for person in _locked(accounts) if person.is_active], AccountAct.RESET, by)


@transaction.atomic
def deactivate(accounts: Iterable[User], by: User, comment: str = "") -> int:
    """Nobody signs in with them any more, and who has, is out; gives back how many were active."""
    active = [person for person in _locked(accounts) if person.is_active]
    _deactivate(active, by, comment)
    return len(active)


@transaction.atomic
def reactivate(accounts: Iterable[User], by: User, comment: str = "") -> list[IssuedAccount]:
    """Opens those that were deactivated, each with a one-time password: the old one is gone."""
    return _give_passwords(
        [person for person in _locked(accounts) if not person.is_active], AccountAct.REACTIVATED, by, comment
    )


def _give_passwords(people: Sequence[User], act: AccountAct, by: User, comment: str = "") -> list[IssuedAccount]:
    issued = []
    for person in people:
        password = one_time_password()
        person.password = hash_one_time_password(password)
        person.must_change_password = person.is_active = True
        first = next(iter(person.memberships.all()), None)
        issued.append(
            IssuedAccount(person, password, first.agency, first.role) if first else IssuedAccount(person, password)
        )
    User.objects.bulk_update(people, ["password", "must_change_password", "is_active"], batch_size=BATCH_SIZE)
    for start in range(0, len(people), BATCH_SIZE):
        some = [person.username for person in people[start : start + BATCH_SIZE]]
        AccessAttempt.objects.filter(username__in=some).delete()
    AccountRecord.objects.bulk_create(_record(act, person, by, comment=comment) for person in people)
    return issued


def _deactivate(people: Sequence[User], by: User, comment: str = "") -> None:
    for person in people:
        # Without its password no visit of the account begins again should it be reactivated.
        person.set_unusable_password()
        person.is_active = False
    User.objects.bulk_update(people, ["password", "is_active"], batch_size=BATCH_SIZE)
    AccountRecord.objects.bulk_create(_record(AccountAct.DEACTIVATED, person, by, comment=comment) for person in people)


def _locked(accounts: Iterable[User]) -> list[User]:
    """Read anew, held until the transaction ends."""
    keys = [person.pk for person in accounts]
    locked = User.objects.select_for_update().filter(pk__in=keys).order_by("username")
    return list(locked.prefetch_related("memberships__agency__division"))


def record(
    act: AccountAct, person: User, by: User | None, agency: Agency | None = None, role: str = "", comment: str = ""
) -> None:
    """Appends what was done; called in the transaction that does it, whose lock on the account keeps its chain in order."""
    User.objects.select_for_update().get(pk=person.pk)
    _record(act, person, by, agency, role, comment).save()


def _record(
    act: AccountAct,
    person: User,
    by: User | None,
    agency: Agency | None = None,
    role: str = "",
    comment: str = "",
) -> AccountRecord:
    return AccountRecord(
        act=act,
        user=person,
        username=person.username,
        name=person.get_full_name(),
        agency=agency,
        role=role,
        comment=comment.strip()[:200],
        made_by=by,
    )
