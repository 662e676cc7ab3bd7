"""The acts on dates: set and removed for a division, asked for, granted, declined and withdrawn for one agency.

Each act holds the row of the division or agency, changes, and appends one `DeadlineChange`, in one transaction. Who may
do it is asked by the views.
"""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agencies.models import Agency, Division, Kind, User, name_of
from reports.deadlines.deadline import Deadline, deadlines
from reports.deadlines.statutory import latest_date, opening_date
from reports.lifecycle import Act, Refused
from reports.lifecycle.transactions import act
from reports.models import DeadlineAct, DeadlineChange, Extension, ExtensionState, LocalDate, Report


@act
def set_date(
    division: Division,
    year: int,
    kind: str,
    due: datetime.date,
    by: User | None,
    *,
    opens: datetime.date | None = None,
    note: str = "",
) -> LocalDate:
    """Sets the date for the offices below, in place of the one set for the same kind.

    Raises ValidationError, by field, for a date that the Regulations do not leave to the office.
    """
    Division.objects.select_for_update().get(pk=division.pk)
    local = LocalDate.objects.filter(division=division, year=year, kind=kind).first()
    before = local.due if local else None
    local = local or LocalDate(division=division, year=year, kind=kind)
    local.due, local.opens, local.note = due, opens, note.strip()
    _require_lawful(local)
    local.full_clean()
    local.save()
    _record(DeadlineAct.SET, year, by, division=division, kind=kind, before=before, after=due, comment=local.note)
    return local


def _require_lawful(local: LocalDate) -> None:
    first, last = opening_date(local.year), latest_date(local.kind, local.year)
    if local.due < first:
        message = _("这一天%(year)s年还没有结束，期限应在次年。请核对年份。") % {"year": local.year}
        raise ValidationError({"due": message})
    if local.due > last:
        message = _("不能晚于 %(day)s。") % {"day": date_format(last, "DATE_FORMAT")}
        if not local.kind:
            message += _(
                "政府部门应在 1月31日前公开（《政府信息公开条例》第四十九条）；只对乡镇另作规定的，请选择类别。"
            )
        raise ValidationError({"due": message})


@act
def remove_date(local: LocalDate, by: User | None) -> None:
    """Takes back a date that was set; the next one up the tree applies again."""
    Division.objects.select_for_update().get(pk=local.division_id)
    stored = LocalDate.objects.filter(pk=local.pk).select_related("division").first()
    if stored is None:
        return
    stored.delete()
    _record(DeadlineAct.REMOVED, stored.year, by, division=stored.division, kind=stored.kind, before=stored.due)


@act
def ask_extension(agency: Agency, year: int, until: datetime.date, reason: str, by: User | None) -> Extension:
    """Asks for a later date. Raises Refused where one is asked for already or the report is public."""
    deadline = _locked_deadline(agency, year)
    _require_unpublished(agency, year)
    if Extension.objects.filter(agency=agency, year=year, state=ExtensionState.ASKED).exists():
        raise Refused(_("已经提出过延期申请，请等主管部门答复。"))
    _require_later(until, deadline.due, year)
    _require_reason(reason)
    extension = Extension.objects.create(agency=agency, year=year, until=until, reason=reason.strip(), made_by=by)
    _record(DeadlineAct.ASKED, year, by, agency=agency, before=deadline.due, after=until, comment=extension.reason)
    return extension


def answer_extension(
    agency: Agency, year: int, chosen: Act, until: datetime.date | None, reason: str, by: User | None
) -> Extension:
    """Grants, declines or withdraws; `until` counts for a grant, which cannot do without.

    Raises ValidationError, by field, and Refused where it is not the time for it.
    """
    if chosen == Act.DECLINE_EXTENSION:
        return decline_extension(agency, year, reason, by)
    if chosen == Act.WITHDRAW_EXTENSION:
        return withdraw_extension(agency, year, reason, by)
    if until is None:
        raise ValidationError({"until": _("请填日期。")})
    return grant_extension(agency, year, until, reason, by)


@act
def grant_extension(agency: Agency, year: int, until: datetime.date, reason: str, by: User | None) -> Extension:
    """Grants what the agency asked for, with this date, or a later date of its own accord.

    An answer to a request needs no reason of its own. One in force is replaced. Raises ValidationError, by field.
    """
    deadline = _locked_deadline(agency, year)
    _require_unpublished(agency, year)
    _require_later(until, deadline.local.due if deadline.local else deadline.statutory, year)
    asked = Extension.objects.filter(agency=agency, year=year, state=ExtensionState.ASKED).first()
    if asked is None:
        _require_reason(reason)
    if deadline.extension:
        _decide(deadline.extension, ExtensionState.WITHDRAWN, _("改为新的日期。"), by)
    extension = asked or Extension(agency=agency, year=year, reason=reason.strip(), made_by=by)
    extension.until = until
    _decide(extension, ExtensionState.GRANTED, reason if asked else "", by)
    _record(DeadlineAct.GRANTED, year, by, agency=agency, before=deadline.due, after=until, comment=reason.strip())
    return extension


@act
def decline_extension(agency: Agency, year: int, reason: str, by: User | None) -> Extension:
    """Answers a request with no, and why. Raises Refused where nothing is asked for."""
    deadline = _locked_deadline(agency, year)
    asked = Extension.objects.filter(agency=agency, year=year, state=ExtensionState.ASKED).first()
    if asked is None:
        raise Refused(_("没有待答复的延期申请。"))
    _require_reason(reason)
    _decide(asked, ExtensionState.DECLINED, reason, by)
    _record(DeadlineAct.DECLINED, year, by, agency=agency, before=asked.until, after=deadline.due, comment=asked.answer)
    return asked


@act
def withdraw_extension(agency: Agency, year: int, reason: str, by: User | None) -> Extension:
    """Takes back an extension in force, and why. Raises Refused where there is none."""
    extension = _locked_deadline(agency, year).extension
    if extension is None:
        raise Refused(_("没有正在执行的延期。"))
    _require_reason(reason)
    _decide(extension, ExtensionState.WITHDRAWN, reason, by)
    after = deadlines([agency], year)[agency.pk].due
    _record(
        DeadlineAct.WITHDRAWN, year, by, agency=agency, before=extension.until, after=after, comment=extension.answer
    )
    return extension


def _locked_deadline(agency: Agency, year: int) -> Deadline:
    """The deadline, its agency held until the transaction ends."""
    Agency.objects.select_for_update().get(pk=agency.pk)
    return deadlines([agency], year)[agency.pk]


def _decide(extension: Extension, state: ExtensionState, answer: str, by: User | None) -> None:
    extension.state = state
    extension.answer = answer.strip()
    extension.decided_by, extension.decided_by_name = by, name_of(by)
    extension.decided_at = timezone.now()
    extension.save()


def _require_unpublished(agency: Agency, year: int) -> None:
    if Report.objects.published().filter(agency=agency, year=year).exists():
        raise Refused(_("%(year)s年度报告已经公开，不需要延期。") % {"year": year})


def _require_later(until: datetime.date, due: datetime.date, year: int) -> None:
    if until <= due:
        raise ValidationError({"until": _("应晚于现在的期限 %(day)s。") % {"day": date_format(due, "DATE_FORMAT")}})
    if until.year > year + 1:
        raise ValidationError({"until": _("最晚延至 %(year)s年12月31日。") % {"year": year + 1}})


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("请写明理由。")})


def _record(
    act: DeadlineAct,
    year: int,
    by: User | None,
    *,
    division: Division | None = None,
    agency: Agency | None = None,
    kind: str = "",
    before: datetime.date | None = None,
    after: datetime.date | None = None,
    comment: str = "",
) -> DeadlineChange:
    return DeadlineChange.objects.create(
        act=act,
        year=year,
        division=division,
        agency=agency,
        kind=Kind(kind) if kind else "",
        before=before,
        after=after,
        comment=comment,
        made_by=by,
    )
