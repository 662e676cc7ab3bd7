"""Words taken out, a report taken down, and put back: each under the lock of its report, recorded, and on the lasting list."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import offices_of
from agencies.models import Agency, User
from agencies.record.signing import keyed_digest
from reports.catalogue import text_index
from reports.findings import neighbours
from reports.lifecycle.acts import Refused, lock_report, record
from reports.lifecycle.transactions import act
from reports.models import Action, PendingErasure, Report, State, TakeDown, TakeDownKind, Version
from reports.models.states import PUBLIC_STATES
from reports.models.takedown import new_identifier
from reports.takedown import lasting
from reports.takedown.erasing import erase_at_once
from reports.takedown.lasting import Order
from reports.takedown.places import count_in_versions, count_words
from reports.takedown.redaction import erase_words, lock_work_of
from reports.takedown.words import MAX_LENGTH, MIN_LENGTH, TAKEN_OUT, Words, compared, occurrences, plain_words


@act
def redact(report: Report, text: str, by: User, reason: str, *, everywhere: bool = False) -> list[TakeDown]:
    """Takes words out of a report, or with `everywhere` out of every report of its agency in which they stand, for good.

    Raises ValidationError for words that are too short or stand nowhere, and without a reason that can be public.
    """
    words = wanted_words(text)
    reason = _public_reason(reason)
    if occurrences(reason, words):
        raise ValidationError({"reason": _("理由是公开的，不能写出要隐去的文字。")})
    lock_work_of(report.agency, words)
    years = [report.year]
    if everywhere:
        years = list(Report.objects.filter(agency=report.agency).order_by("year").values_list("year", flat=True))
    done = []
    for year in years:
        locked = lock_report(report.agency, year)
        asked_for = locked.year == report.year
        if count_words(locked, words) if asked_for else count_in_versions(locked, words):
            order = _order(locked, TakeDownKind.REDACTED, by, reason)
            digest = digest_of(order.identifier, compared(text))
            order = lasting.Order(**{**vars(order), "words_length": words.length, "words_digest": digest})
            done.append(carry_out(order, locked, by, words))
    if not done:
        raise ValidationError({"words": _("没有找到这些文字。")})
    return done


@act
def take_down(report: Report, by: User, reason: str) -> TakeDown:
    """Takes a public report down whole, with its earlier versions. Raises Refused where nothing is public."""
    locked = lock_report(report.agency, report.year)
    if locked.published is None:
        raise Refused(_("这份报告现在没有公开，不需要撤下。"))
    return carry_out(_order(locked, TakeDownKind.WITHDRAWN, by, _public_reason(reason)), locked, by)


@act
def lift(report: Report, by: User, reason: str) -> TakeDown:
    """Makes public again what was taken down whole. Raises Refused where that is not the case, or something newer is public."""
    locked = lock_report(report.agency, report.year)
    if locked.taken_down is None:
        raise Refused(_("这份报告没有被撤下，或者已有新的版本公开，不能恢复。"))
    return carry_out(_order(locked, TakeDownKind.LIFTED, by, _public_reason(reason)), locked, by)


def wanted_words(text: str) -> Words:
    """What is to be taken out. Raises ValidationError where it is too short or too long to be meant."""
    words = plain_words(text)
    if not MIN_LENGTH <= words.length <= MAX_LENGTH:
        limits = {"min": MIN_LENGTH, "max": MAX_LENGTH}
        raise ValidationError({"words": _("请输入 %(min)d 到 %(max)d 个字（空格和连字符不计）。") % limits})
    if occurrences(TAKEN_OUT, words) or compared(text) in compared(TAKEN_OUT):
        raise ValidationError({"words": _("这是系统用来标明“已隐去”的文字，不能隐去。")})
    return words


def digest_of(identifier: str, compared_text: str) -> str:
    return keyed_digest(f"words {identifier}", compared_text)


def _public_reason(reason: str) -> str:
    if not (reason := reason.strip()):
        raise ValidationError({"reason": _("请写明理由，它会公开。")}, "reason_needed")
    return reason


def office_name(by: User, agency: Agency) -> str:
    """The office in whose name somebody takes down a report of this agency, as readers are told."""
    for division in offices_of(by):
        if division.covers(agency.code):
            government = Agency.objects.filter(pk=division.pk).first()
            return government.name if government else division.name
    return _("本站管理员")


def _order(report: Report, kind: TakeDownKind, by: User, reason: str) -> Order:
    return Order(
        identifier=new_identifier(),
        kind=kind.value,
        agency=report.agency_id,
        year=report.year,
        reason=reason,
        office=office_name(by, report.agency),
        made_at=timezone.now().isoformat(),
        made_by_username=by.username,
        made_by_name=by.get_full_name(),
    )


def carry_out(order: Order, report: Report, by: User | None, words: Words | None = None) -> TakeDown:
    """Does what is ordered to a report that is locked, and records it."""
    takedown = TakeDown(
        report=report,
        identifier=order.identifier,
        kind=order.kind,
        reason=order.reason,
        office=order.office,
        words_length=order.words_length,
        words_digest=order.words_digest,
        made_by=by,
        made_by_username=order.made_by_username,
        made_by_name=order.made_by_name,
        made_at=order.moment,
    )
    takedown.save()
    files: list[str] = []
    if words:
        files = erase_words(report, words, takedown)
    elif order.kind == TakeDownKind.WITHDRAWN:
        _withdraw(report, takedown)
    else:
        _put_back(report, takedown)
    if report.published_id or report.taken_down:
        neighbours.check_later(report)
    pending = PendingErasure.objects.create(takedown=takedown, files=files)
    lasting.keep(order)
    transaction.on_commit(partial(erase_at_once, pending.pk), robust=True)
    return takedown


def _withdraw(report: Report, takedown: TakeDown) -> None:
    report.published = None
    report.save()
    for version in Version.objects.filter(report=report, state__in=PUBLIC_STATES):
        version.report = report
        version.state = State.TAKEN_DOWN
        version.save(update_fields=["state"])
        record(version, Action.TAKEN_DOWN, takedown.made_by, comment=takedown.reason, at=takedown.made_at)


def _put_back(report: Report, takedown: TakeDown) -> None:
    versions = list(Version.objects.filter(report=report, state=State.TAKEN_DOWN).order_by("number"))
    for version in versions:
        version.report = report
        version.state = State.PUBLISHED if version is versions[-1] else State.SUPERSEDED
        version.save(update_fields=["state"])
        record(version, Action.LIFTED, takedown.made_by, comment=takedown.reason, at=takedown.made_at)
        if not text_index.holds(version):
            text_index.index_version(version)
    report.published = versions[-1]
    report.save()
