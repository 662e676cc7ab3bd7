"""What a spreadsheet of accounts would do, judged line by line. Nothing is stored here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from agencies.access import offices_of
from agencies.accounts.reach import agencies_kept_by, memberships_kept_by, why_not
from agencies.accounts.spreadsheet import ROLES, Row
from agencies.models import Agency, Membership, Role, User
from agencies.naming import normalised

LONGEST_NAME, LONGEST_PHONE = 60, 60
A_BATCH = 100


@dataclass
class Planned:
    """One person to get an account. `errors` are sentences; with one of them the line is left out."""

    row: Row
    person: str
    agency: Agency | None = None
    role: Role | None = None
    replaces: Membership | None = None
    errors: list[str] = field(default_factory=list)


def plan(rows: Sequence[Row], actor: User) -> list[Planned]:
    """Each line with what it means and what is wrong with it. A fixed number of queries for every hundred lines."""
    found = Found(rows, actor)
    planned = [_planned(row, found) for row in rows]
    _find_repeated(planned)
    _find_existing(planned)
    _find_replaced(planned, actor)
    return planned


class Found:
    """The agencies that the lines can mean, by code and by name."""

    def __init__(self, rows: Sequence[Row], actor: User) -> None:
        self.actor = actor
        self.offices = offices_of(actor)
        self.by_code: dict[str, Agency] = {}
        self.by_name: dict[str, list[Agency]] = defaultdict(list)
        codes = {row.code for row in rows if row.code}
        names = {normalised(row.agency) for row in rows if row.agency and not row.code}
        for some in _batches(codes):
            agencies = Agency.objects.filter(code__in=some).select_related("division")
            self.by_code |= {agency.code: agency for agency in agencies}
        for some in _batches(names):
            endings = {name[start:] for name in some for start in range(len(name))}
            kept = agencies_kept_by(actor).filter(name__in=endings).select_related("division")
            for agency in kept:
                for name in some:
                    if name.endswith(agency.name) and agency.full_name.endswith(name):
                        self.by_name[name].append(agency)


def _batches(values: Iterable[str]) -> Iterable[list[str]]:
    ordered = sorted(values)
    for start in range(0, len(ordered), A_BATCH):
        yield ordered[start : start + A_BATCH]


def _planned(row: Row, found: Found) -> Planned:
    planned = Planned(row, "".join(row.person.split()) if not row.person.isascii() else row.person.strip())
    planned.agency = _agency(row, found, planned.errors)
    planned.role = ROLES.get(normalised(row.role))
    if planned.role is None:
        planned.errors.append(
            _("角色“%(role)s”不对，应为填报员、审核员或主管部门。") % {"role": row.role}
            if row.role
            else _("没有填角色，应为填报员、审核员或主管部门。")
        )
    if not planned.person:
        planned.errors.append(_("没有填姓名。"))
    elif len(planned.person) > LONGEST_NAME:
        planned.errors.append(_("姓名太长，最多 %(most)d 字。") % {"most": LONGEST_NAME})
    if len(row.phone) > LONGEST_PHONE:
        planned.errors.append(_("电话太长，最多 %(most)d 字。") % {"most": LONGEST_PHONE})
    if row.email:
        try:
            validate_email(row.email)
        except ValidationError:
            planned.errors.append(_("电子邮箱“%(email)s”写得不对。") % {"email": row.email})
    if (
        planned.agency
        and planned.role
        and (reason := why_not(found.actor, found.offices, planned.agency, planned.role))
    ):
        planned.errors.append(reason)
    return planned


def _agency(row: Row, found: Found, errors: list[str]) -> Agency | None:
    name = normalised(row.agency)
    if row.code:
        agency = found.by_code.get(row.code)
        if agency is None:
            errors.append(_("名录中没有机构代码 %(code)s。") % {"code": row.code})
        elif name and not agency.full_name.endswith(name):
            words = {"code": row.code, "agency": agency.full_name, "typed": row.agency}
            errors.append(_("代码 %(code)s 是“%(agency)s”，与所填的“%(typed)s”不符。") % words)
        return agency
    if not name:
        errors.append(_("没有填机构代码或全称。"))
        return None
    agencies = found.by_name.get(name, [])
    if len(agencies) == 1:
        return agencies[0]
    if agencies:
        errors.append(_("“%(name)s”有 %(count)d 个，请填机构代码。") % {"name": row.agency, "count": len(agencies)})
    else:
        errors.append(_("您主管的范围内没有“%(name)s”，请核对全称或填机构代码。") % {"name": row.agency})
    return None


def _find_repeated(planned: list[Planned]) -> None:
    first: dict[tuple[str, str, str], int] = {}
    for one in planned:
        if one.agency is None or one.role is None or not one.person:
            continue
        line = first.setdefault((one.agency.pk, one.role, one.person), one.row.number)
        if line != one.row.number:
            one.errors.append(_("与第 %(line)d 行重复。") % {"line": line})


def _find_existing(planned: list[Planned]) -> None:
    """Somebody of that name has that role there already: sending the same table twice issues nothing twice."""
    existing: dict[tuple[str, str, str], str] = {}
    for some in _batches({one.agency.pk for one in planned if one.agency}):
        for membership in Membership.objects.filter(agency__in=some, user__is_active=True).select_related("user"):
            person = membership.user.get_full_name()
            existing[membership.agency_id, membership.role, person] = membership.user.username
    for one in planned:
        if one.agency and one.role and (username := existing.get((one.agency.pk, one.role, one.person))):
            words = {"person": one.person, "role": one.role.label, "username": username}
            one.errors.append(_("“%(person)s”已经有这里的%(role)s账号（%(username)s）。") % words)


def _find_replaced(planned: list[Planned], actor: User) -> None:
    named = {one.row.replaces for one in planned if one.row.replaces}
    kept: dict[tuple[str, str, str], Membership] = {}
    for some in _batches(named):
        for membership in memberships_kept_by(actor).filter(user__username__in=some).select_related("user"):
            kept[membership.user.username, membership.agency_id, membership.role] = membership
    taken: dict[int, int] = {}
    for one in planned:
        if not one.row.replaces or one.agency is None or one.role is None:
            continue
        one.replaces = kept.get((one.row.replaces, one.agency.pk, one.role))
        words = {"username": one.row.replaces, "role": one.role.label, "agency": one.agency.name}
        if one.replaces is None:
            one.errors.append(_("接替的账号“%(username)s”不是%(agency)s的%(role)s。") % words)
            continue
        line = taken.setdefault(one.replaces.pk, one.row.number)
        if line != one.row.number:
            one.errors.append(_("账号“%(username)s”已由第 %(line)d 行接替。") % {**words, "line": line})
