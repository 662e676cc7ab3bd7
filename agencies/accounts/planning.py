"""The plan of a spreadsheet of accounts: what each line would do, and what is wrong with it. Nothing is stored here."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from agencies.access import offices_of
from agencies.accounts.permissions import agencies_managed_by, is_within, memberships_managed_by, why_role_refused
from agencies.accounts.spreadsheet import COLUMNS, ROLES, AccountRow
from agencies.models import Agency, Membership, Role, User
from agencies.naming import normalised

MAX_TEXT_LENGTH = 60
"""Characters of a name or a telephone number."""
BATCH_SIZE = 100

FLOAT_NOTATION = re.compile(r"\d\.\d+E\+\d+")
"""What becomes of twelve digits where a spreadsheet opens a CSV file and stores it again."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell: which column, what stands there, what to do about it."""

    column: str
    value: str
    advice: str

    @property
    def heading(self) -> str:
        return COLUMNS[self.column]

    @property
    def sentence(self) -> str:
        words = {"column": self.heading, "value": self.value, "advice": self.advice}
        if self.value:
            return _("“%(column)s”列的“%(value)s”：%(advice)s") % words
        return _("“%(column)s”列没有填：%(advice)s") % words


@dataclass
class PlannedAccount:
    """One person to get an account. A line with a fault is left out."""

    row: AccountRow
    person: str
    agency: Agency | None = None
    role: Role | None = None
    replaces: Membership | None = None
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, column: str, advice: str) -> None:
        self.faults.append(Fault(column, getattr(self.row, column), advice))

    @property
    def faulty_columns(self) -> set[str]:
        return {fault.column for fault in self.faults}


def plan(rows: Sequence[AccountRow], actor: User) -> list[PlannedAccount]:
    """Each line with what it means and what is wrong with it. A fixed number of queries for every hundred lines."""
    found = AgencyLookup(rows, actor)
    planned = [_planned(row, found) for row in rows]
    _find_repeated(planned)
    _find_existing(planned)
    _find_replaced(planned, actor)
    return planned


class AgencyLookup:
    """The agencies that the lines can mean, by code and by name."""

    def __init__(self, rows: Sequence[AccountRow], actor: User) -> None:
        self.actor = actor
        self.offices = offices_of(actor)
        self.by_code: dict[str, Agency] = {}
        self.by_name: dict[str, list[Agency]] = defaultdict(list)
        codes = {_code(row) for row in rows} - {""}
        names = {normalised(row.agency) for row in rows if row.agency and not _code(row)}
        for some in _batches(codes):
            agencies = Agency.objects.filter(code__in=some).select_related("division")
            self.by_code |= {agency.code: agency for agency in agencies}
        for some in _batches(names):
            endings = {name[start:] for name in some for start in range(len(name))}
            kept = agencies_managed_by(actor).filter(name__in=endings).select_related("division")
            for agency in kept:
                for name in some:
                    if name.endswith(agency.name) and agency.full_name.endswith(name):
                        self.by_name[name].append(agency)


def _code(row: AccountRow) -> str:
    """The code as it was meant; the name goes before what a spreadsheet has made of one."""
    code = normalised(row.code)
    return "" if row.agency and FLOAT_NOTATION.fullmatch(code) else code


def _batches(values: Iterable[str]) -> Iterable[list[str]]:
    ordered = sorted(values)
    for start in range(0, len(ordered), BATCH_SIZE):
        yield ordered[start : start + BATCH_SIZE]


def _planned(row: AccountRow, found: AgencyLookup) -> PlannedAccount:
    one = PlannedAccount(row, row.person.strip() if row.person.isascii() else "".join(row.person.split()))
    one.agency = _agency(one, found)
    one.role = ROLES.get(normalised(row.role))
    if one.role is None:
        one.refuse("role", _("请填填报员、审核员或主管部门。"))
    elif one.agency and (reason := why_role_refused(found.actor, found.offices, one.agency, one.role)):
        one.refuse("role", reason)
    if not one.person:
        one.refuse("person", _("请填姓名。"))
    for column, text in (("person", one.person), ("phone", row.phone)):
        if len(text) > MAX_TEXT_LENGTH:
            one.refuse(column, _("太长了，最多 %(most)d 字。") % {"most": MAX_TEXT_LENGTH})
    if row.email:
        try:
            validate_email(row.email)
        except ValidationError:
            one.refuse("email", _("不是电子邮箱地址，请改正，或者留空。"))
    return one


def _agency(one: PlannedAccount, found: AgencyLookup) -> Agency | None:
    """The agency that is meant, where it is known and within reach."""
    code, name = _code(one.row), normalised(one.row.agency)
    if code:
        agency = found.by_code.get(code)
        if agency is None:
            one.refuse("code", _("名录中没有这个代码，请核对；也可以不填代码，只填机构全称。"))
        elif not is_within(found.actor, found.offices, agency):
            one.refuse("code", _("“%(agency)s”不在您主管的范围内，请删去这一行。") % {"agency": agency.full_name})
        elif name and not agency.full_name.endswith(name):
            words = {"code": code, "agency": agency.full_name}
            one.refuse("agency", _("与代码不符，%(code)s 是“%(agency)s”。请改正其中一个。") % words)
        else:
            return agency
        return None
    if not name:
        one.refuse("agency", _("请填机构全称或机构代码。"))
        return None
    agencies = found.by_name.get(name, [])
    if len(agencies) == 1:
        return agencies[0]
    if agencies:
        one.refuse("agency", _("叫这个名字的有 %(count)d 个，请填机构代码。") % {"count": len(agencies)})
    else:
        one.refuse("agency", _("您主管的范围内没有这个机构，请核对全称，或者填机构代码。"))
    return None


def _find_repeated(planned: list[PlannedAccount]) -> None:
    first: dict[tuple[str, str, str], int] = {}
    for one in planned:
        if one.agency is None or one.role is None or not one.person:
            continue
        line = first.setdefault((one.agency.pk, one.role, one.person), one.row.number)
        if line != one.row.number:
            one.refuse("person", _("与第 %(line)d 行重复，请删去一行。") % {"line": line})


def _find_existing(planned: list[PlannedAccount]) -> None:
    """Somebody of that name has that role there already: sending the same table twice issues nothing twice."""
    existing: dict[tuple[str, str, str], str] = {}
    for some in _batches({one.agency.pk for one in planned if one.agency}):
        for membership in Membership.objects.filter(agency__in=some, user__is_active=True).select_related("user"):
            person = membership.user.get_full_name()
            existing[membership.agency_id, membership.role, person] = membership.user.username
    for one in planned:
        if one.agency and one.role and (username := existing.get((one.agency.pk, one.role, one.person))):
            words = {"role": one.role.label, "username": username}
            one.refuse("person", _("已经有这里的%(role)s账号 %(username)s，不再开通；忘记密码的，请重置。") % words)


def _find_replaced(planned: list[PlannedAccount], actor: User) -> None:
    named = {one.row.replaces for one in planned if one.row.replaces}
    kept: dict[tuple[str, str, str], Membership] = {}
    for some in _batches(named):
        for membership in memberships_managed_by(actor).filter(user__username__in=some).select_related("user"):
            kept[membership.user.username, membership.agency_id, membership.role] = membership
    taken: dict[int, int] = {}
    for one in planned:
        if not one.row.replaces or one.agency is None or one.role is None:
            continue
        one.replaces = kept.get((one.row.replaces, one.agency.pk, one.role))
        if one.replaces is None:
            words = {"role": one.role.label, "agency": one.agency.name}
            one.refuse("replaces", _("不是%(agency)s的%(role)s账号，请核对用户名；新开通的请留空。") % words)
            continue
        line = taken.setdefault(one.replaces.pk, one.row.number)
        if line != one.row.number:
            one.refuse("replaces", _("已由第 %(line)d 行接替，请改正其中一行。") % {"line": line})
